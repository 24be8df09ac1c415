"""A wiped case is gone from everywhere that the desk reaches; what others hold stays."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chat.room import Room, in_room, words
from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived, imported
from verify.desk import Desk
from verify.errors import NotAllowed, NotFound
from verify.records import Person, Rating, Reply, Role, Submission
from verify.sandbox import Sandbox
from verify.store.keeping.health import troubles

CHINA, FLOWER = photograph("china"), photograph("flower")
CHECKER = Path(__file__).parents[2] / "docs" / "check_custody.py"
SECRET = "Zanzibar-Quagga"


def sent(number: int, caption: str = "", filename: str = "") -> Submission:
    at = datetime(2026, 11, 24, 12, number, tzinfo=UTC)
    return arrived(message_id=number, received_at=at, caption=caption, filename=filename)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Path:
    """Case 1 with words of all kinds; case 2 with a shrunk copy of its picture."""
    home = tmp_path_factory.mktemp("made") / "home"
    with Desk(home, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        first = desk.receiving.receive(
            person, sent(1, f"{SECRET} caption", f"{SECRET}.jpg"), encode(CHINA)
        )
        desk.examining.examine(person, first.exhibit_id)
        desk.cases.note(person, 1, f"{SECRET} note")
        desk.claims.state(person, 1, f"{SECRET} claim in Paris, 14 June 2014")
        desk.cases.answer(
            person, 1, desk.reports.case(person, 1).checklist[0].id, Reply.SETTLED, f"{SECRET} yes"
        )
        second = desk.receiving.receive(person, sent(2), encode(shrunk(CHINA)))
        desk.examining.examine(person, second.exhibit_id)
        desk.claims.state(person, 2, "In Kyiv, 3 March 2022")
        assert len(desk.reports.case(person, 2).exhibits[0].matches) == 1
        desk.verdicts.conclude(person, 1, first.exhibit_id, Rating.ORIGINAL, f"{SECRET} reason")
    return home


@pytest.fixture
def filled(made: Path, home: Path) -> Path:
    """A copy of the two cases for one test."""
    shutil.copytree(made, home)
    return home


def holding(home: Path, words: bytes) -> list[str]:
    return [path.name for path in home.rglob("*") if path.is_file() and words in path.read_bytes()]


def finished(desk: Desk) -> bool:
    """Wait until nothing of any wipe is left to do."""
    deadline = time.monotonic() + 240
    while desk.store.row("SELECT 1 FROM wipe_begun") and time.monotonic() < deadline:
        time.sleep(0.02)
    return not desk.store.row("SELECT 1 FROM wipe_begun")


def test_nothing_of_a_wiped_case_is_left_on_the_disk(filled: Path, verify_desk: Run) -> None:
    assert holding(filled, SECRET.encode())
    [sha256] = json.loads(_output(verify_desk("wipe", "1", "--yes", "--json")))["removed"]
    assert holding(filled, SECRET.encode()) == []
    assert not list(filled.glob(f"vault/??/{sha256}"))
    assert len(list(filled.glob("vault/??/*"))) == 1


def test_search_matches_audit_doctor_backup_and_export_agree_after_it(
    filled: Path, verify_desk: Run, tmp_path: Path
) -> None:
    done = verify_desk("wipe", "1", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 message about it stays in Telegram's chats" in done.stdout
    assert _output(verify_desk("search", SECRET)) == ""
    assert json.loads(_output(verify_desk("cases", "--json")))["id"] == 2
    assert "no case 1" in verify_desk("show", "1").stderr
    assert "no case 1" in verify_desk("export", "1", tmp_path / "1.zip").stderr
    assert not (tmp_path / "1.zip").exists()
    (tmp_path / "copy.jpg").write_bytes(encode(CHINA, quality=60))
    found = json.loads(_output(verify_desk("match", "--json", tmp_path / "copy.jpg")))
    assert [match["case"] for match in found["matches"]] == [2]
    assert "Everything fits." in _output(verify_desk("audit"))
    assert list(troubles(filled)) == []
    assert verify_desk("backup", tmp_path / "backup").returncode == 0
    assert "no case 1" in verify_desk("wipe", "1", "--yes").stderr
    checked = subprocess.run(
        [sys.executable, CHECKER, filled], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


@in_room()
async def test_what_never_was_on_telegram_is_not_said_to_stay_there(room: Room) -> None:
    person = room.desk.team.at_console("1", "Noor", "en")
    room.desk.receiving.receive(person, imported(), b"from a folder")
    assert room.desk.wiping.wipe(person, 1).telegram == 0


def test_the_custody_record_says_what_was_wiped_by_whom(filled: Path, sandbox: Sandbox) -> None:
    with Desk(filled, sandbox=sandbox) as desk:
        person = desk.team.at_console("2", "Sara", "en")
        (sha256,) = desk.wiping.wipe(person, 1).removed
        rows = desk.store.rows("SELECT kind, person_id, subject FROM custody_event ORDER BY id")
    assert [(row[0], row[1], json.loads(row[2])) for row in rows[-2:]] == [
        ("wiped", person.id, {"case": 1, "exhibit": sha256}),
        ("case wiped", person.id, {"case": 1, "exhibits": 1, "shared": 0}),
    ]


def test_an_original_that_another_case_holds_stays(home: Path, sandbox: Sandbox) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        desk.receiving.receive(person, sent(1), encode(FLOWER))
        desk.casework.close_to_others(person, 1, True)
        other = desk.team.admit("telegram", "8", "Omar", Role.REPORTER)
        kept = desk.receiving.receive(other, sent(2, "Omar's words"), encode(FLOWER))
        desk.examining.examine(other, kept.exhibit_id)
        wiped = desk.wiping.wipe(person, 1)
        assert (wiped.removed, wiped.shared) == ((), (kept.sha256,))
        report = desk.reports.case(other, kept.case_id)
        assert report.exhibits[0].examination
        assert [claim.text for claim in report.claims] == ["Omar's words"]
        assert list(home.glob(f"vault/??/{kept.sha256}"))


def test_a_wiped_picture_that_comes_again_opens_a_new_case(
    filled: Path, sandbox: Sandbox, verify_desk: Run
) -> None:
    with Desk(filled, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        desk.wiping.wipe(person, 1)
        again = desk.receiving.receive(person, sent(3), encode(CHINA))
        desk.examining.examine(person, again.exhibit_id)
        assert (again.case_id, again.known) == (3, False)
        assert [m.earlier_case_id for m in desk.reports.case(person, 3).exhibits[0].matches] == [2]
    assert "Everything fits." in _output(verify_desk("audit"))


def test_without_a_yes_nothing_is_wiped(filled: Path, verify_desk: Run) -> None:
    done = verify_desk("wipe", "1")
    assert done.returncode == 2
    assert done.stderr.startswith("verify-desk: Nothing was wiped.")
    assert holding(filled, SECRET.encode())


def test_only_an_owner_wipes(filled: Path, sandbox: Sandbox) -> None:
    with Desk(filled, sandbox=sandbox) as desk:
        editor = desk.team.admit("telegram", "9", "Edi", Role.EDITOR)
        with pytest.raises(NotAllowed):
            desk.wiping.wipe(editor, 1)
        nobody = Person(id=0, name="", role=Role.OWNER)
        with pytest.raises(NotFound):
            desk.wiping.wipe(nobody, 99)


KILLED_AFTER = (
    "Wiping._begin",
    "wiping.wipe",
    "wipe.take_out",
    "wipe.unlink_doomed",
    "stale.strike",
    "features.save_index",
    "features.drop_index",
    "wipe.underived",
    "connection.Store.compact",
)
# One process that loads the desk once, and for each step one child that dies after it.
KILLS = """
import os, shutil, signal, sys
from pathlib import Path
from verify.desk import Desk
from verify.desk.wiping import Wiping
from verify.store.casework import stale
from verify.store.database import connection
from verify.store.keeping import wipe
from verify.store.pictures import features
from verify.store.localchat import wiping

