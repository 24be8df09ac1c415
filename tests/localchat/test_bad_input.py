"""Malformed requests to page and bot: a sentence each, never a bare 500."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.localchat.line import Line
from tests.localchat.test_door import own, sign_in
from verify.errors import DiskRefused
from verify.localchat.methods import methods
from verify.records import say

Hold = Callable[..., None]
_HALF = "\ud800"
_VALUES: list[Any] = [
    *(None, True, -1, 0, 2**31, 2**63, 10**30, 1e308, "", "x", _HALF, "\x00\u202e", "ش" * 5000),
    *([], {}, [None], [[]], {"a": _HALF}, [_HALF], "[" * 5000, '{"a":' * 2000, "<b>", "&#x110000;"),
]
_ORIGIN = {"kind": "channel", "name": "A", "posted_at": "2024-01-01T00:00:00Z"}


def origins(**changes: Any) -> dict[str, Any]:
    return {"text": "hello", "origin": {**_ORIGIN, **changes}}


BODIES: dict[str, bytes] = {
    "nested": b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nested origin": b'{"text":"a","origin":' + b'{"a":' * 40_000 + b"1" + b"}" * 40_000 + b"}",
    "half a character": b'{"text":"a \\ud800 b"}',
    "half a name": json.dumps(origins(name=_HALF, username="")).encode(),
    "the year 1": json.dumps(origins(posted_at="0001-01-01T00:00:00")).encode(),
    "the year 1 in the east": json.dumps(origins(posted_at="0001-01-01T00:00:00+14:00")).encode(),
    "the year 9999": json.dumps(origins(posted_at="9999-12-31T23:59:59-14:00")).encode(),
    "not UTF-8": b'{"text":"\xff"}',
    "not JSON": b"text=a",
    "a long number": b'{"text":"a","reply_to":' + b"9" * 5000 + b"}",
    "nothing": b"",
}


def test_the_page_gets_a_sentence_or_sends(hold: Hold) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        for name, body in BODIES.items():
            answer = await line.wire.post("/api/send", content=body, headers=own(line))
            assert answer.status_code in (200, 400), name
            assert answer.status_code == 200 or answer.json()["error"].endswith("."), name
            for message in (await line.wire.post("/api/messages")).json()["messages"]:
                assert _HALF not in json.dumps(message, ensure_ascii=False)
        await line.received()

    hold(talk)


def test_a_request_with_anything_in_its_fields_never_ends_in_a_bare_500(hold: Hold) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    fields = {
        "send": ("text", "uploads", "reply_to", "origin", "as_photo", "spoiler"),
        "edit": ("message_id", "text"),
        "press": ("message_id", "data"),
        "language": ("language",),
        "people": ("name",),
        "name": ("name",),
    }

    async def talk(line: Line) -> None:
        await sign_in(line)
        await line.chat.send_text(line.you, "hello")
        for number in range(160):
            name = chance.choice([*fields])
            asked = {field: chance.choice([*_VALUES, 1]) for field in fields[name]}
            if chance.random() < 0.2:
                asked["origin"] = {**_ORIGIN, chance.choice([*_ORIGIN]): chance.choice(_VALUES)}
            asked["person"] = chance.choice((None, 1, line.you, -1, 10**30, "1", [], _HALF))
            answer = await line.wire.post(f"/api/{name}", content=json.dumps(asked))
            assert answer.status_code < 500, (seed, number, name, asked)
            assert answer.status_code == 200 or answer.json()["error"], (seed, name, asked)
        for before in (-1, 9 * 10**20, "\x00", "x", 1e9, None, []):
            assert (await line.wire.post("/api/messages", json={"before": before})).is_success
        for file in ("\x00", "../../desk.db", "a" * 3000, None, 7, {}):
            for name in ("picture", "file"):
                answer = await line.wire.post(f"/api/{name}", json={"id": file})
                assert answer.status_code == 404 and answer.json()["error"].endswith(".")

    hold(talk)


def test_a_bots_call_with_anything_in_its_fields_is_refused_in_telegrams_words(hold: Hold) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    fields = (
        *("chat_id", "text", "parse_mode", "entities", "reply_markup", "reply_parameters"),
        *("message_id", "caption", "media", "photo", "document", "callback_query_id", "commands"),
        *("offset", "limit", "allowed_updates", "file_id", "link_preview_options"),
        *("language_code", "scope", "action", "url"),
    )

    async def talk(line: Line) -> None:
        await line.chat.send_text(line.you, "hello")
        sent = await line.bot.send_message(line.you, "hello")
        for number in range(160):
            name = chance.choice([*methods()])
            asked = {field: chance.choice(_VALUES) for field in chance.sample(fields, 8)}
            asked |= {"chat_id": line.you, "message_id": sent.message_id, "timeout": 0}
            answer = await line.wire.post(
                f"/bot{line.chat.token}/{name}",
                content=json.dumps(asked),
                headers={"content-type": "application/json"},
            )
            assert answer.status_code < 500, (seed, number, name, asked)
        deep = b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        answer = await line.wire.post(
            f"/bot{line.chat.token}/sendMessage",
            content=deep,
            headers={"content-type": "application/json"},
        )
        assert answer.status_code == 400

    hold(talk)


def test_a_disk_that_refuses_is_said_on_the_page(hold: Hold, monkeypatch: Any) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)

        def refuse(*_: Any, **__: Any) -> int:
            raise DiskRefused(say("The disk is full. Make room; the desk then goes on by itself."))

        monkeypatch.setattr("verify.store.localchat.ChatStore.add_message", refuse)
        answer = await line.wire.post("/api/send", json={"text": "hello"}, headers=own(line))
        assert answer.status_code == 503
        assert answer.json()["error"].startswith("The disk is full.")

    hold(talk)


@pytest.mark.parametrize("name", ["/api/start", "/api/messages"])
def test_a_fault_nobody_thought_of_is_a_sentence(hold: Hold, monkeypatch: Any, name: str) -> None:
    async def talk(line: Line) -> None:
        await sign_in(line)
        monkeypatch.setattr("verify.store.localchat.ChatStore.revision", None)
        monkeypatch.setattr("verify.store.localchat.ChatStore.messages", None)
        answer = await line.wire.post(name)
        assert answer.status_code == 500
        assert "finds the reason in its log" in answer.json()["error"]

    hold(talk)
