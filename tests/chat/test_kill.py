"""kill -9 in the middle of work: every message is answered after it, none twice."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.chat.room import Room, words
from tests.photographs import encode, photograph

ROOT = Path(__file__).parent.parent.parent
NOTES = 25

SCRIPT = """
import asyncio, sys
from pathlib import Path
from tests.chat.room import Room
from tests.photographs import encode, photograph, shrunk

async def work():
    room = await Room(Path(sys.argv[1]), "localchat").enter()
    await room.send(encode(photograph("china")), "first.jpg")
    for number in range(int(sys.argv[2])):
        await room.local.send_text(room.you, f"Note {number}")
    await room.local.send_file(room.you, encode(shrunk(photograph("china"))), "copy.jpg")
    await asyncio.sleep(60)

asyncio.run(work())
"""


def test_nothing_is_lost_and_nothing_doubled_by_a_kill(home: Path) -> None:
    work = subprocess.Popen([sys.executable, "-c", SCRIPT, home, str(NOTES)], cwd=ROOT)
    try:
        _wait_for_notes(home / "desk.db", 5)
    finally:
        work.send_signal(signal.SIGKILL)
        work.wait()
    asyncio.run(_after_the_kill(home))


async def _after_the_kill(home: Path) -> None:
    room = await Room(home, "localchat").enter()
    try:
        await asyncio.wait_for(room.settle(), 240)
        written = sorted(note.text for note in room.case(1).notes)
        assert written == sorted({one["text"] for one in room.own() if "text" in one})
        names = [one["document"]["file_name"] for one in room.own() if "document" in one]
        copies = [name for name in names if name == "copy.jpg"]
        if copies:
            assert len(room.case(2).sightings) == 1
            assert len([one for one in room.answers() if "photo" in one]) == 1
        (answer, *_) = await room.send(encode(photograph("flower")))
        assert f"Case {2 + len(copies)}" in words(answer)
        assert "Not seen at this desk before" in words(answer)
    finally:
        await room.leave()


def _wait_for_notes(database: Path, count: int) -> None:
    """Until so many notes are in the store."""
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        time.sleep(0.02)
        try:
            store = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
            found = store.execute("SELECT count(*) FROM note").fetchone()[0]
            store.close()
        except sqlite3.Error:
            continue
        if found >= count:
            return
    raise AssertionError("the desk wrote nothing")
