"""A film answers with a strip of its pictures, grey and covered; a still leads to its time.

With VERIFY_SCREENSHOTS=docs/images it also makes the strip of docs/desk.md.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

from tests.chat.room import Json, Room, in_room, labels, words
from tests.chat.test_matches import colourful
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk

SHOTS = [shrunk(photograph(name)) for name in ("china", "flower", "coffee", "astronaut")]


@in_room()
async def test_a_film_is_shown_by_its_pictures_and_found_by_a_still(room: Room) -> None:
    examined, strip = await room.send(filmed(*SHOTS[:3]), "film.mp4")
    assert "All of this film of 0:03 was looked at, twice a second: 3 shots." in words(examined)
    assert words(strip).startswith("A film of 0:03, 3 shots.")
    assert strip["has_media_spoiler"]
    assert not colourful(room, strip)
    assert await room.press(room.now(strip), "Show in colour") == []
    assert colourful(room, strip)
    (again,) = await room.press(examined, "Pictures of the film")
    assert again["photo"]
    answer, card = await room.send(encode(SHOTS[2].crop((10, 8, 290, 190)), quality=70))
    assert "Seen before in case 1" in words(answer)
    assert "second 2 of that film shows this picture" in words(answer)
    assert card["photo"]
    assert "What changed" in labels(card)


@in_room()
async def test_frames_are_looked_at_in_large_one_by_one(room: Room) -> None:
    _, strip = await room.send(filmed(*SHOTS[:3]), "film.mp4")
    await room.press(room.now(strip), "In large")
    assert words(room.now(strip)).startswith("The film at 0:00.000")
    assert not colourful(room, strip)
    await room.press(room.now(strip), "1 s ›")
    assert words(room.now(strip)).startswith("The film at 0:01.000")
    await room.press(room.now(strip), "‹ Frame")
    assert words(room.now(strip)).startswith("The film at 0:00.900")
    await room.press(room.now(strip), "Frame ›")
    assert words(room.now(strip)).startswith("The film at 0:01.000")
    await room.press(room.now(strip), "Show in colour")
    assert colourful(room, strip)
    await room.press(room.now(strip), "1 s ›")
    assert words(room.now(strip)).startswith("The film at 0:02.000")
    assert colourful(room, strip)
    await room.press(room.now(strip), "All pictures")
    assert words(room.now(strip)).startswith("A film of 0:03, 3 shots.")


@in_room()
async def test_a_frame_is_kept_as_a_picture_that_is_derived_from_its_film(room: Room) -> None:
    _, strip = await room.send(filmed(*SHOTS[:3]), "film.mp4")
    await room.press(room.now(strip), "In large")
    await room.press(room.now(strip), "1 s ›")
    (answer,) = await room.press(room.now(strip), "Keep this frame")
    assert "Seen before in case 1" in words(answer) or "film-at-0-01.000.png" in words(answer)
    again = await room.press(room.now(strip), "Keep this frame")
    assert [words(one) for one in again] == [words(answer)]
    [exhibit] = room.desk.store.rows("SELECT count(*) AS n FROM exhibit")
    assert exhibit["n"] == 2


@in_room()
async def test_a_film_cut_from_an_earlier_one_is_told_and_shown_with_its_times(room: Room) -> None:
    await room.send(filmed(*SHOTS[:3], seconds=3), "film.mp4")
    cut = filmed(SHOTS[3], SHOTS[1], SHOTS[2], seconds=3)
    examined, strip, card = await room.send(cut, "cut.mp4")
    assert "Seen before in case 1" in words(examined)
    assert "A: Seen before in case 1" in words(strip)
    moments = Image.open(io.BytesIO(picture(room, card)))
    assert moments.width > 1.8 * moments.height  # of both films, one above the other
    if folder := os.environ.get("VERIFY_SCREENSHOTS"):
        (Path(folder) / "filmstrip.jpg").write_bytes(picture(room, strip))


def picture(room: Room, message: Json) -> bytes:
    largest = max(room.now(message)["photo"], key=lambda size: size["width"])
    content: bytes = room.local.content(largest["file_unique_id"])
    return content
