"""Broken files: the benchmark's fuzzer, a few of its files."""

from __future__ import annotations

from benchmarks.fuzz import run, seeds
from verify.sandbox import SECONDS


def test_every_broken_file_gets_an_answer_in_bounded_time() -> None:
    found = run(seeds(), 80, seed=7)
    assert found.raised == []
    assert len(found.seconds) == 80
    assert max(found.seconds) < 2 * SECONDS
    assert found.answers["read as a picture"] > 0
