"""A service that misbehaves: nothing is lost, and what cannot be fetched is told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from benchmarks.faults import Wrong, run
from tests.chat.room import Room, words
from tests.photographs import encode, photograph


def test_a_service_that_misbehaves_at_random_loses_nothing(home: Path) -> None:
    faults = run(home, exchanges=16, seed=7, share=0.08)
    assert faults.wrong == Wrong()
    assert faults.sent["exchanges"] == 16
    assert faults.sent["submissions in the end"] > 0
    assert faults.weather.done["blocked"] > 0
    assert sum(faults.weather.done.values()) > 5


class _Refusing(httpx.ASGITransport):
    """No file can be had; and the first answers do not get through."""

    drops = 2

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        if method == "getFile":
            body = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
            return httpx.Response(400, json=body)
        if method == "sendMessage" and self.drops:
            self.drops -= 1
            raise httpx.ReadTimeout("no answer", request=request)
        return await super().handle_async_request(request)


def test_what_cannot_be_fetched_is_told_once_the_network_is_back(home: Path) -> None:
    _hold(home, _Refusing, "Telegram did not hand over this file just now.")


class _Stumbling(httpx.ASGITransport):
    """Every other message breaks off on its way to the service."""

    tried = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/sendMessage"):
            type(self).tried += 1
            if self.tried % 2:
                raise httpx.ConnectError("broken off", request=request)
        return await super().handle_async_request(request)


def test_what_is_said_once_is_said_also_where_the_network_stumbles(home: Path) -> None:
    async def talk() -> None:
        room = await Room(home, "telegram", transport=_Stumbling, VERIFY_OWNERS="1001").enter()
        try:
            other = room.local.exchange.store.add_person("Mallory", "en")
            (answer,) = await room.say("hello", by=other)
            assert words(answer).startswith("This desk serves only people")
            (answer,) = await room.say(f"/start {room.desk.team.owner_code()}", by=other)
            assert words(answer).startswith("You are admitted")
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(talk(), 240))


class _Moody(httpx.ASGITransport):
    """The service's files answer 502 more often than an update may fail."""

    failures = 4

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/file/") and self.failures:
            self.failures -= 1
            return httpx.Response(502, text="Bad Gateway")
        return await super().handle_async_request(request)


def test_a_download_waits_until_the_service_is_well(home: Path) -> None:
    _hold(home, _Moody, "Case 1")


def _hold(home: Path, transport: type[httpx.ASGITransport], told: str) -> None:
    """One picture is sent through that transport; the answer begins with these words."""

    async def talk() -> None:
        room = await Room(home, "localchat", transport=transport).enter()
        try:
            (answer,) = await room.send(encode(photograph("china")))
            assert words(answer).startswith(told)
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(talk(), 240))
