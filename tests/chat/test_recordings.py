"""A recording arrives: where its sound was heard before is added to the answer."""

from __future__ import annotations

from tests.chat.room import Room, in_room, words
from tests.sounding import RATE, recorded, street

LONG = street(1, 20)


@in_room()
async def test_a_voice_note_that_was_heard_before_is_told_with_the_times_of_both(
    room: Room,
) -> None:
    (first,) = await room.send(recorded(LONG), "voice.ogg")
    text = words(room.now(first))
    assert "its sound is looked for among those heard before" in text
    assert "Its sound was not heard at this desk before." in text
    (answer,) = await room.send(recorded(LONG[6 * RATE : 15 * RATE], "mp3", "libmp3lame"), "a.mp3")
    told = "The sound from 0:00 to 0:08 was heard before: 0:06 to 0:14 of a recording in case 1"
    assert told in words(room.now(answer))
    await room.press(room.now(answer), "More")
    assert "Its sound" in words(room.now(answer)) and told in words(room.now(answer))
    await room.press(room.now(first), "More")
    assert "Its sound was heard again later: case 2" in words(room.now(first))
