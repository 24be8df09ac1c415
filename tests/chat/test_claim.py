"""What a claim says of day and place: read, shown, corrected by a tap or in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PIL import ImageOps

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph
from verify.language import Reader, plain
from verify.layouts.text import case_lines
from verify.wording.proposals import proposal

CHINA = encode(photograph("china"))
ENGLISH = Reader("en", ZoneInfo("UTC"))


@in_room()
async def test_date_and_place_are_read_shown_and_corrected_in_words(room: Room) -> None:
    await room.send(CHINA)
    (kept,) = await room.say("/claim Cadets shot in Tikrit on 14 June 2014")
    assert "I read: 14 June 2014, Tikrit, Iraq" in words(kept)
    (asked,) = await room.press(kept, "Another date")
    (refused,) = await room.say("yesterday", reply_to=asked["message_id"])
    assert "I read no date there." in words(refused)
    (kept,) = await room.say("12 حزيران 2014 الساعة 17:30", reply_to=asked["message_id"])
    assert "Date, stated at this desk: 12 June 2014 17:30" in words(kept)
    assert "I read the place: Tikrit, Iraq" in words(kept)
    (asked,) = await room.press(kept, "Another place")
    (refused,) = await room.say("Nowhereville", reply_to=asked["message_id"])
    assert "I do not know this place." in words(refused)
    (kept,) = await room.say("حلب", reply_to=asked["message_id"])
    assert "Place, stated at this desk: \u2068حلب، سوريا" in words(kept)
    (claim,) = room.case(1).claims
    assert (claim.version, claim.claimed_at, claim.place) == (3, "2014-06-12T17:30", "حلب، سوريا")
    assert claim.latitude and abs(claim.latitude - 36.2) < 0.1
    (asked,) = await room.press(kept, "Say who claims it")
    await room.say("A channel", reply_to=asked["message_id"])
    (claim,) = room.case(1).claims
    assert (claim.claimant, claim.claimed_at, claim.date_stated) == (
        "A channel",
        "2014-06-12T17:30",
        True,
    )


@in_room()
async def test_what_can_be_meant_in_two_ways_is_chosen_by_a_tap(room: Room) -> None:
    await room.send(CHINA, caption="Flood in Tripoli, 05/06/2023")
    (shown,) = await room.say("/case")
    assert "no date or place read" in words(shown)
    (kept,) = await room.press(shown, "Claim")
    assert "More than one can be meant." in words(kept)
    assert {"5 June 2023", "6 May 2023", "Tripoli, Libya", "Tripoli, Lebanon"} <= {*labels(kept)}
    await room.press(kept, "6 May 2023")
    await room.press(kept, "Tripoli, Lebanon")
    kept = room.now(kept)
    assert "Date, stated at this desk: 6 May 2023" in words(kept)
    assert "Place, stated at this desk: Tripoli, Lebanon" in words(kept)
    await room.press(kept, "No date is meant")
    assert "Stated at this desk: no date is meant." in words(room.now(kept))
    (claim,) = room.case(1).claims
    assert (claim.claimed_at, claim.place) == ("", "Tripoli, Lebanon")


@in_room()
async def test_what_speaks_against_a_claim_stands_under_it_at_once(room: Room) -> None:
    await room.send(CHINA)
    (kept,) = await room.say("/claim Flood on 14 June 2033")
    assert "Look at these" in words(kept)
    assert "The picture predates its claim" in words(kept)
    (asked,) = await room.press(kept, "Another date")
    (kept,) = await room.say("2014", reply_to=asked["message_id"])
    assert "Look at these" not in words(kept)


@in_room()
async def test_what_speaks_against_a_claim_about_an_album_names_the_exhibits(room: Room) -> None:
    await room.send_album(CHINA, encode(photograph("flower")))
    (kept,) = await room.say("/claim Flood on 14 June 2033")
    assert words(kept).count("The picture predates its claim") == 1
    assert "Exhibits 1, 2: The picture predates its claim" in words(kept)


@in_room()
async def test_a_claim_as_long_as_can_be_is_shown_in_one_message(room: Room) -> None:
    await room.send(CHINA)
    text = "In Homs on 14 June 2033 " + "the river rose & rose " * 170
    (kept,) = await room.say(f"/claim {text}")
    assert "I read: 14 June 2033, Homs, Syria" in words(kept)
    assert "Another date" in labels(kept)


@in_room()
async def test_several_claims_are_listed_to_be_corrected(room: Room) -> None:
    (examined,) = await room.send(CHINA, caption="Homs, 3 May 2012")
    await room.say("/claim In Hama in 2013")
    (listed,) = await room.press(examined, "Claim")
    assert labels(listed) == ["Claim 1", "Claim 2", "State another claim"]
    await room.press(listed, "Claim 2")
    assert "I read: 2013, Hama, Syria" in words(room.now(listed))
    (asked,) = await room.press(room.now(listed), "State another claim")
    await room.say("Another thing", reply_to=asked["message_id"])
    assert len(room.case(1).claims) == 3


@in_room()
async def test_of_several_files_each_is_named_with_what_is_claimed_of_it(room: Room) -> None:
    (examined,) = await room.send(CHINA, caption="Homs, 3 May 2012")
    mirrored = encode(ImageOps.mirror(photograph("china")))
    await room.send(mirrored, "mirrored.jpg", caption="Hama in 2013")
    room.desk.casework.merge(room.desk.team.at_console("0", "Console", "en"), 2, 1)
    (listed,) = await room.press(examined, "Claim")
    assert "1. Exhibit 1: Homs" in words(listed)
    assert "2. Exhibit 2: Hama" in words(listed)
    await room.press(listed, "Claim 2")
    assert "Exhibit 2: Hama" in words(room.now(listed))
    case = room.case(1)
    [mirror] = [item for item in case.checklist if item.id == "mirrored"]
    assert "Exhibit 2: see its match" in plain(proposal(case, mirror), ENGLISH)
    shown = "\n".join(case_lines(case, lambda one: plain(one, ENGLISH)))
    assert "Exhibit 2: Claim: Hama" in shown
