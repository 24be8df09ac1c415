"""A pin on the map or a venue is the place of the claim, as a person states it."""

from __future__ import annotations

from tests.chat.room import Json, Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA = encode(photograph("china"))


async def pin(room: Room, **content: object) -> Json:
    """Send a pin; gives the bot's answer."""
    room.local.exchange.post(room.you, dict(content), {}, from_bot=False)
    await room.settle()
    return room.answers()[-1]


@in_room()
async def test_a_pin_is_the_place_of_the_only_claim_above_what_was_read(room: Room) -> None:
    await room.send(CHINA, caption="Flood in Homs")
    told = await pin(room, location={"latitude": 36.2, "longitude": 37.16})
    assert words(told).startswith("Place of the claim in case 1, stated at this desk: ")
    (claim,) = room.case(1).claims
    assert (claim.place_stated, claim.latitude, claim.longitude) == (True, 36.2, 37.16)
    venue = {
        "location": {"latitude": 33.5, "longitude": 36.3},
        "title": "Umayyad Square",
        "address": "Damascus",
    }
    await pin(room, venue=venue, location=venue["location"])
    assert room.case(1).claims[0].place == "Umayyad Square"
    await room.say("/claim Another thing in Hama")
    asked = await pin(room, location={"latitude": 35.1, "longitude": 36.75})
    assert "Tap the claim whose place it is." in words(asked)
    await room.press(asked, "Another thing in Hama")
    assert [round(claim.latitude or 0, 1) for claim in room.case(1).claims] == [33.5, 35.1]


@in_room()
async def test_a_live_location_is_taken_only_when_somebody_says_so(room: Room) -> None:
    await room.send(CHINA, caption="Flood in Homs")
    live = {"latitude": 36.2, "longitude": 37.16, "live_period": 900}
    asked = await pin(room, location=live)
    assert "so it was not taken" in words(asked)
    assert not room.case(1).claims[0].place_stated
    await room.press(asked, labels(asked)[0])
    assert room.case(1).claims[0].latitude == 36.2


@in_room()
async def test_a_pin_behind_a_picture_without_a_claim_makes_one(room: Room) -> None:
    await room.send(CHINA)
    await pin(room, location={"latitude": 36.2, "longitude": 37.16})
    (claim,) = room.case(1).claims
    assert (claim.place_stated, claim.latitude, claim.exhibit_id) == (True, 36.2, 1)
