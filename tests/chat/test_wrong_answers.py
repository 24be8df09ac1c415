"""A Bot API that answers wrongly: not JSON, another shape, cut off, too much, elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError
from telegram.ext import ExtBot

from tests.chat.room import Room, words
from verify.chat.answers import AnsweredWrongly, understood
from verify.chat.requests import BotRequest
from verify.records import Role, Sentence

PAGE = b"<html><body>Sign in to the hotel's network</body></html>"
DEEP = b'{"ok":true,"result":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
Serve = Callable[[httpx.Request], httpx.Response | None]

WRONG = {
    "a page": httpx.Response(200, content=PAGE),
    "nothing": httpx.Response(200, content=b""),
    "null": httpx.Response(200, content=b"null"),
    "a list": httpx.Response(200, content=b"[]"),
    "a result of null": httpx.Response(200, content=b'{"ok":true,"result":null}'),
    "a text as result": httpx.Response(200, content=b'{"ok":true,"result":"\\ud800"}'),
    "no ok": httpx.Response(200, content=b'{"result":[]}'),
    "cut off": httpx.Response(200, content=b'{"ok":true,"result":{"id":12'),
    "not UTF-8": httpx.Response(200, content=b'{"ok":true,"result":{"id":"\xff\xfe"}}'),
    "deep": httpx.Response(200, content=DEEP),
    "elsewhere": httpx.Response(302, headers={"location": "https://example.org/"}),
    "no such page": httpx.Response(404, content=PAGE),
    "no entry": httpx.Response(401, content=PAGE),
    "packed": httpx.Response(200, content=PAGE, headers={"content-encoding": "br"}),
    "refused without a code": httpx.Response(200, content=b'{"ok":false}'),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_no_bot_api_answers_passes_by_itself(wrong: str) -> None:
    """It becomes an error after which the desk asks again, never another one."""
    given = WRONG[wrong]

    async def ask() -> None:
        def serve(request: httpx.Request) -> httpx.Response:
            return httpx.Response(given.status_code, content=given.content, headers=given.headers)

        bot = ExtBot("1:A", request=BotRequest(transport=httpx.MockTransport(serve)))
        for call in (bot.get_me, lambda: bot.get_file("F"), bot.get_updates):
            with pytest.raises(NetworkError):
                await call()

    if wrong == "packed":
        given = httpx.Response(200, headers=given.headers)
    asyncio.run(ask())


def test_an_answer_without_end_is_not_read_to_the_end() -> None:
    read = 0

    async def endless() -> Any:
        nonlocal read
        while True:
            read += 1
            yield b" " * 1_000_000

    async def ask() -> None:
        bot = ExtBot(
            "1:A",
            request=BotRequest(
                transport=httpx.MockTransport(lambda _: httpx.Response(200, content=endless()))
            ),
        )
        with pytest.raises(AnsweredWrongly):
            await bot.get_me()

    asyncio.run(ask())
    assert read < 20


def test_a_refusal_counts_whatever_http_says() -> None:
    body = {"ok": False, "error_code": 429, "parameters": {"retry_after": 10**9}}
    status, answer = understood("sendmessage", 200, json.dumps(body).encode())
    assert (status, answer["parameters"]) == (429, {"retry_after": 3600})
    body = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked"}
    assert understood("sendmessage", 200, json.dumps(body).encode())[0] == 403


def test_updates_without_a_number_are_left_and_others_taken() -> None:
    body = {"ok": True, "result": [5, {"no": "id"}, {"update_id": "7"}, {"update_id": 8}]}
    assert understood("getupdates", 200, json.dumps(body).encode()) == (200, [{"update_id": 8}])


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (b'{"ok":true,"result":{"message_id":7,"date":0}}', 7),
        (b'{"ok":true,"result":{"message_id":7,"date":"never","entities":5}}', 7),
        (b'{"ok":true,"result":{"message_id":7,"chat":{"id":1', 7),
        (b'{"ok":true,"result":{"mess', 0),
        (b'{"ok":true,"result":null}', 0),
        (b'{"ok":true}', 0),
    ],
)
def test_a_message_that_was_sent_counts_as_sent(body: bytes, number: int) -> None:
    assert understood("sendmessage", 200, body) == (200, number)


def converse(
    home: Path, serve: Serve, talk: Callable[[Room], Any], after: Serve = lambda _: None
) -> list[str]:
    """Talk through a service of which `serve` answers some requests instead of the real one,
    and `after` some that the real one has done; gives what the console was told."""

    class Moody(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if instead := serve(request):
                return instead
            honest = await super().handle_async_request(request)
            return after(request) or honest

    said: list[Sentence] = []

    async def hold() -> None:
        room = Room(home, "localchat", transport=Moody)
        room.chat._watchdog.console = said.append
        await room.enter()
        try:
            await asyncio.wait_for(talk(room), 240)
        finally:
            await room.leave()

    asyncio.run(hold())
    return [sentence.template for sentence in said]


def method(request: httpx.Request) -> str:
    return request.url.path.rpartition("/")[2]


@pytest.mark.parametrize("body", [b'{"ok":true,"result":null}', b'{"ok":true,"result":{"mess'])
def test_an_answer_that_was_sent_but_not_parsed_is_not_sent_again(home: Path, body: bytes) -> None:
    def after(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(200, content=body) if method(request) == "sendMessage" else None

    async def talk(room: Room) -> None:
        await room.say("/cases")
        await room.say("/cases")
        assert len(room.answers()) == 2

    converse(home, lambda _: None, talk, after)


def test_an_answer_of_which_nobody_knows_comes_twice_at_most(home: Path) -> None:
    def after(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(200, content=PAGE) if method(request) == "sendMessage" else None

    async def talk(room: Room) -> None:
        await room.say("/cases")
        assert len(room.answers()) == 2
        await room.restart()
        assert len(room.answers()) == 2

    converse(home, lambda _: None, talk, after)


def test_behind_a_login_page_answers_wait_and_come_once(home: Path) -> None:
    behind: list[int] = []

    def serve(request: httpx.Request) -> httpx.Response | None:
        if method(request) == "sendMessage" or behind:
            behind.append(1)
            return httpx.Response(200, content=PAGE) if len(behind) < 12 else None
        return None

    async def talk(room: Room) -> None:
        await room.say("/cases")
        assert [words(one)[:14] for one in room.answers()] == ["There are no c"]

    converse(home, serve, talk)


def test_a_start_behind_a_login_page_waits_and_says_so(home: Path) -> None:
    calls: list[int] = []

    def serve(request: httpx.Request) -> httpx.Response | None:
        calls.append(1)
        wrong = [*WRONG.values()]
        if len(calls) > len(wrong):
            return None
        given = wrong[len(calls) - 1]
        return httpx.Response(given.status_code, content=given.content)

    async def talk(room: Room) -> None:
        await room.say("/cases")
        assert any("no cases" in words(one) for one in room.answers())

    said = converse(home, serve, talk)
    assert "login page" in said[0]
    assert said[1:] == ["Messages are fetched again."]


def test_who_runs_the_desk_hears_that_updates_are_no_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.polling._PASSING", 0.01)
    polls: list[int] = []

    def serve(request: httpx.Request) -> httpx.Response | None:
        if method(request) != "getUpdates":
            return None
        polls.append(1)
        return httpx.Response(200, content=DEEP) if len(polls) < 4 else None

    async def talk(room: Room) -> None:
        await room.say("/cases")
        while len(room.answers()) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        assert any("now messages are fetched again" in words(one) for one in room.answers())

    said = converse(home, serve, talk)
    assert "login page" in said[0]
    assert said[1:] == ["Messages are fetched again."]


def _file(room: Room) -> Any:
    return room.local.send_file(room.you, b"a file", "a.txt")


def test_a_person_whose_file_waits_is_told_once_and_others_are_served(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.inbox._UNSAID_SECONDS", 0.05)
    well: list[int] = []

    def serve(request: httpx.Request) -> httpx.Response | None:
        if method(request) != "getFile":
            return None
        if not well:
            return httpx.Response(503, content=PAGE)
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
        return httpx.Response(400, json=refused)

    async def talk(room: Room) -> None:
        other = room.local.exchange.store.add_person("Omar", "en")
        room.desk.team.admit("localchat", str(other), "Omar", Role.REPORTER)
        await _file(room)
        await room.local.send_text(room.you, "and a note")
        while not room.answers():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await room.local.send_text(other, "/cases")
        while not room.answers(other):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        (told,) = room.answers()
        assert "not delivering files" in words(told)
        assert "it waits, with what you send after it" in words(told)
        well.append(1)
        await room.settle()
        assert [words(one)[:20] for one in room.answers()[1:]] == [
            "Telegram did not han",
            "No case is open here",
        ]

    converse(home, serve, talk)


def test_a_file_that_never_comes_is_given_up_while_all_else_works(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.inbox._HOPELESS_SECONDS", 0.2)

    def serve(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(503) if method(request) == "getFile" else None

    async def talk(room: Room) -> None:
        await _file(room)
        await room.settle()
        assert [words(one)[:11] for one in room.answers()] == ["For an hour"]
        await room.say("/cases")
        assert len(room.answers()) == 2

    converse(home, serve, talk)
