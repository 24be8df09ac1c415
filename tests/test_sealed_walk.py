"""Every way in which a name can leave a desk, for a sealed source: four roles, two languages."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import ImageOps

from tests.chat.room import Json, Room, in_room, words
from tests.chat.test_desk_work import admit
from tests.desk.test_sealing import CHAT, DEVICE, MESSAGE, SEALED, SENDER, brought, keyed
from tests.photographs import encode, photograph
from tests.traces import found
from verify.language import Reader, plain
from verify.layouts import handout
from verify.layouts.glance import glance_lines
from verify.layouts.profiles import names, profile
from verify.layouts.shapes import fields
from verify.layouts.text import case_lines
from verify.records import Sentence, say
from verify.store.keeping import backup

TEXTS, LARGE = (*SEALED, DEVICE), (CHAT, MESSAGE, int(SENDER))
PAGES = (say("More"), say("Details"), say("Checklist"), say("Manage"))
COMMANDS = ("/cases", "/search bridge", "/handover", "/case 1", "/keep", "/copy", "/case 2")


class Heard(logging.Handler):
    """All that is logged, at its most talkative."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@in_room()
async def test_no_way_out_of_a_desk_tells_a_sealed_source(room: Room) -> None:
    home = room.local.exchange.store.files.folder.parent
    heard, root = Heard(), logging.getLogger()
    level, _ = root.level, root.addHandler(heard)
    root.setLevel(logging.DEBUG)
    try:
        console, _ = keyed(room.desk)
        logging.getLogger("PIL").setLevel(logging.INFO)  # it tells what the test itself encodes
        assert brought(room.desk, console) == 1
        sealed = room.desk.reports.case(console, 1).exhibits[0]
        copy = room.desk.copying.copy(console, sealed.sha256, []).receipt
        name, content = room.desk.copying.file(console, 1, copy.exhibit_id)
        (home.parent / "laid-out").mkdir()
        (home.parent / "laid-out" / name).write_bytes(content)
        logging.getLogger("PIL").setLevel(logging.NOTSET)
        people = {
            "Owner": room.you,
            **{role: await admit(room, role, role) for role in ("Editor", "Reporter", "Viewer")},
        }
        await walk(room, people, home)
        laid_out(room, home.parent / "laid-out")
        backup.write(home, home.parent / "laid-out" / "backup.tar")
    finally:
        root.removeHandler(heard)
        root.setLevel(level)
    (home.parent / "laid-out" / "log").write_text("\n".join(heard.lines), encoding="utf-8")
    # a bag has originals as they are; what else is in it is looked through unpacked
    at_rest = [
        one
        for one in found(home, TEXTS, LARGE)
        if not one[1].startswith("vault/") and not zipfile.is_zipfile(home / one[1])
    ]
    assert at_rest == []
    for asked in ("Zaynab", "from:Zaynab", "hamidiya77", "771"):
        assert room.desk.reports.search(console, asked) == []
    handed = found(home.parent / "laid-out", TEXTS, LARGE)
    assert {one for one in handed if one[1] != "backup.tar"} == set()
    said = [words(one) for person in people.values() for one in room.answers(person)]
    assert len(said) > 60
    assert [one for one in said if "qabbani" in one.lower() or "hamidiya" in one] == []
    for number in (1, 2):
        room.desk.wiping.finish(room.desk.wiping.wipe(console, number))
    assert found(home, TEXTS, LARGE) == []
    assert room.desk.store.rows("SELECT 1 FROM sealed") == []


async def walk(room: Room, people: dict[str, int], home: Path) -> None:
    """What each of them can ask a desk, in both languages; what they are told, and hand out."""
    for person in people.values():
        await room.say("/case 1", by=person)
        await room.say("/watch", by=person)
    # a copy in another case: matches, cards, what is said of the earlier case
    copy = encode(ImageOps.mirror(photograph("china")))
    await room.send(copy, "copy.jpg", by=people["Reporter"])
    await room.say("/case 1", by=people["Reporter"])
    await room.say("/note The mayor was asked", by=people["Reporter"])
    for role, person in people.items():
        for language in ("ar", "en"):
            await room.say(f"/language {language}", by=person)
            for command in COMMANDS:
                for shown in await room.say(command, by=person):
                    await open_all(room, shown, person, language)
        if role != "Viewer":
            await hand_out(room, person, home.parent / "laid-out" / role)


async def open_all(room: Room, shown: Json, person: int, language: str) -> None:
    """Every page that only shows, behind a message."""
    for page in PAGES:
        now = room.now(shown, by=person)
        label = in_language(page, language)
        offered = now.get("reply_markup", {}).get("inline_keyboard", [])
        if label in [button["text"] for row in offered for button in row]:
            await room.press(now, label, by=person)


async def hand_out(room: Room, person: int, folder: Path) -> None:
    """The file of each profile, unpacked."""
    await room.say("/case 1", by=person)
    for name in names():
        (shown,) = await room.say(f"/export {name}", by=person)
        (sent,) = await room.press(shown, "Make this file", by=person)
        file = room.local.exchange.store.files.by_id(sent["document"]["file_id"])
        assert file is not None
        stored = room.local.exchange.store.files.content(file).read_bytes()
        with zipfile.ZipFile(io.BytesIO(stored)) as archive:
            members = [one for one in archive.namelist() if "/originals/" not in one]
            archive.extractall(folder / name, members)


def laid_out(room: Room, folder: Path) -> None:
    """The case as the command line shows it, in both languages."""
    report = room.case(1)
    for language in ("en", "ar"):
        reader = Reader(language, ZoneInfo("UTC"))
        render = partial(plain, reader=reader)
        lines = [*case_lines(report, render), *glance_lines(report, render)]
        lines.append(json.dumps(fields(report, render), ensure_ascii=False))
        for name in names():
            lines += handout.texts(report, profile(name), name, reader).values()
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / "shown").write_text("\n".join(lines), encoding="utf-8")


def in_language(sentence: Sentence, language: str) -> str:
    return plain(sentence, Reader(language, ZoneInfo("UTC")))
