"""The film of a motion photo, taken out by a button."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.lab.test_behind import GAIN, MOTION, TWO


@in_room()
async def test_the_film_of_a_motion_photo_is_taken_out_on_a_press(room: Room) -> None:
    (examined,) = await room.send(MOTION)
    assert "stands behind the picture: a motion photo" in words(examined)
    assert await room.press(examined, "Take the film out") == []
    assert "There is no moving picture in this file." in words(room.now(examined))
    await room.press(examined, "More")
    assert "Derived from exhibit" in words(room.now(examined))


@in_room()
async def test_a_gain_map_alone_offers_nothing_to_take_out(room: Room) -> None:
    (examined,) = await room.send(TWO + GAIN)
    assert not [label for label in labels(examined) if label.startswith("Take")]
