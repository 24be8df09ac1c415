"""Watchers are told quietly; who blocked the bot holds nobody up, a lost network loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import httpx

from tests.chat.room import Room, words
from tests.photographs import encode, photograph
from verify.records import Role

CHINA = encode(photograph("china"))
Answer = Callable[[int], httpx.Response | None]


def watched(home: Path, answer: Answer) -> list[tuple[int, bool, str]]:
    """Two watch a case and its due time changes: the messages sent from then on.

    answer: what the service says to a message for that person, instead of delivering it.
    Each message: to whom, whether without a sound, and its words.
    """
    sent: list[tuple[int, bool, str]] = []
    listening = False

    class Service(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if not listening or not request.url.path.endswith("/sendMessage"):
                return await super().handle_async_request(request)
            form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
            person = int(form["chat_id"])
            if (refused := answer(person)) is not None:
                return refused
            quiet = form.get("disable_notification", "").lower() == "true"
            sent.append((person, quiet, form["text"]))
            return await super().handle_async_request(request)

    async def talk() -> None:
        nonlocal listening
        room = await Room(home, "localchat", transport=Service).enter()
        try:
            await room.send(CHINA)
            for name in ("Rosa", "Noor"):
                number = room.local.exchange.store.add_person(name, "en")
                room.desk.team.admit("localchat", str(number), name, Role.EDITOR)
                await room.say("/case 1", by=number)
                (watching,) = await room.say("/watch", by=number)
                assert "told quietly" in words(watching)
            listening = True
            await room.say("/due 14:00")
            assert room.desk.casework.notices("localchat") == []
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(talk(), 240))
    return sent


def test_watchers_are_told_once_and_without_a_sound(home: Path) -> None:
    sent = watched(home, lambda person: None)
    assert [(person, quiet) for person, quiet, _ in sent] == [
        (1001, False),
        (1002, True),
        (1003, True),
    ]
    assert all("has a new due time" in text for _, quiet, text in sent if quiet)


def test_who_blocked_the_bot_holds_up_nobody(home: Path) -> None:
    body = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    sent = watched(home, lambda person: httpx.Response(403, json=body) if person == 1002 else None)
    assert [person for person, quiet, _ in sent if quiet] == [1003]


def test_a_notice_outlasts_a_lost_network(home: Path) -> None:
    faults = iter([httpx.Response(502, text="Bad Gateway")] * 2)
    sent = watched(home, lambda person: next(faults, None) if person == 1002 else None)
    assert [person for person, quiet, _ in sent if quiet] == [1002, 1003]
