"""kill -9 at random points: the benchmark's rounds, a few of them."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.kills import Run, run
from benchmarks.losses import Wrong, strays


def test_a_desk_that_is_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    rounds, kills = run(tmp_path, rounds=2, seed=7)
    assert rounds == sum(kills.killed.values()) == 2
    assert kills.wrong == Wrong(), kills.sent
    assert kills.sent["submissions in the end"] > 0
    assert kills.sent["notes in the end"] > 0


def test_what_is_lost_or_left_behind_would_be_seen(tmp_path: Path) -> None:
    """The harness itself: what a broken desk would leave is found."""
    kills = Run(tmp_path, random.Random(1))
    kills.acknowledged.append("never arrived")
    kills.finish()
    (tmp_path / "home" / "vault" / "incoming" / "left").write_bytes(b"x")
    strays(kills.home, tmp_path / "tmp", kills.wrong, kills.sent)
    assert kills.wrong.lost == ["never arrived"]
    assert kills.wrong.strays == ["vault/incoming/left"]
