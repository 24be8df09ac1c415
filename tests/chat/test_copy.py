"""A copy for others, from the squares of a grid to the file."""

from __future__ import annotations

import io
import zipfile

import numpy as np
from PIL import Image

from tests.chat.room import Json, Room, in_room, labels, words
from tests.desk.test_copying import RED, jpeg, reddest, shot, spotted
from verify.records import Sensitive

PICTURE = jpeg(spotted(RED))


def kept(room: Room, file: Json) -> bytes:
    files = room.local.exchange.store.files
    named = files.shown(file["file_unique_id"])
    assert named
    return files.content(named).read_bytes()


def picture(room: Room, message: Json) -> Image.Image:
    """The largest picture of a message."""
    return Image.open(io.BytesIO(kept(room, message["photo"][-1]))).convert("RGB")


def file_of(room: Room, message: Json) -> bytes:
    return kept(room, message["document"])


@in_room()
async def test_squares_become_boxes_and_the_copy_a_file(room: Room) -> None:
    await room.send(PICTURE, "sami-at-the-square.jpg")
    (asked,) = await room.say("/copy")
    assert "squares, as in B2 C3:E5" in words(asked)
    assert reddest(np.asarray(picture(room, asked))) < 120  # a drawing, and the grid in dark red
    (drawn,) = await room.say("E4:H6", reply_to=asked["message_id"])
    assert "1 solid box: E4:H6." in words(drawn)
    await room.press(drawn, "In full")
    (again,) = await room.press(drawn, "Another box")
    (both,) = await room.say("A1 nonsense", reply_to=again["message_id"])
    assert "“nonsense” is no box here" in words(both)
    (both,) = await room.say("a1", reply_to=again["message_id"])
    assert "2 solid boxes: E4:H6, A1." in words(both)
    await room.press(both, "Take the last box back")
    assert "1 solid box: " in words(room.now(both))
    (made,) = await room.press(drawn, "Make the copy")
    assert "1 solid box, over 6 % of the picture" in words(made)
    assert "Its name, and every link to the original." in words(made)
    (sent,) = await room.press(made, "Send the file")
    assert sent["document"]["file_name"] == "copy.jpg"
    content = file_of(room, sent)
    assert reddest(np.asarray(Image.open(io.BytesIO(content)))) < 40
    assert b"sami" not in content
    report = room.case(1)
    assert [one.filename for one in report.exhibits] == ["sami-at-the-square.jpg", "copy.jpg"]


@in_room()
async def test_boxes_of_a_film_have_their_time(room: Room) -> None:
    await room.send(shot(), "film.mp4")
    (asked,) = await room.say("/copy")
    assert "This is the film at 0:00.000." in words(asked)
    (drawn,) = await room.say("E4:H6 0:01-0:02", reply_to=asked["message_id"])
    assert "E4:H6 0:01-0:02" in words(drawn)
    await room.press(drawn, "1 s ›")
    assert "The film at 0:01.000." in words(room.now(drawn))
    (made,) = await room.press(drawn, "Make the copy")
    assert "Boxes from 0:01 to 0:02, and one picture before and after." in words(made)
    (sent,) = await room.press(made, "Send the file")
    assert sent["document"]["file_name"] == "copy.mp4"


@in_room()
async def test_what_is_marked_goes_in_steps_and_no_copy_is_made_in_a_group(room: Room) -> None:
    await room.send(PICTURE)
    owner = room.desk.team.at_console("0", "Owner", "en")
    room.desk.marking.mark(owner, 1, 1, Sensitive.GRAPHIC)
    (told,) = await room.say("/copy")
    assert "Covered, shown in steps: graphic." in words(told) and "photo" not in told
    (asked,) = await room.press(told, "Line drawing")
    assert asked["photo"] and not asked.get("has_media_spoiler")
    (drawn,) = await room.say("E4:H6", reply_to=asked["message_id"])
    assert "Small and grey" in labels(drawn) and "In full" not in labels(drawn)
    await room.press(drawn, "Small and grey")
    now = room.now(drawn)
    assert now["has_media_spoiler"] and "In full" in labels(now)
    (made,) = await room.press(drawn, "Make the copy")
    assert labels(made) == ["Send the file, which shows it in full"]
    (sent,) = await room.press(made, "Send the file, which shows it in full")
    assert "thumbnail" not in sent["document"] and sent["document"]["file_name"] == "copy.zip"
    with zipfile.ZipFile(io.BytesIO(file_of(room, sent))) as archive:
        assert archive.namelist() == ["copy.jpg"] and archive.read("copy.jpg")[:2] == b"\xff\xd8"
    grey = np.asarray(picture(room, now)).astype(int)
    assert np.median(np.ptp(grey, axis=2)) < 20
