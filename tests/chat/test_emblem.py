"""/emblem: a box in a picture, its name, and where else the emblem stands."""

from __future__ import annotations

import random

from benchmarks.emblems import composed, emblem
from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph


@in_room()
async def test_an_emblem_is_marked_by_a_box_and_a_name(room: Room) -> None:
    picture, box = composed(photograph("china"), emblem(0), 0.2, 1.0, random.Random(1))
    await room.send(encode(picture))
    (asked,) = await room.say("/emblem")
    assert "Where does the emblem stand?" in words(asked)
    assert asked["photo"]
    drawn = ",".join(f"{100 * side:.1f}" for side in box)
    (named,) = await room.say(drawn, reply_to=asked["message_id"])
    (told,) = await room.say("Furat", reply_to=named["message_id"])
    assert "The emblem “Furat” is marked." in words(told)
