"""What merges of earlier versions lost is named, and brought back at the next start."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import Unavailable
from verify.records import Person, Rating, Reply, Role
from verify.sandbox import Sandbox
from verify.store.casework import notes, sharing
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.keeping.audit import audit
from verify.store.keeping.health import troubles

ON_ALL_TABLES = ("submission", "sighting", "claim", "note", "answer", "verdict", "words")


@pytest.fixture
def broken(home: Path, sandbox: Sandbox) -> Path:
    """A home of an earlier version, where `/merge 1`, `/case 1`, `/merge 2` was written in case
    2, and a note came through an old button of case 3, which is part of case 4."""
    with Desk(home, sandbox=sandbox) as desk:
        olga = desk.team.admit("telegram", "1", "Olga", Role.OWNER)
        desk.team.admit("telegram", "2", "Noor", Role.EDITOR)
        for number in (1, 2, 3, 4):
            case_id = desk.receiving.receive(
                olga, arrived(caption=f"Bridge {number}"), bytes([number])
            )
            assert case_id.case_id == number
            desk.cases.note(olga, number, f"note {number}")
            desk.cases.answer(olga, number, "uploader", Reply.SETTLED, f"answer {number}")
            desk.casework.tag(olga, number, f"tag{number}")
        desk.verdicts.conclude(olga, 2, 2, Rating.STAGED, "why 2")
        desk.casework.relate(olga, 1, 3)
        desk.casework.merge(olga, 2, 1)
        desk.casework.merge(olga, 3, 4)
        _as_earlier(desk, olga)
    return home


def _as_earlier(desk: Desk, olga: Person) -> None:
    """What an earlier version still did, and its tables, which refused nothing."""
    with desk.store.transaction():
        desk.store.change("DROP TRIGGER merged_once")
        desk.store.change("DELETE FROM _sqlite_migrations WHERE name = 'm011_merged_once'")
        sharing.gather(desk.store, 1, 2)
        sharing.change(desk.store, 1, "merged_into", 2)
        custody.append(desk.store, "merged", olga.id, case=1, into=2)
        notes.add(desk.store, olga, 1, "late in 1", "")
        notes.add(desk.store, olga, 2, "late in 2", "")
        notes.add(desk.store, olga, 3, "late in 3", "")


def counts(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "desk.db") as desk:
        return {
            table: desk.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ON_ALL_TABLES
        }


def test_a_home_with_lost_cases_says_so_and_reads_on(broken: Path, verify_desk: Run) -> None:
    home = Home(broken, reading=True)
    found = audit(home)
    home.close()
    assert (found.circles, found.astray, found.whole) == (((1, 2),), (3,), False)
    shown = verify_desk("show", "1")
    assert "merged in a circle" in shown.stderr
    assert shown.returncode not in (0, None)
    assert "Traceback" not in shown.stderr
    audited = verify_desk("audit")
    assert "Cases 1, 2 were merged into one another" in audited.stdout
    assert "Case 3 is part of another one" in audited.stdout
    assert audited.returncode == 1


def test_lost_cases_come_back_whole_at_the_next_start(broken: Path, sandbox: Sandbox) -> None:
    before = counts(broken)
    with Desk(broken, sandbox=sandbox) as desk:
        told = [sentence.values for sentence in desk.mended]
        assert told[:2] == [{"number": 2, "into": 1}, {"number": 3, "into": 4}]
        olga = desk.team.at_console("1", "Olga", "en")
        for number in (1, 2):
            case = desk.reports.case(olga, number)
            assert case.id == 1
            assert [one.exhibit_id for one in case.exhibits] == [1, 2]
            assert {note.text for note in case.notes} == {
                "note 1", "note 2", "late in 1", "late in 2"
            }  # fmt: skip
            assert {claim.text for claim in case.claims} == {"Bridge 1", "Bridge 2"}
            assert [verdict.reason for verdict in case.verdicts] == ["why 2"]
            assert case.status.value == "in_review"
            assert case.tags == ("tag1", "tag2")
            assert case.related == (4,)
        assert "late in 3" in {note.text for note in desk.reports.case(olga, 3).notes}
        assert [line.id for line in desk.reports.cases(olga)] == [4, 1]
        assert [hit.case_id for hit in desk.reports.search(olga, '"late in 2"')] == [1]
        events = desk.store.rows(
            "SELECT subject FROM custody_event WHERE kind = 'merge repaired' ORDER BY id"
        )
        assert [e["subject"] for e in events] == ['{"case":1,"part":2}', '{"case":4,"part":3}']
    assert counts(broken) == before
    assert list(troubles(broken)) == []
    with Desk(broken, sandbox=sandbox) as desk:
        assert desk.mended == ()
        assert audit(desk._home).whole


def test_the_database_as_it_was_is_kept_until_a_case_is_wiped(
    broken: Path, sandbox: Sandbox
) -> None:
    with Desk(broken, sandbox=sandbox) as desk:
        assert desk.mended
        (copy,) = broken.glob("desk-before-merges-were-repaired-*.db")
        assert str(desk.mended[-1].values["file"]) == copy.name
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with sqlite3.connect(copy) as kept:
            into = kept.execute('SELECT merged_into FROM "case" WHERE id = 1').fetchone()[0]
        assert into == 2
        desk.wiping.wipe(desk.team.at_console("1", "Olga", "en"), 4)
        assert not copy.exists()


def test_without_room_for_the_copy_nothing_is_changed(
    broken: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("verify.store.keeping.astray.private_folder", _full)
        with Desk(broken, sandbox=sandbox) as desk:
            (told,) = desk.mended
            assert "not put right yet" in told.template
            with pytest.raises(Unavailable):
                desk.reports.case(desk.team.at_console("1", "Olga", "en"), 1)
    assert "none of them opens" in str(list(troubles(broken)))
    with Desk(broken, sandbox=sandbox) as desk:
        assert desk.reports.case(desk.team.at_console("1", "Olga", "en"), 2).id == 1


def _full(parent: Path) -> None:
    from verify.records import say

    raise Unavailable(say("The disk is full."))
