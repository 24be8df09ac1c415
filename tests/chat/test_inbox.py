"""What a kill must not lose, and what a repeat must not double."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Update
from telegram.error import TimedOut

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph, shrunk
from verify.chat.inbox import Inbox
from verify.errors import DiskRefused
from verify.records import say
from verify.store.database.connection import now, stamp

CHINA = photograph("china")


def update(number: int, text: str, message_id: int = 1) -> dict[str, Any]:
    you = {"id": 1001, "is_bot": False, "first_name": "You"}
    return {
        "update_id": number,
        "message": {
            "message_id": message_id,
            "date": 1700000000,
            "chat": {"id": 1001, "type": "private", "first_name": "You"},
            "from": you,
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]
            if text.startswith("/")
            else [],
        },
    }


@in_room()
async def test_what_was_committed_before_a_kill_is_answered_after_it(room: Room) -> None:
    await room.send(encode(CHINA))
    await room.chat.stop()
    bot_id = int(room.local.token.partition(":")[0])
    rows = [(9001, json.dumps(update(9001, "Before the kill", 900)))]
    memory = room.chat.inbox._memory
    assert memory.keep_updates(bot_id, rows) == [9001]
    await room.restart()
    assert [note.text for note in room.case(1).notes] == ["Before the kill"]
    assert words(room.answers()[-1]) == "Noted in case 1."


@in_room()
async def test_what_cannot_be_committed_is_fetched_again(room: Room) -> None:
    memory = room.chat.inbox._memory
    commit, refused = memory.keep_updates, []

    def full_disk_once(bot_id: int, updates: Iterable[tuple[int, str]]) -> list[int]:
        if not refused:
            refused.append(list(updates))
            raise DiskRefused(say("The disk is full."))
        return commit(bot_id, updates)

    memory.keep_updates = full_disk_once  # type: ignore[method-assign]
    told = [words(one) for one in await room.say("/start")]
    assert told[0] == (
        "The disk is full. Your message is not lost: it waits, with what you send after it, and is"
        " answered then."
    )
    assert sum("Send a picture" in one for one in told) == 1
    assert len(refused) == 1


def told_at_first(room: Room) -> list[tuple[int, str]]:
    """The answers, without what a repeated one can say of pictures that came since."""
    return [
        (one["message_id"], re.sub(r"^(?:• )?Seen again later: .*\n", "", words(one), flags=re.M))
        for one in room.answers()
    ]


@in_room()
async def test_a_file_that_was_being_answered_is_finished_after_a_kill(room: Room) -> None:
    await room.send(encode(CHINA))
    await room.send(encode(shrunk(CHINA)))
    before = told_at_first(room)
    with room.desk.store.transaction():
        room.desk.store.change("UPDATE inbox SET done_at = NULL")
    raw = [
        {"update_id": number, "message": message}
        for number, message in enumerate(room.own(), start=1)
    ]
    bodies = dict(enumerate(raw, start=1))
    with room.desk.store.transaction():
        for number, body in bodies.items():
            room.desk.store.change(
                "UPDATE inbox SET body = ? WHERE update_id = ?", (json.dumps(body), number)
            )
    await room.restart()
    assert told_at_first(room) == before
    assert [len(room.case(number).sightings) for number in (1, 2)] == [1, 1]


@in_room()
async def test_the_same_update_twice_is_answered_once(room: Room) -> None:
    await room.send(encode(CHINA))
    for _ in range(2):
        await room.chat.inbox.keep([update(9001, "Once", 900)])
        await room.settle()
    assert len(room.answers()) == 2
    assert len(room.case(1).notes) == 1


@in_room()
async def test_what_is_done_leaves_no_words_in_the_inbox(room: Room) -> None:
    await room.send(encode(CHINA))
    await room.say("A confidential note")
    rows = room.desk.store.rows("SELECT body, done_at FROM inbox")
    assert {row["body"] for row in rows} == {"{}"}
    assert all(row["done_at"] for row in rows)


@in_room()
async def test_after_three_failures_an_update_is_set_aside_and_told(
    room: Room,
) -> None:
    await room.send(encode(CHINA))
    broken = update(9001, "words", 900)
    broken["message"]["photo"] = 5
    await room.chat.inbox.keep([broken, update(9002, "The next one", 901)])
    await room.settle()
    assert [note.text for note in room.case(1).notes] == ["The next one"]
    row = room.desk.store.row("SELECT failures, done_at FROM inbox WHERE update_id = 9001")
    assert row is not None and tuple(row) == (3, None)
    await room.restart()
    row = room.desk.store.row("SELECT failures FROM inbox WHERE update_id = 9001")
    assert row is not None and tuple(row) == (3,)


@in_room()
async def test_an_error_is_told_without_what_was_said(room: Room) -> None:
    await room.send(encode(CHINA))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Secret words and the token 123456789:" + "A" * 35)

    room.desk.cases.note = broken  # type: ignore[method-assign, assignment]
    with _Heard() as heard:
        (told,) = await room.say("Secret words")
    assert words(told).startswith("Something went wrong with this message.")
    assert "RuntimeError" in heard.text
    assert "Secret" not in heard.text
    assert "AAAA" not in heard.text


@in_room()
async def test_a_full_disk_is_told_after_some_tries(room: Room) -> None:
    await room.send(encode(CHINA))
    with room.desk.store.transaction():
        room.desk.store.change("DROP TABLE note")
    (told,) = await room.say("words")
    assert words(told) == "The desk could not write to its disk; nothing was changed."


def test_chats_do_not_wait_for_each_other_and_a_chat_keeps_its_order(home: Path) -> None:
    async def talk(room: Room) -> None:
        seen: list[int] = []
        gate = asyncio.Event()

        async def process(update: Update) -> None:
            if update.update_id == 1:
                await gate.wait()
            seen.append(update.update_id)
            if update.update_id == 3:
                gate.set()

        inbox = _inbox(room, process)
        first, second, other = update(1, "a"), update(2, "b"), update(3, "c")
        other["message"]["chat"]["id"] = 5
        await inbox.keep([first, second, other])
        await asyncio.wait_for(inbox.idle(), 240)
        assert seen == [3, 1, 2]

    _alone(home, talk)


def test_while_the_network_is_away_nothing_is_given_up(home: Path) -> None:
    async def talk(room: Room) -> None:
        tries: list[int] = []

        async def process(update: Update) -> None:
            tries.append(update.update_id)
            if len(tries) < 3:
                raise TimedOut

        inbox = _inbox(room, process)
        await inbox.keep([update(1, "a")])
        await asyncio.wait_for(inbox.idle(), 240)
        assert tries == [1, 1, 1]
        row = room.desk.store.row("SELECT failures, done_at IS NULL FROM inbox")
        assert row is not None and tuple(row) == (0, 0)

    _alone(home, talk)


def test_polling_goes_on_after_a_refused_token_and_a_conflict(
    home: Path,
) -> None:
    """A 401 or 409 in between must not end the polling."""
    calls: list[int] = []

    class Moody(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/getUpdates"):
                calls.append(1)
                if len(calls) in (2, 3):
                    code = 401 if len(calls) == 2 else 409
                    body = {"ok": False, "error_code": code, "description": "Unauthorized"}
                    return httpx.Response(code, json=body)
            return await super().handle_async_request(request)

    async def hold() -> None:
        room = Room(home, "localchat", transport=Moody)
        await room.enter()
        try:
            assert await room.say("/help")
            assert await room.say("/help")
            assert await room.say("/help")
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(hold(), 240))


class _Heard(logging.Handler):
    """Everything that is logged meanwhile."""

    def __enter__(self) -> _Heard:
        self.text = ""
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.text += self.format(record)


def _inbox(room: Room, process: Callable[[Update], Awaitable[None]]) -> Inbox:
    async def give_up(raw: dict[str, Any], error: Exception) -> None:
        raise AssertionError from error

    return Inbox(
        room.chat.inbox._memory,
        room.chat.application.bot,
        narrow=lambda raw: raw,
        process=process,
        give_up=give_up,
        put_off=give_up,
        moved=lambda old, new: False,
    )


def _alone(home: Path, talk: Callable[[Room], Awaitable[None]]) -> None:
    """A talk with an inbox of its own, beside a bot that hears nothing."""

    async def hold() -> None:
        room = await Room(home, "localchat").enter()
        try:
            await talk(room)
        finally:
            await room.leave()

    asyncio.run(hold())


def test_a_desk_that_runs_for_long_drops_what_cannot_come_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.application._DAY_SECONDS", 0.02)

    @in_room()
    async def talk(room: Room) -> None:
        store = room.desk.store
        await room.say("/help")
        with store.transaction():
            store.change("UPDATE inbox SET done_at = ?", (stamp(now() - timedelta(days=8)),))
        while store.rows("SELECT 1 FROM inbox"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert store.rows("SELECT 1 FROM sent") == []

    talk(home)
