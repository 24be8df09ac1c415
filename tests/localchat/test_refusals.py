"""What Telegram refuses is refused, with its status codes and its words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest
from telegram import LinkPreviewOptions
from telegram.error import BadRequest, Conflict, InvalidToken

from tests.localchat.line import Line

Hold = Callable[..., None]

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


def keys(*rows: list[dict[str, str]]) -> str:
    return json.dumps({"inline_keyboard": rows})


def key(data: str) -> dict[str, str]:
    return {"text": "Go", "callback_data": data}


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x" * 32_769}, "text is too long"),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": "1"}, "chat not found"),
        ({"text": "x", "chat_id": "@somebody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "reply_to_message_id": "99"}, "message to be replied not found"),
        ({"text": "x", "reply_markup": keys([key("x" * 65)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key("ش" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key("")])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key("x")] * 9)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": keys(*[[key("x")]] * 101)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        (
            {"text": "x", "reply_markup": keys([{"text": "Go"}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
    ],
)
def test_a_message_that_telegram_refuses_is_refused(
    hold: Hold, fields: dict[str, str], description: str
) -> None:
    async def talk(line: Line) -> None:
        refusal = await line.refusal("sendMessage", **{"chat_id": line.you, **fields})
        assert refusal == (400, f"Bad Request: {description}")
        assert line.chat.messages(line.you) == []

    hold(talk)


def test_what_is_just_within_the_limits_is_sent(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_message(
            line.you,
            f"<b>{'😀' * 2048}</b>",
            parse_mode="HTML",
            reply_markup=json.loads(keys(*[[key("ش" * 32)] * 8] * 12)),
        )
        assert sent.text == "😀" * 2048
        assert sent.reply_markup is not None
        assert sum(map(len, sent.reply_markup.inline_keyboard)) == 96

    hold_both_ways(talk)


def test_an_edit_that_changes_nothing_is_refused(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        go = keys([key("a")])
        sent = await line.bot.send_message(
            line.you, "<b>One</b>", parse_mode="HTML", reply_markup=json.loads(go)
        )
        where = {"chat_id": line.you, "message_id": sent.message_id}
        same = {"text": " <strong>One</strong>", "parse_mode": "html", "reply_markup": go}
        assert await line.refusal("editMessageText", **where, **same) == (400, NOT_MODIFIED)
        edited = await line.bot.edit_message_text("One", line.you, sent.message_id)
        assert (edited.text, edited.entities, edited.reply_markup) == ("One", (), None)

    hold_both_ways(talk)


def test_only_own_messages_that_exist_can_be_edited(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        yours = (await line.chat.send_text(line.you, "mine"))["message_id"]
        where = {"chat_id": line.you, "text": "new"}
        edit = "editMessageText"
        assert await line.refusal(edit, **where, message_id=yours) == (
            400,
            "Bad Request: message can't be edited",
        )
        assert await line.refusal(edit, **where, message_id=yours + 1) == (
            400,
            "Bad Request: message to edit not found",
        )
        own = await line.bot.send_message(line.you, "own")
        caption = {"chat_id": line.you, "message_id": own.message_id, "caption": "new"}
        assert await line.refusal("editMessageCaption", **caption) == (
            400,
            "Bad Request: there is no caption in the message to edit",
        )
        line.chat.exchange.store.delete_message(own.message_id)
        assert await line.refusal(edit, **where, message_id=own.message_id) == (
            400,
            "Bad Request: message to edit not found",
        )

    hold(talk)


def test_a_press_is_answered_once(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_message(
            line.you, "Press", reply_markup=json.loads(keys([key("a")]))
        )
        await line.chat.press(line.you, sent.message_id, "Go")
        query = (await line.received())[-1].callback_query
        assert query is not None and query.message is not None
        assert (query.data, query.message.message_id) == ("a", sent.message_id)
        long = {"callback_query_id": query.id, "text": "x" * 201}
        assert await line.refusal("answerCallbackQuery", **long) == (
            400,
            "Bad Request: MESSAGE_TOO_LONG",
        )
        assert await query.answer("x" * 200)
        for used_or_unknown in (query.id, "7", "none", ""):
            assert await line.refusal("answerCallbackQuery", callback_query_id=used_or_unknown) == (
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )

    hold_both_ways(talk)


def test_unknown_methods_and_wrong_tokens_end_the_talk(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        assert await line.refusal("sendPoll") == (404, "Not Found: method not found")
        wrong = f"{line.bot.id}:{'x' * 35}"
        assert await line.refusal("getMe", token=wrong) == (401, "Unauthorized")
        assert (await line.wire.get(f"/file/bot{wrong}/documents/file_1.jpg")).status_code == 401
        with pytest.raises(InvalidToken):
            await line.bot.send_dice(line.you)

    hold_both_ways(talk)


def test_names_of_methods_are_compared_without_case(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        me = (await line.call("GETME")).json()["result"]
        assert me["is_bot"] and me["id"] == int(line.chat.token.split(":")[0])
        sent = await line.call("sendmessage", json={"chat_id": line.you, "text": "as JSON"})
        assert sent.json()["result"]["text"] == "as JSON"

    hold(talk)


def test_a_message_may_reply_to_a_missing_one_if_it_says_so(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        sent = await line.bot.send_message(
            line.you, "x", reply_to_message_id=99, allow_sending_without_reply=True
        )
        assert sent.reply_to_message is None
        reply = await sent.reply_text("y", do_quote=True)
        assert reply.reply_to_message is not None
        assert reply.reply_to_message.message_id == sent.message_id

    hold(talk)


def test_previews_of_links_are_as_the_bot_wants_them(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        off = LinkPreviewOptions(is_disabled=True)
        sent = await line.bot.send_message(line.you, "https://x.org", link_preview_options=off)
        assert sent.link_preview_options is not None and sent.link_preview_options.is_disabled

    hold(talk)


def test_signs_of_work_are_taken(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        assert await line.bot.send_chat_action(line.you, "typing")
        assert await line.refusal("sendChatAction", chat_id=line.you, action="sleeping") == (
            400,
            "Bad Request: wrong parameter action in request",
        )

    hold(talk)


def test_command_lists_are_kept_by_language(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await line.bot.set_my_commands([("case", "Open a case")])
        await line.bot.set_my_commands([("case", "افتح قضية")], language_code="ar")
        kept = line.chat.exchange.store.commands('{"type": "default"}', "ar")
        assert kept == [{"command": "case", "description": "افتح قضية"}]
        refusals = {
            "Case": "BOT_COMMAND_INVALID",
            "c" * 33: "command length must not exceed 32",
        }
        for name, description in refusals.items():
            commands = json.dumps([{"command": name, "description": "x"}])
            assert await line.refusal("setMyCommands", commands=commands) == (
                400,
                f"Bad Request: {description}",
            )

    hold(talk)


def test_half_of_a_surrogate_pair_is_refused(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        body = {"chat_id": line.you, "text": "\ud800"}
        path = f"/bot{line.chat.token}/sendMessage"
        as_json = {"Content-Type": "application/json"}
        response = await line.wire.post(path, content=json.dumps(body), headers=as_json)
        assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
        half = keys([key("\ud800")])
        assert await line.refusal("sendMessage", chat_id=line.you, text="x", reply_markup=half) == (
            400,
            "Bad Request: strings must be encoded in UTF-8",
        )

    hold(talk)


def test_the_library_sees_refusals_as_its_own_errors(hold_both_ways: Hold) -> None:
    async def talk(line: Line) -> None:
        with pytest.raises(BadRequest, match="Chat not found"):
            await line.bot.send_message(1, "x")
        with pytest.raises(BadRequest, match="unsupported start tag"):
            await line.bot.send_message(line.you, "<h1>x</h1>", parse_mode="HTML")

    hold_both_ways(talk)


def test_a_second_poll_ends_the_first(hold_both_ways: Hold) -> None:

    async def talk(line: Line) -> None:
        first = asyncio.create_task(line.bot.get_updates(timeout=20))
        await line.polling()
        second = asyncio.create_task(line.call("getUpdates", timeout=20))
        with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
            await first
        await line.chat.send_text(line.you, "still served")
        assert [u["message"]["text"] for u in (await second).json()["result"]] == ["still served"]

    hold_both_ways(talk)