def dying(step):
    def stepped(*arguments, **named):
        step(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    return stepped

made, folder, *steps = sys.argv[1:]
for step in steps:
    home = Path(folder) / step
    shutil.copytree(made, home)
    if not (child := os.fork()):
        owner, _, name = step.rpartition(".")
        owner = eval(owner)
        setattr(owner, name, dying(getattr(owner, name)))
        desk = Desk(home)
        desk.wiping.finish(desk.wiping.wipe(desk.team.at_console("1", "Noor", "en"), 1))
        desk.reports.case(desk.team.at_console("1", "Noor", "en"), 2)
        desk.close()
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, step
"""


def test_a_wipe_that_a_kill_interrupted_is_complete_after_the_next_start(
    made: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    with Desk(made, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        original = desk.reports.case(person, 1).exhibits[0].sha256
        quoting = [one.summary for one in desk.reports.case(person, 2).exhibits[0].findings]
        [wiped, kept] = [row[0] for row in desk.store.rows("SELECT descriptors FROM features")]
    one_point = next(wiped[i : i + 32] for i in range(0, 9000, 32) if wiped[i : i + 32] not in kept)
    assert SECRET in str(quoting)
    assert {*holding(made, one_point)} == {"desk.db", "local-features-1.index"}
    shutil.copytree(made, tmp_path / "unharmed")
    with Desk(tmp_path / "unharmed", sandbox=sandbox) as desk:
        desk.wiping.wipe(desk.team.at_console("1", "Noor", "en"), 1)
        expected = desk.reports.case(person, 2).exhibits[0].findings
    subprocess.run([sys.executable, "-c", KILLS, made, tmp_path, *KILLED_AFTER], check=True)
    for step in KILLED_AFTER:
        home = tmp_path / step
        assert list(troubles(home)) or step == "stale.strike", step  # which comes as it may
        with Desk(home, sandbox=sandbox) as desk:
            assert desk.reports.case(person, 2).exhibits[0].findings == expected, step
            assert finished(desk), step
            with pytest.raises(NotFound):
                desk.reports.case(person, 1)
        assert holding(home, SECRET.encode()) == [], step
        assert holding(home, one_point) == [], step
        assert not list(home.glob(f"vault/??/{original}")), step
        assert list(troubles(home)) == [], step


def test_an_original_that_the_disk_holds_on_to_goes_at_a_later_start(
    filled: Path, sandbox: Sandbox
) -> None:
    with Desk(filled, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        [(sha256,)] = desk.store.rows("SELECT sha256 FROM exhibit WHERE id = 1")
        (original,) = filled.glob(f"vault/??/{sha256}")
        aside = original.rename(filled / "aside")
        (original / "stuck").mkdir(parents=True)  # which no unlink removes
        assert desk.wiping.finish(desk.wiping.wipe(person, 1)).left == (sha256,)
    assert "goes on with it" in str(list(troubles(filled)))
    [index] = filled.glob("local-features-*.index")
    made = index.stat().st_mtime_ns
    Desk(filled, sandbox=sandbox).close()
    assert index.stat().st_mtime_ns == made  # not made anew at every start until the disk lets go
    shutil.rmtree(original)
    aside.rename(original)
    with Desk(filled, sandbox=sandbox) as desk:
        assert not original.exists()
        assert finished(desk)
    assert list(troubles(filled)) == []


def test_a_wipe_that_the_disk_refuses_is_said_and_goes_on_at_the_next_start(
    filled: Path, verify_desk: Run, sandbox: Sandbox
) -> None:
    (filled / "localchat.db").write_bytes(b"no database at all, but something else" * 100)
    done = verify_desk("wipe", "1", "--yes")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Case 1 is not wiped to the end" in done.stderr
    assert "goes on with it" in verify_desk("doctor").stdout
    (filled / "localchat.db").unlink()
    with Desk(filled, sandbox=sandbox) as desk:
        assert finished(desk)
    assert holding(filled, SECRET.encode()) == []


def test_merged_cases_go_together(filled: Path, sandbox: Sandbox, verify_desk: Run) -> None:
    with Desk(filled, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", "Noor", "en")
        desk.verdicts.reopen(person, 1, "to merge")
        desk.casework.merge(person, 1, 2)
    assert "part of case 2" in verify_desk("wipe", "1", "--yes").stderr
    assert verify_desk("wipe", "2", "--yes").returncode == 0
    assert holding(filled, SECRET.encode()) == []
    assert list(filled.glob("vault/??/*")) == []


@in_room()
async def test_no_button_keeps_what_was_searched_for_or_a_tag(room: Room) -> None:
    await room.send(encode(CHINA), caption=f"{SECRET} caption")
    await room.say(f"/tag {SECRET}")
    for number in range(6):
        await room.say(f"{SECRET} note {number}")
    await room.say(f"/search {SECRET} note")
    await room.say("/cases")
    kept = "SELECT action FROM button WHERE lower(action) LIKE ?"
    assert room.desk.store.rows(kept, (f"%{SECRET.lower()}%",))
    room.desk.wiping.wipe(room.desk.team.at_console("0", "Reader", "en"), 1)
    assert not room.desk.store.rows(kept, (f"%{SECRET.lower()}%",))


@in_room()
async def test_the_local_chat_forgets_the_case_and_nothing_else(room: Room) -> None:
    await room.send(encode(CHINA), f"{SECRET}.jpg", caption=f"{SECRET} caption")
    await room.say(f"{SECRET} note, which is long enough")
    await room.say("/search Zanzibar")
    await room.send(encode(FLOWER), caption="The dahlia, which stays")
    home = room.desk._home.folder
    before = len(list((home / "localchat").iterdir()))
    memory = room.chat.inbox._memory
    late = {"update_id": 9001, "message": {**room.own()[0], "text": f"{SECRET} late"}}
    memory.keep_updates(5, [(9001, json.dumps(late))])
    room.desk.wiping.wipe(room.desk.team.at_console("0", "Reader", "en"), 1)
    assert not [one for one in room.answers() + room.own() if SECRET in words(one)]
    assert any("dahlia" in words(one) for one in room.own())
    assert len(list((home / "localchat").iterdir())) < before
    row = room.desk.store.row("SELECT body, done_at FROM inbox WHERE update_id = 9001")
    assert row is not None and row["body"] == "{}" and row["done_at"]


def _output(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout
