"""Text from outside, at each place where it leaves the desk: Telegram's HTML, the terminal,
lines of JSON, the cells of a spreadsheet, the log, the names of files."""

from __future__ import annotations

import csv
import io
import json
import logging
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.chat.room import in_room, words
from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.localchat.limits import utf16_units
from verify.records import Origin, OriginKind
from verify.sandbox import Sandbox

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "mark-up": "</code></b><a href='https://evil.example'>here</a>&lt;&#60;",
    "direction": "a\u202egpj.exe\u2066\u2067\u202d\u200f\u061c",
    "controls": "a\x00\x07\x1b[2J\x1b]0;title\x07\x08\x9b31m\r\nb",
    "formula": '=HYPERLINK("https://evil.example")',
    "path": "../../../../etc/passwd\x00.jpg",
    "long": "x" * 100_000,
    "long words": "<b>&" * 25_000,
    "half characters": "a\ud83d b\udc00\ud800",
    "accents": "Z" + "\u0301" * 100_000,
}
_HARMFUL = {"Cc", "Cs", "Zl", "Zp"}
_TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u061c")


def assert_harmless(text: str) -> None:
    """A line for the eye: nothing moves the cursor, turns the direction or is half."""
    text.encode()
    assert not {one for one in text if unicodedata.category(one) in _HARMFUL and one not in "\n\t"}
    assert not _TURNING & {*text}


def assert_nothing_is_named_after_it(home: Path) -> None:
    names = [path.name for path in (home / "vault").rglob("*") if path.is_file()]
    assert names
    assert all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in names)
    assert {path.name for path in home.parent.iterdir()} == {"home"}


def picture(raw: str) -> bytes:
    """A photograph whose metadata carries the text too."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x013B] = raw.encode("utf-8", "replace").decode()[:20_000]
    return encode(shrunk(photograph("china")), exif=exif.tobytes())


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told(home: Path, hostile: str, sandbox: Sandbox) -> Path:
    """A desk that was told the text in every field that somebody outside fills."""
    origin = Origin(kind=OriginKind.CHANNEL, name=hostile, username="a", signature=hostile)
    with Desk(home, sandbox=sandbox) as desk:
        person = desk.team.at_console("1", hostile, "en")
        submission = arrived(
            filename=hostile,
            declared_type=hostile,
            caption=hostile,
            origin=origin,
            links=(f"https://example.org/{hostile}",),
        )
        receipt = desk.receiving.receive(person, submission, picture(hostile))
        desk.examining.examine(person, receipt.exhibit_id)
        desk.cases.note(person, receipt.case_id, hostile[:4000])
    return home


def test_terminal_json_lines_exports_and_file_names_stay_harmless(
    told: Path, verify_desk: Run, tmp_path: Path
) -> None:
    for command in (["show", "1"], ["cases"], ["search", "evil"]):
        done = verify_desk(*command)
        assert done.returncode == 0, done.stderr
        assert_harmless(done.stdout + done.stderr)
        assert len(done.stdout) < 40_000
    for command in (["show", "--json", "1"], ["cases", "--json"]):
        done = verify_desk(*command)
        assert done.returncode == 0, done.stderr
        assert done.stdout.isascii()
        assert "\x1b" not in done.stdout
        for line in done.stdout.splitlines():
            json.loads(line)
    assert_nothing_is_named_after_it(told)
    assert verify_desk("export", "1", tmp_path / "case.zip").returncode == 0
    with zipfile.ZipFile(tmp_path / "case.zip") as archive:
        assert_harmless(archive.read("report.txt").decode())
        json.loads(archive.read("case.json"))
        [_, row] = csv.reader(io.StringIO(archive.read("exhibits.csv").decode("utf-8-sig")))
        for one in row:
            assert_harmless(one)
            assert "\n" not in one
            assert one[:1] not in set("=+-@\t\r")
            assert len(one) <= 1001
        for name in archive.namelist():
            assert set(name) <= set("abcdefghijklmnopqrstuvwxyzSHAUM0123456789/.")
            assert ".." not in name


@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG], ids=["info", "debug"])
def test_the_desks_own_log_names_nobody_at_any_level(home: Path, level: int) -> None:
    """At debug the libraries write what they send, which somebody asked for; the desk does not."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.addFilter(lambda record: level > logging.DEBUG or record.name.startswith("verify"))
    root = logging.getLogger()
    former = root.level
    root.addHandler(handler)
    root.setLevel(level)

    @in_room()
    async def talk(room: Any) -> None:
        origin = Origin(kind=OriginKind.HIDDEN_USER, name="Zanzibar Quagga")
        await room.send(picture("Zanzibar"), "Zanzibar.jpg", caption="Zanzibar", origin=origin)
        await room.say("Zanzibar note")
        await room.say("/search Zanzibar")
        room.desk.cases.note = None
        await room.say("Zanzibar fails")

    try:
        talk(home)
    finally:
        root.removeHandler(handler)
        root.setLevel(former)
    assert "failed" in log.getvalue()
    assert "Zanzibar" not in log.getvalue()
    assert "Quagga" not in log.getvalue()


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_answers_and_logs_carry_only_harmless_text(home: Path, raw: str) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    root.addHandler(handler)
    marked = f"Zanzibar {raw}"

    @in_room()
    async def talk(room: Any) -> None:
        origin = Origin(kind=OriginKind.HIDDEN_USER, name=marked[:128])
        (answer,) = await room.send(picture(raw), marked[:255], caption=marked[:900], origin=origin)
        (noted, *_) = await room.say(marked[:3000])  # one with a link joins the picture's sighting
        await room.press(answer, "More")
        await room.press(answer, "Details")
        seen = room.answers()
        assert "case 1" in words(noted)
        for one in seen:
            assert_harmless(words(one))
            assert utf16_units(words(one)) <= 4096
            entities = one.get("entities", []) + one.get("caption_entities", [])
            assert not [entity for entity in entities if entity["type"] == "text_link"]

    try:
        talk(home)
    finally:
        root.removeHandler(handler)
    assert "Zanzibar" not in log.getvalue()
    assert_harmless(log.getvalue())


@in_room()
async def test_half_a_character_does_not_keep_a_message_out(room: Any) -> None:
    await room.send(picture("a"))
    message = {**room.own()[0], "message_id": 900, "text": "half \ud83d of it"}
    del message["document"]
    await room.chat.inbox.keep([{"update_id": 9001, "message": message}])
    await room.settle()
    assert [note.text for note in room.case(1).notes] == ["half ? of it"]
    assert words(room.answers()[-1]).startswith("Noted in case 1")
