"""Starting and stopping: a network that is away, a token that is refused."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph
from verify.chat.application import build
from verify.config import read_config
from verify.desk import Desk
from verify.errors import BadInput
from verify.localchat import LocalChat
from verify.records import Role


class Absent(httpx.ASGITransport):
    """A service that cannot be reached at first."""

    tries = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        Absent.tries += 1
        if Absent.tries < 3:
            raise httpx.ConnectError("no route")
        return await super().handle_async_request(request)


class Refusing(httpx.ASGITransport):
    """A service that does not know the token."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        told = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        return httpx.Response(401, json=told)


def test_a_network_that_is_away_at_the_start_is_waited_for(home: Path) -> None:
    async def hold() -> None:
        room = await Room(home, "localchat", transport=Absent).enter()
        try:
            (answer,) = await room.say("/start")
            assert "Send a picture" in words(answer)
        finally:
            await room.leave()

    asyncio.run(asyncio.wait_for(hold(), 240))


def test_a_refused_token_ends_the_start_with_a_sentence(home: Path) -> None:
    async def hold() -> None:
        room = Room(home, "localchat", transport=Refusing)
        try:
            with pytest.raises(BadInput) as refused:
                await room.chat.run(asyncio.Event())
            assert room.local.token not in str(refused.value)
        finally:
            await room.close()

    asyncio.run(asyncio.wait_for(hold(), 240))


def test_a_proxy_of_the_environment_is_not_asked_for_a_service_on_this_machine(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    async def hold() -> None:
        config = read_config({"VERIFY_HOME": str(home)})
        with Desk(home) as desk:
            local = LocalChat(home, desk.sandbox)
            await local.start()
            chat = build(
                config,
                desk,
                token=local.token,
                owners=frozenset({local.you}),
                service="localchat",
                base_url=local.address,
            )
            await chat.start()
            await local.send_text(local.you, "/start")
            while len(local.messages(local.you)) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            await chat.stop()
            await local.stop()

    asyncio.run(asyncio.wait_for(hold(), 240))


def test_the_bot_runs_until_it_is_stopped(home: Path) -> None:
    async def hold() -> None:
        room, stop = Room(home, "localchat"), asyncio.Event()
        running = asyncio.create_task(room.chat.run(stop))
        (answer,) = await room.say("/start")
        assert "Send a picture" in words(answer)
        stop.set()
        await asyncio.wait_for(running, 240)
        await room.local.send_text(room.you, "/start")
        await asyncio.sleep(0.2)
        assert len(room.answers()) == 1
        await room.close()

    asyncio.run(asyncio.wait_for(hold(), 240))


@in_room()
async def test_a_button_does_not_wait_for_the_files_of_others(room: Room) -> None:
    """Both places of the lab are taken, and forty people have sent a file."""
    (examined,) = await room.send(encode(photograph("china")))
    people = [room.local.exchange.store.add_person(f"Person {n}", "en") for n in range(40)]
    lab, owner = room.desk.sandbox, room.desk.team.at_console("0", "Reader", "en")
    for one in people:
        room.desk.team.admit("localchat", str(one), f"Person {one}", Role.OWNER)
    with lab._places, lab._places:
        for one in people:
            await room.local.send_file(one, f"Words of {one}".encode(), "words.txt")
        while len(room.desk.store.rows("SELECT 1 FROM submission")) < 41:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await room.local.press(room.you, examined["message_id"], "Checklist")
        while "Checklist of case 1" not in words(room.now(examined)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await room.settle()
    assert len(room.desk.reports.cases(owner, limit=50)) == 41
