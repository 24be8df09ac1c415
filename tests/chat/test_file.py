"""A picture arrives: what the person sees, and what is kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from PIL import Image

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph, shrunk
from verify.records import Origin, OriginKind

CHINA = encode(photograph("china"))
FLOWER = encode(photograph("flower"))
CHANNEL = Origin(
    kind=OriginKind.CHANNEL,
    name="Front <b>News</b>",
    external_id="-1001",
    message_id=77,
    posted_at=datetime(2024, 3, 1, 12, 0, tzinfo=UTC),
)


@in_room()
async def test_a_picture_is_answered_with_one_message_that_becomes_its_examination(
    room: Room,
) -> None:
    answers = await room.send(CHINA, "temple.jpg")
    assert len(answers) == 1
    text = words(answers[0])
    assert "Case 1" in text
    assert "temple.jpg" in text
    assert "640\u00a0×\u00a0427" in text
    assert "Kept unchanged" in text
    first = ["More", "Checklist", "Note", "Claim", "Verdict"]
    assert labels(answers[0])[: len(first)] == first
    assert answers[0]["reply_to_message"]["message_id"] == room.own()[0]["message_id"]
    await room.press(answers[0], "More")
    more = room.now(answers[0])
    assert hashlib.sha256(CHINA).hexdigest() in words(more)
    assert "Checklist: 0 of" in words(more)
    assert "Details" in labels(more)
    await room.press(more, "Less")
    assert words(room.now(answers[0])) == text


@in_room()
async def test_a_photo_is_told_to_have_lost_its_metadata(room: Room) -> None:
    (answer,) = await room.send(CHINA, as_photo=True)
    assert "loses its metadata" in words(answer)
    assert "Ask for it as a file" in words(answer)
    (answer,) = await room.send(FLOWER)
    assert "loses its metadata" not in words(answer)


@in_room()
async def test_the_same_bytes_add_a_sighting_and_show_the_same_case(room: Room) -> None:
    await room.send(CHINA)
    (shown,) = await room.send(CHINA, caption="Again")
    assert "Case 1" in words(shown) and "came to this case 2 times" in words(shown)
    assert len(room.case(1).sightings) == 2


@in_room()
async def test_an_album_is_one_case_with_one_answer(room: Room) -> None:
    answers = await room.send_album(CHINA, FLOWER, encode(photograph("astronaut")))
    assert [words(one).splitlines()[0] for one in answers] == ["Case 1, 3 exhibits"]
    assert len(room.case(1).exhibits) == 3
    await room.press(answers[0], "2")
    turned = room.now(answers[0])
    assert words(turned).startswith("Case 1, exhibit 2 of 3")
    assert labels(turned)[:3] == ["‹ 1", "All exhibits", "3 ›"]
    await room.press(turned, "All exhibits")
    assert words(room.now(answers[0])) == words(answers[0])
    assert len(room.answers()) == 1


@in_room()
async def test_a_late_sibling_joins_the_albums_answer(room: Room) -> None:
    (answer,) = await room.send_album(CHINA, FLOWER)
    await room.say("/cases")
    album = room.own()[0]["media_group_id"]
    late = {**room.own()[0], "media_group_id": album, "message_id": 900}
    late["document"] = (await room.local.send_file(room.you, encode(photograph("coffee")), "l"))[
        "document"
    ]
    await room.settle()
    before = len(room.answers())
    await room.chat.inbox.keep([{"update_id": 999, "message": late}])
    await room.settle()
    assert len(room.answers()) == before
    assert words(room.now(answer)).startswith("Case 1, 3 exhibits")


@in_room()
async def test_other_kinds_are_kept_and_not_examined(room: Room) -> None:
    for name, kind, content, told in (
        ("clip.mp4", "video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(64), "could not be decoded"),
        ("paper.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n", "Kept, not examined"),
        ("all.tar.gz", "application/gzip", b"\x1f\x8b" + bytes(64), "This is an archive (gzip)"),
        ("voice.ogg", "audio/ogg", b"OggS" + bytes(64), "This is a sound recording"),
    ):
        (answer,) = await room.send(content, name, media_type=kind)
        assert told in words(answer)
        await room.press(answer, "More")
        answer = room.now(answer)
        assert hashlib.sha256(content).hexdigest() in words(answer)


@in_room()
async def test_the_page_takes_files_that_telegram_would_not_hand_over(room: Room) -> None:
    large = CHINA + bytes(20 * 1024 * 1024)
    (answer,) = await room.send(large, "large.jpg")
    assert "Case 1" in words(answer)
    assert room.case(1).exhibits[0].size == len(large)


@in_room("telegram", VERIFY_OWNERS="1001")
async def test_a_file_beyond_20_mib_is_refused_with_a_way_out(room: Room) -> None:
    (answer,) = await room.send(CHINA + bytes(20 * 1024 * 1024), "large.jpg")
    assert "20 MiB" in words(answer)
    assert "verify-desk import PATH" in words(answer)
    assert room.desk.reports.cases(room.desk.team.at_console("0", "Reader", "en")) == []  # type: ignore[arg-type]


@in_room()
async def test_a_forward_keeps_its_origin_and_the_sender_is_no_claimant(room: Room) -> None:
    (answer,) = await room.send(CHINA, caption="A square, today", origin=CHANNEL)
    sighting, claim = room.case(1).sightings[0], room.case(1).claims[0]
    assert (sighting.source, sighting.posted_at) == (CHANNEL.name, CHANNEL.posted_at)
    assert (claim.text, claim.claimant) == ("A square, today", CHANNEL.name)
    assert "Front <b>News</b> claims: “A square, today”" in words(answer)
    await room.send(FLOWER, caption="A flower")
    assert room.case(2).claims[0].claimant == ""


@in_room()
async def test_links_become_the_sightings_links(room: Room) -> None:
    await room.send(CHINA, caption="See https://example.org/post/1 and https://example.org/2")
    links = room.case(1).sightings[0].links
    assert links == ("https://example.org/post/1", "https://example.org/2")


@in_room()
async def test_an_edited_caption_is_a_new_version_of_its_claim(room: Room) -> None:
    await room.send(CHINA, caption="Taken in Paris")
    (answer,) = await room.edit(room.own()[0]["message_id"], "Taken in Beijing")
    assert "version 2" in words(answer)
    assert [(one.text, one.version) for one in room.case(1).claims] == [("Taken in Beijing", 2)]
    assert await room.edit(room.own()[0]["message_id"], "Taken in Beijing") == []


@in_room()
async def test_a_caption_that_was_taken_away_is_told_and_its_claim_stays(room: Room) -> None:
    await room.send(CHINA, caption="Taken in Paris")
    (told,) = await room.edit(room.own()[0]["message_id"], "")
    assert "What it claimed in case 1 stays there" in words(told)
    assert [one.text for one in room.case(1).claims] == ["Taken in Paris"]
    assert room.case(1).sightings[0].caption == ""
    await room.send(FLOWER)
    assert await room.edit(room.own()[-1]["message_id"], "") == []


@in_room()
async def test_hostile_names_and_captions_are_shown_as_text(room: Room) -> None:
    name = "<b>bold</b>\u202egpj.exe"
    (answer,) = await room.send(CHINA, name, caption="</code><a href='x'>" + "&" * 900)
    assert "<b>bold</b>gpj.exe" in words(answer)
    assert "\u202e" not in words(answer)
    assert "</code><a href='x'>" in words(answer)


@in_room()
async def test_a_broken_picture_is_kept_and_the_desk_goes_on(room: Room) -> None:
    (answer,) = await room.send(CHINA[:1500], "cut.jpg")
    assert "⚠️ The picture could not be decoded" in words(answer)
    assert "cannot be compared with other pictures: ask for another copy" in words(answer)
    (answer,) = await room.send(FLOWER)
    assert "Case 2" in words(answer)


@in_room()
async def test_a_picture_without_detail_is_not_said_to_be_unlike_others(room: Room) -> None:
    (answer,) = await room.send(encode(Image.new("RGB", (600, 400), "grey")), "grey.jpg")
    assert "Too even to be told from other pictures" in words(answer)
    assert "Not seen" not in words(answer)


@in_room()
async def test_pages_turn_in_place_and_cut_between_findings(room: Room) -> None:
    await room.send(CHINA)
    for number in range(12):
        await room.say(f"Note {number} " + "long words " * 60)
    (shown,) = await room.say("/case 1")
    await room.press(shown, "More")
    seen = words(room.now(shown))
    assert "Page 1 of 3" in seen
    while "Next ›" in labels(room.now(shown)):
        await room.press(shown, "Next ›")
        seen += words(room.now(shown))
    assert [f"Note {number} " in seen for number in range(12)] == [True] * 12


@in_room()
async def test_a_small_copy_leads_to_the_first_case(room: Room) -> None:
    await room.send(CHINA, origin=CHANNEL, caption="Beijing")
    examined, card = await room.send(
        encode(shrunk(photograph("china")), quality=30), "copy.jpg", caption="Paris"
    )
    assert "Case 2 · Seen before in case 1 · First " in words(examined)
    assert "photo" in card
