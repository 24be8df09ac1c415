"""A link sent alone behind a picture joins its sighting, like one in its caption."""

from __future__ import annotations

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph

CHINA, FLOWER = encode(photograph("china")), encode(photograph("flower"))
# 1 June 2020 by the number of the post
POST = "https://x.com/news/status/1267401600000000000"


@in_room()
async def test_a_link_behind_a_picture_dates_it(room: Room) -> None:
    await room.send(CHINA)
    await room.say("/claim Flood on 14 June 2033")
    (joined,) = await room.say(POST)
    assert words(joined) == "Kept in case 1 as a place where the picture was posted."
    (sighting,) = room.case(1).sightings
    assert sighting.links == (POST,)
    findings = room.case(1).exhibits[0].findings
    assert "posted_in_link" in {finding.check for finding in findings}
    assert room.case(1).notes == ()
    # once more adds nothing; an edit of the caption takes nothing away
    await room.say(POST)
    await room.edit(room.own()[0]["message_id"], "Homs, 3 May 2012")
    assert room.case(1).sightings[0].links == (POST,)
    (found,) = await room.say("/search 1267401600000000000")
    assert "1267401600000000000" in words(found)


@in_room()
async def test_a_reply_says_which_picture_a_link_belongs_to(room: Room) -> None:
    (first,) = await room.send(CHINA)
    await room.send(FLOWER, "b.jpg")
    await room.say("https://example.org/last")
    await room.say("https://example.org/answer", reply_to=first["message_id"])
    await room.say("https://example.org/picture", reply_to=room.own()[0]["message_id"])
    assert room.case(1).sightings[0].links == (
        "https://example.org/answer",
        "https://example.org/picture",
    )
    assert room.case(2).sightings[0].links == ("https://example.org/last",)


@in_room()
async def test_a_link_can_be_only_a_note_after_all(room: Room) -> None:
    await room.send(CHINA)
    (joined,) = await room.say(POST)
    assert labels(joined) == ["No, only a note", "How to keep the post"]
    await room.press(joined, "No, only a note")
    await room.press(joined, "No, only a note")
    assert room.case(1).sightings[0].links == ()
    assert [note.text for note in room.case(1).notes] == [POST]
    checks = {finding.check for finding in room.case(1).exhibits[0].findings}
    assert "posted_in_link" not in checks


@in_room()
async def test_few_words_beside_a_link_are_a_note_too_and_many_only_that(room: Room) -> None:
    await room.send(CHINA)
    few = "Found at https://example.org/few"
    many = "They wrote about this other thing at https://example.org/many yesterday"
    await room.say(few)
    await room.say(many)
    assert room.case(1).sightings[0].links == ("https://example.org/few",)
    assert [note.text for note in room.case(1).notes] == [few, many]


@in_room()
async def test_a_link_long_after_or_in_another_case_is_a_note(room: Room) -> None:
    await room.send(CHINA)
    await room.send(FLOWER, "b.jpg")
    await room.say("/case 1")
    await room.say("https://example.org/other")
    assert [note.text for note in room.case(1).notes] == ["https://example.org/other"]
    await room.say("/case 2")
    room.desk.store.change("UPDATE submission SET received_at = '2020-01-01T00:00:00.000000Z'")
    await room.say("https://example.org/late")
    assert [note.text for note in room.case(2).notes] == ["https://example.org/late"]
    assert all(not room.case(number).sightings[0].links for number in (1, 2))
