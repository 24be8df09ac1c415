"""A preview inside a file that shows something else: set beside the picture in the chat."""

from __future__ import annotations

from PIL import Image

from tests.chat.room import Room, in_room, labels, words
from tests.chat.test_matches import colourful
from tests.lab.specimens import after_start, photoshop_preview, with_thumbnail
from tests.photographs import encode, photograph
from tests.submissions import imported

CHINA, FLOWER = photograph("china"), photograph("flower")
CROPPED = with_thumbnail(CHINA.crop((330, 120, 630, 320)), CHINA.resize((160, 107)))


@in_room()
async def test_what_was_cropped_away_is_shown_beside_the_picture(room: Room) -> None:
    examined, card = await room.send(CROPPED)
    assert "shows something else" in words(examined)
    assert words(card).startswith("Left: the picture. Right: a preview inside its file.")
    assert "Read from: EXIF thumbnail" in words(card)
    assert card["reply_to_message"]["message_id"] == examined["message_id"]
    assert card["has_media_spoiler"]
    assert not colourful(room, card)
    assert await room.press(card, "Show in colour") == []
    assert colourful(room, card)
    assert labels(room.now(card)) == []


@in_room()
async def test_each_of_two_previews_is_shown_and_one_alike_is_not_repeated(room: Room) -> None:
    older = after_start(CROPPED, photoshop_preview(FLOWER.resize((160, 107))))
    _, first, second = await room.send(older)
    assert "Read from: EXIF thumbnail" in words(first)
    assert "Read from: Photoshop resource 0x040C" in words(second)
    same = after_start(CROPPED, photoshop_preview(CHINA.resize((160, 107))))
    cards = [one for one in await room.send(same, "same.jpg") if "preview" in words(one)]
    assert len([one for one in cards if one.get("photo")]) == 1


@in_room()
async def test_it_comes_by_itself_once_and_again_when_asked_for(room: Room) -> None:
    examined, _ = await room.send(CROPPED)
    assert len([one for one in await room.send(CROPPED) if one.get("photo")]) == 0
    (again,) = await room.press(examined, "Preview beside the picture")
    assert again["photo"]
    assert again["has_media_spoiler"]


@in_room()
async def test_what_transparency_hides_is_shown_when_asked_for(room: Room) -> None:
    cat = CHINA.convert("RGBA")
    cat.paste(FLOWER.resize((300, 200)), (100, 100))
    alpha = Image.new("L", cat.size, 255)
    alpha.paste(0, (100, 100, 400, 300))
    cat.putalpha(alpha)
    (examined,) = await room.send(encode(cat, "PNG"), "cut.png")
    (bare,) = await room.press(examined, "What transparency hides")
    assert words(bare).startswith("Left: the picture on white. Right: the same without its transp")
    assert bare["has_media_spoiler"]
    await room.press(bare, "Show in colour")
    assert colourful(room, bare)


@in_room()
async def test_a_preview_of_the_picture_itself_is_not_sent(room: Room) -> None:
    (examined,) = await room.send(with_thumbnail(CHINA, CHINA.resize((160, 107))))
    assert "Preview beside the picture" not in labels(examined)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_file_from_elsewhere_goes_to_telegram_only_when_asked(room: Room) -> None:
    importer = room.desk.team.at_console("0", "Importer", "en")
    kept = room.desk.receiving.receive(importer, imported(), CROPPED)
    room.desk.examining.examine(importer, kept.exhibit_id)
    (shown,) = await room.say("/case 1")
    (offer,) = await room.press(shown, "Preview beside the picture")
    assert "photo" not in offer
    (card,) = await room.press(offer, "Show (uploads it to Telegram)")
    assert card["has_media_spoiler"]
