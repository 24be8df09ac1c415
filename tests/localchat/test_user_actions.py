"""What a person does in the chat, as the bot sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from telegram import (
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from tests.localchat.line import Line
from verify.errors import BadInput, NotFound
from verify.lab.wire import FILE_BYTES
from verify.records import Origin, OriginKind

Hold = Callable[..., None]
POSTED = datetime(2024, 5, 4, 8, 30, tzinfo=UTC)


def test_a_forward_from_a_channel_names_it(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        origin = Origin(
            kind=OriginKind.CHANNEL,
            name="Aleppo <Now>",
            username="aleppo_now",
            signature="Rana",
            message_id=4711,
            posted_at=POSTED,
        )
        await line.chat.send_file(line.you, temple, "a.jpg", as_photo=True, origin=origin)
        came = (await line.message()).forward_origin
        assert isinstance(came, MessageOriginChannel)
        assert (came.chat.title, came.chat.username) == ("Aleppo <Now>", "aleppo_now")
        assert (came.message_id, came.author_signature, came.date) == (4711, "Rana", POSTED)
        await line.chat.send_text(line.you, "again", origin=origin)
        again = (await line.message()).forward_origin
        assert isinstance(again, MessageOriginChannel) and again.chat.id == came.chat.id

    hold_both_ways(talk)


def test_every_kind_of_origin_is_told_in_the_bot_apis_way(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        async def forwarded(kind: OriginKind, **more: str) -> object:
            origin = Origin(kind=kind, name="Sami", posted_at=POSTED, **more)
            await line.chat.send_text(line.you, "x", origin=origin)
            return (await line.message()).forward_origin

        user = await forwarded(OriginKind.USER, username="sami")
        assert isinstance(user, MessageOriginUser)
        assert (user.sender_user.first_name, user.sender_user.username) == ("Sami", "sami")
        hidden = await forwarded(OriginKind.HIDDEN_USER)
        assert isinstance(hidden, MessageOriginHiddenUser)
        assert hidden.sender_user_name == "Sami"
        chat = await forwarded(OriginKind.CHAT)
        assert isinstance(chat, MessageOriginChat)
        assert (chat.sender_chat.title, chat.date) == ("Sami", POSTED)
        with pytest.raises(BadInput):
            await forwarded(OriginKind.USER, username="t.me/sami")

    hold(talk)


def test_an_edit_of_ones_own_message_is_told(hold_both_ways: Hold, temple: bytes) -> None:
    async def talk(line: Line) -> None:
        sent = await line.chat.send_file(line.you, temple, "a.jpg", caption="One")
        await line.chat.edit(line.you, sent["message_id"], "Two #tag")
        update = (await line.received())[-1]
        assert update.edited_message is not None
        assert update.edited_message.caption == "Two #tag"
        assert update.edited_message.message_id == sent["message_id"]
        assert update.edited_message.document is not None
        own = await line.bot.send_message(line.you, "the bot's")
        with pytest.raises(NotFound):
            await line.chat.edit(line.you, own.message_id, "not mine")

    hold_both_ways(talk)


def test_a_reply_carries_what_it_answers(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        asked = await line.bot.send_message(line.you, "Why?")
        await line.chat.send_text(line.you, "Because", reply_to=asked.message_id)
        answered = (await line.message()).reply_to_message
        assert answered is not None
        assert (answered.text, answered.message_id) == ("Why?", asked.message_id)
        with pytest.raises(NotFound):
            await line.chat.send_text(line.you, "x", reply_to=999)

    hold(talk)


def test_commands_are_marked_for_the_bot(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await line.chat.send_text(line.you, "/case 12")
        message = await line.message()
        assert message.parse_entities(["bot_command"]) == {message.entities[0]: "/case"}

    hold(talk)


def test_a_button_that_is_gone_cannot_be_pressed(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_message(line.you, "no buttons")
        with pytest.raises(LookupError):
            await line.chat.press(line.you, sent.message_id, "Go")
        assert await line.received() == []

    hold(talk)


def test_hostile_words_arrive_as_they_are(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        hostile = "<b>x</b> & \u202egnp.exe \ud83d\x00\x07 أهلا"
        await line.chat.send_text(line.you, hostile)
        assert (await line.message()).text == "<b>x</b> & \u202egnp.exe ? أهلا"

    hold(talk)


def test_too_much_at_once_is_refused_in_a_sentence(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        for action in (
            line.chat.send_text(line.you, "x" * 4097),
            line.chat.send_text(line.you, "   "),
            line.chat.send_file(line.you, b"x", "x", caption="x" * 1025),
            line.chat.send_file(line.you, bytes(FILE_BYTES + 1), "x"),
            line.chat.send_file(line.you, b"", "x"),
        ):
            with pytest.raises(BadInput):
                await action
        assert line.chat.messages(line.you) == []

    hold(talk)
