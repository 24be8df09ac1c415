"""Match cards: what they say, when they come, what they wait for."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import numpy as np
from PIL import Image, ImageOps

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from tests.submissions import imported
from verify.records import Origin, OriginKind

CHINA = photograph("china")
FIRST = encode(CHINA)
CHANGING, JUDGING = ("Blink", "What changed"), ("Same", "Not the same", "More")
CHANNEL = Origin(
    kind=OriginKind.CHANNEL,
    name="Front News",
    external_id="-1001",
    message_id=77,
    posted_at=datetime(2024, 3, 1, 12, 0, tzinfo=UTC),
)


def colourful(room: Room, message: Json) -> bool:
    """Whether the picture of a message has any colour in it."""
    largest = max(room.now(message)["photo"], key=lambda size: size["width"])
    content = room.local.content(largest["file_unique_id"])
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int)
    return bool((pixels.max(axis=2) - pixels.min(axis=2)).mean() > 5)


@in_room()
async def test_three_edits_give_three_cards_that_name_the_orientation(room: Room) -> None:
    await room.send(FIRST, "first.jpg")
    for edited, orientation in (
        (encode(shrunk(CHINA), quality=30), ""),
        (encode(ImageOps.mirror(CHINA), quality=85), ", mirrored left to right"),
        (encode(CHINA.rotate(-90, expand=True), quality=85), ", turned 90° clockwise"),
    ):
        examined, *cards = await room.send(edited, "edited.jpg")
        card = next(one for one in cards if "in case 1" in words(one))
        assert words(card).startswith(f"Seen before in case 1{orientation}\n")
        assert "received here" in words(examined) and "received here" not in words(card)
        assert "Very unlikely to be chance" in words(card)
        assert "Chance alone" not in words(card)
        assert card["reply_to_message"]["message_id"] == examined["message_id"]


@in_room()
async def test_what_changed_is_outlined_and_listed_under_the_card(room: Room) -> None:
    await room.send(FIRST)
    edited = CHINA.copy()
    edited.paste((0, 0, 0), (180, 140, 300, 250))
    _, card = await room.send(encode(shrunk(edited)))
    assert await room.press(card, "What changed") == []
    shown = room.now(card)
    assert "1 region differs" in words(shown)
    assert shown["has_media_spoiler"]
    assert "1. covered or blurred here (6 % of the picture)" in words(shown)
    assert labels(shown) == ["Side by side", "Blink"]
    await room.press(card, "Side by side")
    assert "differs" not in words(room.now(card))
    assert room.now(card)["has_media_spoiler"]


@in_room()
async def test_a_card_is_grey_under_a_spoiler_until_colour_is_asked_for(room: Room) -> None:
    await room.send(FIRST)
    _, card = await room.send(encode(shrunk(CHINA)))
    assert card["has_media_spoiler"]
    assert not colourful(room, card)
    assert labels(card)[0] == "Show in colour"
    assert await room.press(card, "Show in colour") == []
    shown = room.now(card)
    assert colourful(room, card)
    assert not shown.get("has_media_spoiler")
    assert words(shown) == words(card)


@in_room()
async def test_a_post_seen_earlier_is_named_with_its_source(room: Room) -> None:
    await room.send(FIRST, origin=CHANNEL)
    answer, card = await room.send(encode(shrunk(CHINA)))
    assert "posted 2024-03-01 12:00 +00:00 by Front News" in words(answer)
    await room.press(card, "More")
    assert "posted 2024-03-01 12:00 +00:00 by Front News" in words(room.now(card))


@in_room()
async def test_claims_that_differ_stand_one_above_the_other(room: Room) -> None:
    await room.send(FIRST, caption="A temple in Beijing")
    _, card = await room.send(encode(shrunk(CHINA)), caption="A temple in Hanoi")
    then, now = (line for line in words(card).splitlines() if line.startswith("Said"))
    assert then == "Said then: “A temple in Beijing”"
    assert now == "Said now: “A temple in Hanoi”"


@in_room()
async def test_at_most_three_cards_come_by_themselves_and_others_on_request(room: Room) -> None:
    for quality in (90, 80, 70, 60):
        await room.send(encode(CHINA, quality=quality))
    examined, *cards = await room.send(encode(CHINA, quality=50))
    assert len(cards) == 3
    await room.press(examined, "Matches")
    assert "Card 3" in labels(room.now(examined))
    await room.press(examined, "Next ›")
    (card,) = await room.press(examined, "Card 4")
    assert "Seen before" in words(card)
    await room.press(examined, "Back to the examination")
    assert words(room.now(examined)) == words(examined)


@in_room()
async def test_a_card_comes_once_in_a_chat(room: Room) -> None:
    await room.send(FIRST)
    copy = encode(shrunk(CHINA))
    assert len(await room.send(copy)) == 2
    (shown,) = await room.send(copy)
    assert "Seen before in case 1" in words(shown)


@in_room()
async def test_another_photograph_has_no_card(room: Room) -> None:
    await room.send(FIRST)
    (answer,) = await room.send(encode(photograph("flower")))
    assert "Not seen at this desk before. It may still exist elsewhere." in words(answer)
    assert "Matches" not in labels(answer)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_picture_from_elsewhere_goes_to_telegram_only_when_asked(room: Room) -> None:
    assert room.you == 1001
    importer = room.desk.team.at_console("0", "Importer", "en")
    kept = room.desk.receiving.receive(importer, imported(), FIRST)
    room.desk.examining.examine(importer, kept.exhibit_id)
    _, offer = await room.send(encode(shrunk(CHINA)))
    assert "photo" not in offer
    assert "Seen before in case 1" in words(offer)
    assert labels(offer) == ["Show (uploads it to Telegram)"]
    (card,) = await room.press(offer, "Show (uploads it to Telegram)")
    assert card["has_media_spoiler"]


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_picture_that_came_from_telegram_is_shown_there_again(room: Room) -> None:
    await room.send(FIRST)
    _, card = await room.send(encode(shrunk(CHINA)))
    assert "photo" in card


@in_room()
async def test_a_card_blinks_in_its_place_and_takes_a_person_s_word(room: Room) -> None:
    await room.send(FIRST)
    *_, card = await room.send(encode(CHINA.crop((160, 100, 480, 330))), "part.jpg")
    assert "within a larger picture" in words(card)
    assert "details line up" in words(card)
    assert labels(card) == [
        "Show in colour",
        "Blink",
        "What changed",
        "Same",
        "Not the same",
        "More",
    ]
    await room.press(card, "Blink")
    assert labels(room.now(card)) == [
        "Side by side",
        "Blink",
        "What changed",
        "Same",
        "Not the same",
        "More",
    ]
    await room.press(room.now(card), "Same")
    assert "confirmed this match" in words(room.now(card))
    await room.press(room.now(card), "Not the same")
    assert "will not be shown again" in words(room.now(card))
    reader = room.desk.team.at_console("0", "Reader", "en")
    assert room.desk.reports.exhibit(reader, 2, 2).matches == ()


@in_room()
async def test_more_under_a_card_says_how_close_and_how_often_by_chance(room: Room) -> None:
    await room.send(FIRST)
    _, card = await room.send(encode(shrunk(CHINA)))
    await room.press(card, "Blink")
    await room.press(card, "More")
    more = room.now(card)
    for said in ("256 bits", "Chance alone would give", "Measured on thousands"):
        assert said in words(more) and said not in words(card)
    assert labels(more)[0] == "Side by side"  # the picture stays
    await room.press(more, "Less")
    assert words(room.now(card)) == words(card)


@in_room()
async def test_what_stood_first_is_said_first(room: Room) -> None:
    await room.send(FIRST, caption="Today")
    old = Origin(
        kind=OriginKind.CHANNEL, name="Old News", posted_at=datetime(2014, 6, 12, tzinfo=UTC)
    )
    await room.send(encode(CHINA, quality=60), origin=old, caption="In 2014")
    shown, first, *_ = await room.send(encode(shrunk(CHINA)))
    assert "Seen before in case 2" in words(shown) and "by Old News" in words(shown)
    assert "Old News said then: “In 2014”" in words(shown)
    assert "1 more match" in words(shown)
    assert "Seen before in case 2" in words(first)
