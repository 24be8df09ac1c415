"""Polling that died is started again; the console and the owners hear of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.chat.room import Room, in_room, words
from verify.errors import Unavailable
from verify.language import Reader, plain
from verify.records import Sentence, say

READER = Reader("en", ZoneInfo("UTC"))
Refusal = Callable[[httpx.Request], httpx.Response]


def refused(code: int, description: str) -> Refusal:
    body = {"ok": False, "error_code": code, "description": description}
    return lambda request: httpx.Response(code, json=body)


def garbled(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"ok": True, "result": [{"no": "id"}]})


def converse(
    home: Path,
    answer: Refusal,
    times: int = 2,
    prepare: Callable[[Room], None] = lambda room: None,
) -> tuple[list[str], list[str]]:
    """Answer some requests for updates wrongly; gives what console and owner were told."""
    polls: list[int] = []

    class Moody(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/getUpdates"):
                polls.append(1)
                if 1 < len(polls) <= 1 + times:
                    return answer(request)
            return await super().handle_async_request(request)

    said: list[Sentence] = []

    async def hold() -> list[str]:
        room = Room(home, "localchat", transport=Moody)
        prepare(room)
        room.chat._watchdog.console = said.append
        await room.enter()
        try:
            for _ in range(3):
                await room.say("/help")
            return [words(one) for one in room.answers()]
        finally:
            await room.leave()

    seen = asyncio.run(asyncio.wait_for(hold(), 240))
    return [plain(one, READER) for one in said], seen


AGAIN = "Messages are fetched again."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (refused(401, "Unauthorized"), "The Bot API refused the bot's token"),
        (refused(404, "Not Found"), "The Bot API refused the bot's token"),
        (refused(409, "Conflict"), "Another program fetches this bot's messages"),
    ],
    ids=["401", "404", "409"],
)
def test_a_refusal_is_said_once_and_owners_hear_of_it_afterwards(
    home: Path, answer: Refusal, sentence: str
) -> None:
    said, seen = converse(home, answer, times=3)
    assert [line.startswith(sentence) for line in said] == [True, False]
    assert said[1] == AGAIN
    (news,) = [text for text in seen if sentence in text]
    assert "now messages are fetched again" in news
    assert sum("/help" in text for text in seen) == 3


def test_an_answer_that_is_none_ends_nothing(home: Path) -> None:
    said, seen = converse(home, garbled, times=2)
    assert said == []
    assert sum("/help" in text for text in seen) == 3


def test_a_fault_in_the_desk_itself_starts_polling_again(home: Path) -> None:
    def fail_once(room: Room) -> None:
        watchdog, tell = room.chat._watchdog, room.chat._watchdog.tell_owners

        async def broken(sentence: Sentence) -> None:
            watchdog.tell_owners = tell
            raise RuntimeError

        watchdog.tell_owners = broken

    said, seen = converse(home, refused(401, "Unauthorized"), times=1, prepare=fail_once)
    assert said[2].startswith("Fetching messages stopped by a fault and is started again")
    assert said[3] == AGAIN
    assert sum("/help" in text for text in seen) == 3


def test_a_disk_that_refuses_is_said(home: Path) -> None:
    def refuse_once(room: Room) -> None:
        memory = room.chat.inbox._memory
        keep = memory.keep_updates

        def full(bot_id: int, updates: Iterable[tuple[int, str]]) -> list[int]:
            memory.keep_updates = keep  # type: ignore[method-assign]
            raise Unavailable(say("The desk could not write to its disk; nothing was changed."))

        memory.keep_updates = full  # type: ignore[method-assign]

    said, seen = converse(home, garbled, times=0, prepare=refuse_once)
    assert said == ["The desk could not write to its disk; nothing was changed.", AGAIN]
    assert sum("/help" in text for text in seen) == 3


def test_an_update_that_nobody_can_read_is_passed_over(home: Path) -> None:
    @in_room()
    async def talk(room: Room) -> None:
        await room.chat.inbox.keep([{"update_id": 9001, "message": {"from": "nobody", "chat": 7}}])
        assert await room.say("/help")
        row = room.desk.store.row("SELECT body, done_at FROM inbox WHERE update_id = 9001")
        assert row is not None and row["done_at"]

    talk(home)


def test_owners_are_told_what_was_set_aside(home: Path) -> None:
    @in_room("telegram", VERIFY_OWNERS="1001 1002")
    async def talk(room: Room) -> None:
        other = room.local.exchange.store.add_person("Omar", "en")
        await room.say("/start", by=other)

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError

        room.desk.reports.cases = broken  # type: ignore[method-assign, assignment]
        (told,) = await room.say("/cases", by=other)
        assert words(told).startswith("Something went wrong with this message.")
        assert "set aside" in words(room.answers()[-1])

    talk(home)
