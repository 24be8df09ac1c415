"""A film answers with a strip of its pictures, grey and covered; a still leads to its time.

With VERIFY_SCREENSHOTS=docs/images it also makes the strip of docs/desk.md.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.chat.room import Json, Room, in_room, labels, words
from tests.chat.test_matches import colourful
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from tests.sounding import filmed_with, street

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
    assert await room.press(card, "What changed") == []
    assert "Compared with the frame at 0:02." in words(room.now(card))


@in_room()
async def test_frames_are_looked_at_in_large_one_by_one(room: Room) -> None:
    _, strip = await room.send(filmed(*SHOTS[:3]), "film.mp4")
    await room.press(room.now(strip), "Enlarge")
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
    await room.press(room.now(strip), "Enlarge")
    await room.press(room.now(strip), "1 s ›")
    (answer,) = await room.press(room.now(strip), "Keep this frame")
    assert "Seen before in case 1" in words(answer) or "film-at-0-01.000.png" in words(answer)
    again = await room.press(room.now(strip), "Keep this frame")
    assert [words(one) for one in again] == [words(answer)]
    [exhibit] = room.desk.store.rows("SELECT count(*) AS n FROM exhibit")
    assert exhibit["n"] == 2


@in_room()
async def test_a_film_is_played_without_its_sound_and_its_sound_alone(room: Room) -> None:
    film = filmed_with(street(3, 24), *SHOTS[:3])
    _, strip = await room.send(film, "film.mp4")
    await room.press(room.now(strip), "Play")
    playing = room.now(strip)
    assert words(playing).startswith("0:00 to 0:20 of a film of 0:24")
    kinds, shown = clip(room, playing)
    assert kinds == ["video"]
    assert len(shown) == 100
    assert np.abs(np.diff(np.asarray(shown[50]).astype(int), axis=2)).max() < 12  # grey
    assert alike(shown[10], SHOTS[0]) and alike(shown[60], SHOTS[1])
    await room.press(room.now(strip), "20 s ›")
    assert words(room.now(strip)).startswith("0:20 to 0:24 of a film of 0:24")
    assert "20 s ›" not in labels(room.now(strip))
    [sound] = await room.press(room.now(strip), "Sound")
    assert words(sound).startswith("Sound from 0:20 to 0:24 of 0:24")
    heard = room.desk.sandbox.hear(room.local.content(sound["voice"]["file_unique_id"]))
    assert heard and heard.seconds == pytest.approx(4, abs=0.2) and not heard.silent
    await room.press(room.now(strip), "All pictures")
    assert "photo" in room.now(strip) and "animation" not in room.now(strip)


@in_room()
async def test_nothing_is_offered_after_a_sound_that_ends_before_the_pictures(room: Room) -> None:
    _, strip = await room.send(filmed_with(street(3, 12), SHOTS[0], longer=1.5), "film.mp4")
    [sound] = await room.press(room.now(strip), "Sound")
    assert words(sound).startswith("Sound from 0:00 to 0:12 of 0:12")
    assert labels(sound) == []


def clip(room: Room, message: Json) -> tuple[list[str], list[Image.Image]]:
    """The streams of a clip, and its pictures."""
    made = room.local.content(message["animation"]["file_unique_id"])
    with av.open(io.BytesIO(made), "r") as container:
        kinds = [str(one.type) for one in container.streams]
        arrays = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        return kinds, [Image.fromarray(one) for one in arrays]


def alike(picture: Image.Image, shot: Image.Image) -> bool:
    """Below the time that stands above it."""
    below = picture.crop((0, 30, *picture.size)).convert("L")
    wanted = shot.convert("L").resize(below.size)
    return float(np.abs(np.asarray(below).astype(int) - np.asarray(wanted)).mean()) < 16


@in_room()
async def test_a_film_cut_from_an_earlier_one_is_told_and_shown_with_its_times(room: Room) -> None:
    await room.send(filmed(*SHOTS[:3], seconds=3), "film.mp4")
    cut = filmed(SHOTS[3], SHOTS[1], SHOTS[2], seconds=3)
    examined, strip, card = await room.send(cut, "cut.mp4")
    assert "Seen before in case 1" in words(examined)
    assert "A: Seen before in case 1" in words(strip)
    moments = Image.open(io.BytesIO(picture(room, card)))
    assert moments.width > 1.8 * moments.height  # of both films, one above the other
    await room.press(card, "Play this stretch")
    playing = room.now(card)
    assert "0:03–0:09 of this film is 0:03–0:09 of that one" in words(playing)
    assert "0:03 to 0:09 of this film, and at the same moments the earlier one." in words(playing)
    _, shown = clip(room, playing)
    side = SHOTS[3].width  # of the incoming one, which is square
    here = shown[10].crop((0, 30, side, 30 + side)).resize((320, 214))
    there = shown[10].crop((0, shown[10].height - 214, *shown[10].size))
    assert 25 < len(shown) <= 30
    assert np.abs(np.asarray(here).astype(int) - np.asarray(there)).mean() < 12
    await room.press(room.now(card), "Side by side")
    assert "photo" in room.now(card)
    if folder := os.environ.get("VERIFY_SCREENSHOTS"):
        (Path(folder) / "filmstrip.jpg").write_bytes(picture(room, strip))


def picture(room: Room, message: Json) -> bytes:
    largest = max(room.now(message)["photo"], key=lambda size: size["width"])
    content: bytes = room.local.content(largest["file_unique_id"])
    return content


@in_room()
async def test_an_animated_picture_has_a_strip_and_plays_too(room: Room) -> None:
    file = io.BytesIO()
    first, *others = (shot.resize(SHOTS[0].size) for shot in SHOTS[:3])
    first.save(file, "GIF", save_all=True, append_images=others, duration=700)
    examined, strip = await room.send(file.getvalue(), "moves.gif")
    assert words(strip).startswith("A film of 0:01, 3 shots.")
    assert "Pictures of the film" in labels(examined)
    assert "Sound" not in labels(strip)
    await room.press(room.now(strip), "Play")
    _, shown = clip(room, room.now(strip))
    assert len(shown) == 8
    assert alike(shown[0], SHOTS[0]) and alike(shown[5], SHOTS[1]) and alike(shown[7], SHOTS[2])
