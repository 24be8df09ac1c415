"""A room with a desk in it: the real bot, the local chat's server, one process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from tests.remembering import furnished, lab
from verify.chat.application import build
from verify.config import Config, read_config
from verify.desk import Desk
from verify.localchat import LocalChat
from verify.records import CaseReport

Json = dict[str, Any]
_LONG_AGO = "2020-01-01T00:00:00.000000Z"


class Room:
    """A person (`you`) and the bot. Everything a person does returns the bot's new messages."""

    def __init__(
        self,
        home: Path,
        service: str,
        transport: type[httpx.ASGITransport] = httpx.ASGITransport,
        **settings: str,
    ) -> None:
        config: Config = read_config({"VERIFY_HOME": str(home), **settings})
        telegram = service == "telegram"
        there = home if home.exists() else furnished(home)
        self.desk = Desk(there, sandbox=lab(), joining=config.hub)
        self.local = LocalChat(home, self.desk.sandbox, by_path=not telegram)
        self.you = self.local.you
        self.asked: list[str] = []
        self._build = lambda: build(
            config,
            self.desk,
            token=self.local.token,
            owners=config.owners if telegram else frozenset({self.you}),
            service=service,
            base_url=self.local.address,
            files=None if telegram else self.local.files,
            transport=transport(self._heard),
        )
        self.chat = self._build()

    async def _heard(self, scope: Any, receive: Any, send: Any) -> None:
        """The service, with a list of what the bot asked it for."""
        self.asked.append(scope["path"])
        await self.local.app(scope, receive, send)

    async def enter(self) -> Room:
        await self.chat.start()
        return self

    async def leave(self) -> None:
        await self.chat.stop()
        await self.close()

    async def close(self) -> None:
        """End service and desk, once the bot has stopped; the lab stays for other rooms."""
        await self.local.stop()
        self.desk.close()

    async def restart(self) -> None:
        """A new bot in place of the old one; what the old one had in memory is gone.

        The old one stops first: two would share the updates, and neither's calm means an answer.
        """
        await self.chat.stop()
        self.chat = self._build()
        await self.chat.start()
        await self.settle()

    async def settle(self) -> None:
        """Wait until every update was fetched and worked off."""
        while self.local.exchange.store.updates.pending():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await self.chat.inbox.idle()
        await self.chat.notices.idle()

    # --- what a person does ---

    async def say(self, text: str, *, by: int | None = None, **more: Any) -> list[Json]:
        return await self._after(self.local.send_text(by or self.you, text, **more), by)

    async def send(
        self, content: bytes, name: str = "picture.jpg", *, by: int | None = None, **more: Any
    ) -> list[Json]:
        return await self._after(self.local.send_file(by or self.you, content, name, **more), by)

    async def send_album(self, *contents: bytes, **more: Any) -> list[Json]:
        files = [(content, f"{number}.jpg") for number, content in enumerate(contents, start=1)]
        return await self._after(self.local.send_album(self.you, files, **more))

    async def press(self, message: Json, label: str, *, by: int | None = None) -> list[Json]:
        """One tap, long after whatever was tapped before."""
        with self.desk.store.transaction():
            self.desk.store.change("UPDATE inbox SET received_at = ?", (_LONG_AGO,))
        press = self.local.press(by or self.you, message["message_id"], label)
        return await self._after(press, by)

    async def edit(self, message_id: int, text: str) -> list[Json]:
        return await self._after(self.local.edit(self.you, message_id, text))

    async def _after(self, act: Awaitable[object], by: int | None = None) -> list[Json]:
        before = {message["message_id"] for message in self.local.messages(by or self.you)}
        await act
        await self.settle()
        return [one for one in self.answers(by) if one["message_id"] not in before]

    # --- what a person sees ---

    def answers(self, by: int | None = None) -> list[Json]:
        messages = self.local.messages(by or self.you)
        return [message for message in messages if message["from"]["is_bot"]]

    def now(self, message: Json, *, by: int | None = None) -> Json:
        """A message as it looks after its edits."""
        return next(one for one in self.answers(by) if one["message_id"] == message["message_id"])

    def own(self) -> list[Json]:
        return [one for one in self.local.messages(self.you) if not one["from"]["is_bot"]]

    def case(self, number: int) -> CaseReport:
        return self.desk.reports.case(self.desk.team.at_console("0", "Reader", "en"), number)


def words(message: Json) -> str:
    """What is written in a message."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: Json) -> list[str]:
    """The buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


Talk = Callable[[Room], Awaitable[None]]


def in_room(
    service: str = "localchat", **settings: str
) -> Callable[[Talk], Callable[[Path], None]]:
    """Make a test out of a talk with a desk of its own."""

    def decorate(talk: Talk) -> Callable[[Path], None]:
        async def hold(home: Path) -> None:
            room = await Room(home, service, **settings).enter()
            try:
                await asyncio.wait_for(talk(room), 240)
            finally:
                await room.leave()

        def test(home: Path) -> None:
            asyncio.run(hold(home))

        test.__doc__ = talk.__doc__
        return test

    return decorate
