"""`verify-desk campaign`, as a person starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.desk.test_campaigns import post, take
from tests.remembering import furnished
from verify.desk import Desk
from verify.records import PlaceKind, Role
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


def test_a_desk_with_closed_chats_alone_says_why_no_post_is_told(
    home: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    with Desk(furnished(home), sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        group = {"place": "g", "place_kind": PlaceKind.CLOSED_GROUP, "person": True}
        take(desk, noor, [post(n, f"a{n}", n, "the same words", **group) for n in range(3)])
    told = verify_desk("campaign").stdout
    assert "Among the 0 posts collected here" in told
    assert "3 posts of closed chats took no part." in told
    assert json.loads(verify_desk("campaign", "--json").stdout)["closed"] == 3


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


def test_it_writes_a_table_and_a_graph_once(posted: Path, verify_desk: Run, tmp_path: Path) -> None:
    table, graph = tmp_path / "all.csv", tmp_path / "all.graphml"
    assert "It was written to" in verify_desk("campaign", "-o", str(table)).stdout
    assert table.read_bytes().startswith(b'\xef\xbb\xbf"object_id","account_id"')
    assert verify_desk("campaign", "-o", str(graph)).returncode == 0
    assert b"<graphml" in graph.read_bytes()
    again = verify_desk("campaign", "-o", str(table))
    assert again.returncode == 2
    assert table.read_bytes().count(b"object_id") == 1


def test_what_cannot_be_written_is_a_sentence(
    posted: Path, verify_desk: Run, tmp_path: Path
) -> None:
    for asked, said in (
        (("-o", "all.txt"), "Name a file that ends in one of .csv, .graphml, .png."),
        (("-o", "all.csv", "--timeline", "1"), "A timeline is a picture"),
        (("-o", "all.png"), "No group was found: there is nothing to draw."),
    ):
        done = verify_desk("campaign", *asked)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
    assert not [*tmp_path.glob("all.*")]
