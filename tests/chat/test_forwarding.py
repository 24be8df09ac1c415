"""A forwarded text is a claim by whoever said it; quotes are kept with what answers them."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tests.chat.room import Room, in_room, labels, words
from tests.photographs import encode, photograph
from verify.layouts import shapes
from verify.records import Origin, OriginKind

CHINA = encode(photograph("china"))
POSTED = datetime(2024, 5, 2, 8, 30, tzinfo=UTC)
CHANNEL = Origin(
    kind=OriginKind.CHANNEL, name="City News", username="citynews", message_id=41, posted_at=POSTED
)


@in_room()
async def test_a_forwarded_text_is_a_claim_about_the_picture_before_it(room: Room) -> None:
    await room.send(CHINA)
    (kept,) = await room.say("Explosion in Kharkiv, yesterday", origin=CHANNEL)
    assert words(kept).startswith("Kept as a claim in case 1.")
    assert "Forwarded from the channel City News (@citynews)." in words(kept)
    (claim,) = room.case(1).claims
    assert (claim.text, claim.claimant) == ("Explosion in Kharkiv, yesterday", "City News")
    assert claim.exhibit_id == room.case(1).exhibits[0].exhibit_id
    assert claim.origin == replace(CHANNEL, external_id=claim.origin.external_id)
    assert claim.links == ("https://t.me/citynews/41",)
    assert (claim.place, claim.claimed_at) == ("Kharkiv, Ukraine", "2024-05-01")
    assert room.case(1).notes == ()
    # a correction keeps it
    await room.press(kept, "Look at it, or correct it")
    await room.press(kept, "No date is meant")
    (corrected,) = room.case(1).claims
    assert (corrected.version, corrected.origin) == (2, claim.origin)
    body = shapes.shape(corrected, str)
    assert body["origin"]["username"] == "citynews"
    assert body["links"] == ["https://t.me/citynews/41"]


@in_room()
async def test_who_hides_their_account_or_has_none_claims_by_their_name(room: Room) -> None:
    await room.send(CHINA)
    for kind, said in (
        (OriginKind.HIDDEN_USER, "Forwarded from Sami, who shows no account."),
        (OriginKind.USER, "Forwarded from Sami."),
        (OriginKind.CHAT, "Forwarded from the group Sami."),
    ):
        origin = Origin(kind=kind, name="Sami", posted_at=POSTED)
        (kept,) = await room.say(f"Fire in Homs, says {kind}", origin=origin)
        assert said in words(kept)
    assert {claim.claimant for claim in room.case(1).claims} == {"Sami"}


@in_room()
async def test_a_forwarded_link_alone_is_where_the_picture_stood(room: Room) -> None:
    await room.send(CHINA)
    (joined,) = await room.say("https://example.org/story", origin=CHANNEL)
    assert labels(joined) == ["No, only a note"]
    assert room.case(1).claims == ()
    assert "https://t.me/citynews/41" in room.case(1).sightings[0].links


@in_room()
async def test_a_quote_and_an_answer_elsewhere_are_kept_with_the_note(room: Room) -> None:
    await room.send(CHINA)
    channel = {"id": -100, "type": "channel", "title": "City News", "username": "citynews"}
    origin = {"type": "channel", "date": 1714638600, "chat": channel, "message_id": 41}
    body = {
        "text": "They took it back later",
        "quote": {"text": "Explosion\nin Kharkiv", "position": 0},
        "external_reply": {"origin": origin, "chat": channel, "message_id": 41},
    }
    room.local.exchange.post(room.you, body, {}, from_bot=False)
    await room.settle()
    assert [note.text for note in room.case(1).notes] == [
        "> Explosion\n> in Kharkiv\n> — City News https://t.me/citynews/41\n\n"
        "They took it back later"
    ]
