"""`verify-desk campaign`, as a person starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.desk.test_campaigns import post, take
from tests.remembering import furnished
from verify.desk import Desk
from verify.records import Role
from verify.sandbox import Sandbox


@pytest.fixture
def posted(home: Path, sandbox: Sandbox) -> Path:
    """A desk with a few posts, one of them without a time."""
    with Desk(furnished(home), sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        several = [post(n, f"a{n}", n, "the same words", hashtags=("T",)) for n in range(3)]
        take(desk, noor, [*several, post(9, "b", at="")])
    return home


def test_it_says_among_what_and_prints_one_object(posted: Path, verify_desk: Run) -> None:
    told = verify_desk("campaign")
    assert "Among the 3 posts collected here, by 3 accounts" in told.stdout
    assert "1 post took no part: its time is unknown." in told.stdout
    found = json.loads(verify_desk("campaign", "--json", "--hashtag", "#t").stdout)
    assert {"groups", "scheduled", "by_machine", "waves", "too_few"} <= found.keys()
    assert (found["posts"], found["undated"], found["accounts"]) == (3, 1, 3)


def test_what_is_not_there_is_a_sentence(posted: Path, verify_desk: Run) -> None:
    for asked, said in (
        (("--account", "nobody"), "There are no posts of an account named nobody here."),
        (("--hashtag", "none"), "There are no posts with the hashtag #none here."),
        (("--case", "4"), "There is no case 4."),
        (("--since", "yesterday"), "yesterday is no day"),
    ):
        done = verify_desk("campaign", *asked)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
