"""A film answers with a strip of its pictures, grey and covered; a still leads to its time."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.chat.test_matches import colourful
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk

SHOTS = [shrunk(photograph(name)) for name in ("china", "flower", "coffee")]


@in_room()
async def test_a_film_is_shown_by_its_pictures_and_found_by_a_still(room: Room) -> None:
    examined, strip = await room.send(filmed(*SHOTS), "film.mp4")
    assert "A film of 0:03: 3 of its pictures are looked at" in words(examined)
    assert words(strip).startswith("3 pictures of a film of 0:03, with their times.")
    assert strip["has_media_spoiler"]
    assert not colourful(room, strip)
    assert await room.press(strip, "Show in colour") == []
    assert colourful(room, strip)
    (again,) = await room.press(examined, "Pictures of the film")
    assert again["photo"]
    answer, card = await room.send(encode(SHOTS[2].crop((10, 8, 290, 190)), quality=70))
    assert "Seen before in case 1" in words(answer)
    assert "the frame at 2" in words(answer)
    assert card["photo"]
    assert "What changed" in labels(card)
