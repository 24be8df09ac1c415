"""The custody record of an export holds every event of the case, and none of another."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Addition, Person, Rating, Reply, Role, VerdictState
from verify.sandbox import Sandbox
from verify.store.keeping import custody
from verify.store.keeping.handed_over import custody_lines

CHECKER = Path(__file__).parents[3] / "docs" / "check_custody.py"


def events(desk: Desk, case_id: int) -> list[tuple[str, dict[str, Any]]]:
    """The kinds and subjects of what an export of that case holds."""
    report = desk.reports.case(desk.team.at_console("1", "Reader", "en"), case_id)
    lines = custody_lines(desk.store, report.id, [one.sha256 for one in report.exhibits])
    read = [json.loads(line) for line in lines.splitlines()]
    return [(event["kind"], json.loads(event["subject"])) for event in read]


@pytest.fixture
def worked(home: Path, sandbox: Sandbox, tmp_path: Path) -> tuple[Path, Path]:
    """A desk of which case 1 saw everything, and an export of that case."""
    with Desk(home, sandbox=sandbox) as desk:
        olga, noor = (
            desk.team.admit("telegram", *who, Role.OWNER) for who in (("1", "Olga"), ("2", "Noor"))
        )
        for picture in (photograph("china"), shrunk(photograph("china"))):
            kept = desk.receiving.receive(olga, arrived(), encode(picture))
            desk.examining.examine(olga, kept.exhibit_id)
        _work(desk, olga, noor)
        desk.exporting.export(olga, 1, tmp_path / "case.zip", {})
    return home, tmp_path / "case.zip"


def _work(desk: Desk, olga: Person, noor: Person) -> None:
    note = desk.cases.note(olga, 2, "too early")
    desk.cases.undo_note(olga, note.id)
    desk.judging.judge(olga, 2, 1, same=True)
    desk.claims.state(olga, 2, "A temple in 2008", exhibit_id=2)
    desk.casework.merge(olga, 2, 1)
    desk.cases.answer(olga, 1, "uploader", Reply.COULD_NOT_TELL)
    for change in (desk.sources.add, desk.sources.take_back):
        change(olga, 1, Addition.LINK, ["https://x.com/first/status/1"], exhibit_id=2)
    new = desk.casework.move(olga, 2, 1, None)
    desk.casework.move(olga, 2, new, 1)
    verdict = desk.verdicts.conclude(noor, 1, 2, Rating.STAGED, "why")
    desk.verdicts.decide(olga, verdict.id, VerdictState.CONFIRMED)


def test_every_event_of_the_case_is_handed_over(
    worked: tuple[Path, Path], sandbox: Sandbox
) -> None:
    home, export = worked
    with Desk(home, sandbox=sandbox) as desk:
        found = events(desk, 1)
        every = desk.store.rows("SELECT kind, subject FROM custody_event ORDER BY id")
    about_people = {"role changed"}
    assert [kind for kind, _ in found] == [
        row["kind"] for row in every if row["kind"] not in about_people
    ]
    assert {"withdrawn", "match confirmed", "merged", "moved"} <= {kind for kind, _ in found}
    assert all("case" in subject for _, subject in found)
    about_files = {"received", "preserved", "examined", "match confirmed", "claimed", "moved"}
    about_files |= {"added", "taken back"}
    for kind, subject in found:
        if kind in about_files | {"proposed", "confirmed"}:
            assert len(subject["exhibit"]) == 64, kind
    done = subprocess.run([sys.executable, "-I", CHECKER, export], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_events_of_earlier_versions_are_found_and_stay_as_they_are(
    worked: tuple[Path, Path], sandbox: Sandbox
) -> None:
    home, _ = worked
    with Desk(home, sandbox=sandbox) as desk:
        old = {"withdrawn": {"note": 1}, "match refused": {"match": 1}}
        old["moved"] = {"exhibit": 2, "case": 5, "into": 1}
        with desk.store.transaction():
            for kind, subject in old.items():
                custody.append(desk.store, kind, 1, **subject)
        assert events(desk, 1)[-3:] == list(old.items())
        # a note that was wiped, and whose number is another's now
        desk.store.change("UPDATE note SET at = '2999' WHERE id = 1")
        assert ("withdrawn", {"note": 1}) not in events(desk, 1)


def test_what_happened_to_the_same_file_in_another_case_is_not_handed_over(
    home: Path, sandbox: Sandbox
) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        olga = desk.team.admit("telegram", "1", "Olga", Role.OWNER)
        noor = desk.team.admit("telegram", "2", "Noor", Role.REPORTER)
        desk.receiving.receive(olga, arrived(), b"a leaked file")
        desk.casework.close_to_others(olga, 1, True)
        desk.claims.state(olga, 1, "From the ministry", exhibit_id=1)
        desk.receiving.receive(noor, arrived(), b"a leaked file")
        kinds = [(kind, subject["case"]) for kind, subject in events(desk, 2)]
        assert kinds == [("preserved", 1), ("received", 2)]
        moved = desk.casework.move(olga, 1, 1, None)
        assert ("claimed", 1) in [(kind, s["case"]) for kind, s in events(desk, moved)]


def test_a_file_in_an_export_that_no_event_preserved_is_named(
    worked: tuple[Path, Path], tmp_path: Path
) -> None:
    _, export = worked
    with zipfile.ZipFile(export) as old, zipfile.ZipFile(tmp_path / "slim.zip", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "custody.jsonl":
                content = b"\n".join(
                    line for line in content.splitlines() if b'"preserved"' not in line
                )
            new.writestr(name, content)
    command = [sys.executable, "-I", CHECKER, tmp_path / "slim.zip"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.count("was preserved") == 2
