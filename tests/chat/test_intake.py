"""A message in the Bot API's own JSON, read into a submission."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message

from verify.chat.intake import Attachment, read_attachment, read_links, read_origin, read_submission
from verify.records import Origin, OriginKind, SentAs

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
POSTED = 1700000000
POSTED_AT = datetime.fromtimestamp(POSTED, UTC)
SENDER = {"id": 1, "is_bot": False, "first_name": "Sam", "last_name": "Sender"}


def message(**content: Any) -> Message:
    body = {
        "message_id": 5,
        "date": 1700000100,
        "chat": {"id": 1, "type": "private", "first_name": "Sam"},
        "from": SENDER,
        **content,
    }
    read = Message.de_json(body, None)
    assert read is not None
    return read


def file(**more: Any) -> dict[str, Any]:
    return {"file_id": "F", "file_unique_id": "U", "file_size": 10, **more}


def test_of_a_photo_the_largest_size_is_taken() -> None:
    sizes = [
        file(file_id="small", width=90, height=60),
        file(file_id="large", width=1280, height=853),
        file(file_id="middle", width=320, height=213),
    ]
    read = read_attachment(message(photo=sizes))
    assert read == Attachment("large", SentAs.PHOTO, 10, "", "image/jpeg")


def test_an_animation_is_not_taken_for_the_document_that_repeats_it() -> None:
    animation = file(width=1, height=1, duration=1, file_name="a.mp4", mime_type="video/mp4")
    read = read_attachment(message(animation=animation, document=file(file_name="a.mp4")))
    assert read == Attachment("F", SentAs.ANIMATION, 10, "a.mp4", "video/mp4")


@pytest.mark.parametrize(
    ("kind", "more", "sent_as"),
    [
        ("document", {"file_name": "x.pdf"}, SentAs.DOCUMENT),
        ("video", {"width": 1, "height": 1, "duration": 1}, SentAs.VIDEO),
        ("video_note", {"length": 1, "duration": 1}, SentAs.VIDEO),
        ("audio", {"duration": 1}, SentAs.AUDIO),
        ("voice", {"duration": 1}, SentAs.VOICE),
        (
            "sticker",
            {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"},
            SentAs.STICKER,
        ),
    ],
)
def test_every_kind_of_file_is_recognised(kind: str, more: dict[str, Any], sent_as: SentAs) -> None:
    read = read_attachment(message(**{kind: file(**more)}))
    assert read is not None
    assert (read.file_id, read.sent_as) == ("F", sent_as)


def test_a_message_without_a_file_has_none() -> None:
    assert read_attachment(message(text="words")) is None


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        (
            {
                "type": "user",
                "sender_user": {
                    "id": 9,
                    "is_bot": False,
                    "first_name": "Ada",
                    "last_name": "L",
                    "username": "ada",
                },
            },
            Origin(kind=OriginKind.USER, name="Ada L", external_id="9", username="ada"),
        ),
        (
            {"type": "hidden_user", "sender_user_name": "Hidden"},
            Origin(kind=OriginKind.HIDDEN_USER, name="Hidden"),
        ),
        (
            {
                "type": "chat",
                "sender_chat": {"id": -5, "type": "supergroup", "title": "Town"},
                "author_signature": "admin",
            },
            Origin(kind=OriginKind.CHAT, name="Town", external_id="-5", signature="admin"),
        ),
        (
            {
                "type": "channel",
                "chat": {"id": -1001, "type": "channel", "title": "News", "username": "news"},
                "message_id": 77,
                "author_signature": "ed",
            },
            Origin(
                kind=OriginKind.CHANNEL,
                name="News",
                external_id="-1001",
                username="news",
                signature="ed",
                message_id=77,
            ),
        ),
    ],
)
def test_a_forward_keeps_where_it_first_stood(told: dict[str, Any], origin: Origin) -> None:
    read = read_origin(message(forward_origin={**told, "date": POSTED}))
    assert read is not None and read.posted_at == POSTED_AT
    assert {name: getattr(read, name) for name in ("kind", "name", "external_id")} == {
        "kind": origin.kind,
        "name": origin.name,
        "external_id": origin.external_id,
    }
    assert (read.username, read.signature, read.message_id) == (
        origin.username,
        origin.signature,
        origin.message_id,
    )


@pytest.mark.parametrize(("username", "links"), [("news", ("https://t.me/news/77",)), ("", ())])
def test_a_forward_from_a_public_channel_has_its_link(
    username: str, links: tuple[str, ...]
) -> None:
    chat = {"id": -1001, "type": "channel", "title": "News", "username": username}
    told = {"type": "channel", "chat": chat, "message_id": 77, "date": POSTED}
    assert read_links(message(caption="", forward_origin=told)) == links


def test_the_sender_is_no_origin() -> None:
    assert read_origin(message(text="words")) is None


def test_links_are_read_from_entities_counted_in_utf_16() -> None:
    caption = "🔥 https://example.org/a and here"
    entities = [
        {"type": "url", "offset": 3, "length": 21},
        {"type": "text_link", "offset": 29, "length": 4, "url": "https://example.org/b"},
        {"type": "bold", "offset": 0, "length": 2},
    ]
    sent = message(document=file(), caption=caption, caption_entities=entities)
    read = read_attachment(sent)
    assert read is not None
    submission = read_submission(sent, read, service="telegram", bot_id=3, received_at=NOW)
    assert submission.links == ("https://example.org/a", "https://example.org/b")
    assert submission.caption == caption


def test_an_albums_number_comes_along() -> None:
    sent = message(document=file(), media_group_id="42")
    submission = read_submission(
        sent, Attachment("F", SentAs.DOCUMENT), service="telegram", bot_id=3, received_at=NOW
    )
    assert (submission.album, submission.chat_id, submission.message_id) == ("42", 1, 5)
