"""What is drawn from a wiped case, or speaks of it, goes from every chat and every file."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from telegram.error import Forbidden

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from verify import records
from verify.records import Origin, OriginKind, Reply, Role, Wiped, about
from verify.store.localchat import looking

CHINA, FLOWER = photograph("china"), photograph("flower")
# Each stands nowhere else: a caption of five letters, a file's name, and so on.
WORDS = {
    "caption": "Qvozk",
    "note": "Vybzu",
    "edited note": "Kquwx",
    "claim": "Xojqi",
    "claimant": "Wquzo",
    "answer": "Zyxqe",
    "tag": "qwyjx",
    "file name": "zvqoj",
    "channel": "Uqyzw",
}

OF_THE_CROP = ["A gate, which stays", "Of no concern to the first"]


def cropped() -> Image.Image:
    """The right half of the temple: its own case, which stays."""
    return CHINA.crop((CHINA.width // 2, 0, CHINA.width, CHINA.height))


def points(picture: Image.Image) -> NDArray[np.float32]:
    grey = np.asarray(picture.convert("L"))
    return np.asarray(cv2.SIFT_create(400).detectAndCompute(grey, None)[1])


LEFT = points(CHINA.crop((0, 0, CHINA.width * 2 // 5, CHINA.height)))


def shows_left_half(content: bytes) -> bool:
    """Whether a picture shows what the wiped one does and the crop does not, turned or reduced."""
    try:
        picture = Image.open(io.BytesIO(content))
        picture.load()
    except Exception:  # no picture
        return False
    if max(picture.size) < 160:
        return False
    if max(picture.size) < 400:
        picture = picture.resize((picture.width * 2, picture.height * 2))
    found = points(picture)
    if found.ndim != 2 or len(found) < 2:
        return False
    pairs = cv2.BFMatcher().knnMatch(LEFT, found, k=2)
    return sum(first.distance < 0.7 * second.distance for first, second in pairs) > 20


def left_in(home: Path) -> dict[str, list[str]]:
    """For each file of a home: which of the words, and whether the picture, is in it."""
    found: dict[str, list[str]] = {}
    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            folded = content.lower()
            here = [name for name, word in WORDS.items() if word.lower().encode() in folded]
            here += ["picture"] if shows_left_half(content) else []
            if encode(CHINA) in content:
                here.append("bytes")
            if here:
                found[path.relative_to(home).as_posix()] = here
    return found


def wipe(room: Room, number: int) -> Wiped:
    return room.desk.wiping.finish(
        room.desk.wiping.wipe(room.desk.team.at_console("0", "Reader", "en"), number)
    )


async def work_on_a_case(room: Room) -> None:
    """Case 1 with words of every kind, forwarded; looked at in all the ways there are."""
    origin = Origin(kind=OriginKind.CHANNEL, name=WORDS["channel"], message_id=7)
    await room.send(
        encode(CHINA), f"{WORDS['file name']}.jpg", caption=WORDS["caption"], origin=origin
    )
    await room.say(WORDS["note"])
    await room.edit(room.own()[-1]["message_id"], WORDS["edited note"])
    await room.say(f"/claim {WORDS['claim']} in Paris, 14 June 2014")
    shown = [one for one in room.answers() if "Say who claims it" in labels(one)][-1]
    [prompt] = await room.press(shown, "Say who claims it")
    await room.say(WORDS["claimant"], reply_to=prompt["message_id"])
    await room.say(f"/tag {WORDS['tag']}")
    person = room.desk.team.person("localchat", str(room.you), "You", "en")
    item = room.case(1).checklist[0].id
    room.desk.cases.answer(person, 1, item, Reply.SETTLED, WORDS["answer"])
    await room.say(f"/search {WORDS['claim']}")
    await room.say(f"/cases {WORDS['tag']}")


async def open_a_case_with_a_crop(room: Room) -> list[Json]:
    """Case 2, whose card shows all of the first picture; every view of it was looked at."""
    answers = await room.send(encode(cropped()), "crop.jpg", caption=OF_THE_CROP[0])
    [card] = [one for one in answers if "photo" in one]
    for view in ("Show in colour", "Blink", "What changed", "Side by side"):
        if view in labels(room.now(card)):
            await room.press(room.now(card), view)
    await room.press(room.now(card), "Same")
    await room.say(OF_THE_CROP[1], reply_to=card["message_id"])
    return answers


@in_room()
async def test_no_file_of_the_home_shows_or_speaks_of_a_wiped_case(room: Room) -> None:
    home = room.desk._home.folder
    await work_on_a_case(room)
    other = room.local.exchange.store.add_person("Omar", "en")
    room.desk.team.admit("localchat", str(other), "Omar", Role.EDITOR)
    await room.say("/handover", by=other)
    assert any(WORDS["claim"] in words(one) for one in room.answers(other))
    seen = {name for names in left_in(home).values() for name in names}
    assert seen == {*WORDS, "picture", "bytes"}
    wipe(room, 1)
    assert left_in(home) == {}
    assert room.own() == []


@in_room()
async def test_nor_do_answers_on_a_case_with_a_crop_of_it_in_which_all_else_stays(
    room: Room,
) -> None:
    await room.send(encode(CHINA), f"{WORDS['file name']}.jpg", caption=WORDS["caption"])
    answers = await open_a_case_with_a_crop(room)
    assert any(WORDS["caption"] in words(one) for one in answers)
    wipe(room, 1)
    assert left_in(room.desk._home.folder) == {}
    assert [words(one) for one in room.own()] == OF_THE_CROP
    assert [note.text for note in room.case(2).notes] == OF_THE_CROP[1:]
    [again] = await room.say("/case 2")
    assert OF_THE_CROP[0] in words(again)


@in_room()
async def test_a_card_of_two_other_pictures_stays(room: Room) -> None:
    """Also where a kill came between the chat's record of its answers and the desk's."""
    await room.send(encode(CHINA))
    await room.send(encode(FLOWER))
    for picture in (shrunk(FLOWER), shrunk(CHINA)):
        await room.send(encode(picture))
    cards = [one for one in room.answers() if "photo" in one]
    assert len(cards) == 2
    with room.desk.store.transaction():
        for table in ("message_about", "bot_message", "sent"):
            room.desk.store.change(f"DELETE FROM {table}")
    wipe(room, 1)
    assert [one for one in room.answers() if "photo" in one] == [cards[0]]
    assert len(room.own()) == 3


@in_room()
async def test_what_moved_to_another_case_goes_and_stays_with_it(room: Room) -> None:
    await room.send_album(encode(CHINA), encode(FLOWER))
    await room.say(f"/claim {WORDS['claim']}")
    person = room.desk.team.person("localchat", str(room.you), "You", "en")
    moved = room.case(1).exhibits[0].exhibit_id
    into = room.desk.casework.move(person, moved, 1, None)
    wipe(room, into)
    assert [one["document"]["file_name"] for one in room.own() if "document" in one] == ["2.jpg"]
    assert any(WORDS["claim"] in words(one) for one in room.own())
    assert not left_in(room.desk._home.folder / "localchat")


@in_room()
async def test_after_a_wipe_nothing_about_the_case_comes_into_the_chat(room: Room) -> None:
    """An answer under way has read the case before, and is sent after."""
    await room.send(encode(CHINA), caption=WORDS["caption"])
    read = room.case(1)
    wipe(room, 1)
    bot, told = room.chat.application.bot, {"about": msgspec.json.encode(about(read)).decode()}
    with pytest.raises(Forbidden):
        await bot.send_photo(room.you, encode(CHINA), caption=read.claims[0].text, api_kwargs=told)
    assert left_in(room.desk._home.folder) == {}


@in_room()
async def test_of_messages_from_before_anything_was_noted_cards_and_long_words_go(
    room: Room,
) -> None:
    """As in a home of an earlier version: nothing is noted, and doctor says how much that is."""
    home = room.desk._home.folder
    await room.send(
        encode(CHINA), f"{WORDS['file name']}.jpg", caption=f"{WORDS['caption']} over the tower"
    )
    await open_a_case_with_a_crop(room)
    await room.say("/cases")
    with room.desk.store.transaction():
        room.desk.store.change("DELETE FROM message_about")
    with closing(sqlite3.connect(home / "localchat.db")) as database, database:
        database.execute("DELETE FROM about")
        database.execute(
            "UPDATE setting SET value = (SELECT max(id) FROM message) WHERE name = 'unnoted'"
        )
    assert looking.unnoted(home) == len(room.answers())
    wipe(room, 1)
    assert left_in(home) == {}
    assert [words(one) for one in room.own()] == [*OF_THE_CROP, "/cases"]


def test_what_is_made_of_records_is_about_all_that_is_in_them() -> None:
    """Every record that names a case, an exhibit or a claim is told apart by these names alone."""
    named = {
        field
        for record in vars(records).values()
        if isinstance(record, type) and issubclass(record, records.Record)
        for field in record.__struct_fields__
        if field.endswith(("case_id", "exhibit_id", "claim_id"))
    }
    told_apart = {"case_id", "earlier_case_id", "exhibit_id", "earlier_exhibit_id", "claim_id"}
    assert named == told_apart
