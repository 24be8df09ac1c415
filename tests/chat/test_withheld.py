"""What nobody may hold leaves the local chat, whether it was there before or comes after."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph

CHINA = encode(photograph("china"))
LISTED = ("sha256", hashlib.sha256(CHINA).hexdigest())


def holding(room: Room) -> list[Path]:
    """The files of the local chat that hold the picture or a smaller one of it."""
    return [one for one in (room.desk._home.folder / "localchat").rglob("*") if one.is_file()]


@in_room()
async def test_messages_and_files_go_when_it_is_withheld(room: Room) -> None:
    await room.send(CHINA)
    assert holding(room)
    owner = room.desk.team.at_console("0", "Owner", "en")
    done = room.desk.withholding.take_list(owner, [LISTED], "")
    assert (done.listed, done.exhibits) == (1, 1)
    assert holding(room) == []
    (case,) = await room.say("/case 1")
    assert "Withheld: it is neither examined nor found" in words(case)


@in_room()
async def test_what_comes_later_is_answered_in_words_and_does_not_stay(room: Room) -> None:
    owner = room.desk.team.at_console("0", "Owner", "en")
    room.desk.withholding.take_list(owner, [LISTED], "")
    answers = await room.send(CHINA)
    assert any("Withheld" in words(one) for one in answers)
    assert not any("photo" in one for one in answers)
    assert holding(room) == []
