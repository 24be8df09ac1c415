"""A bot and a person at the two ends of the local chat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from telegram import Bot, Message, Update
from telegram.request import HTTPXRequest

from tests.visitor import AsyncSealing
from verify.localchat import LocalChat
from verify.sandbox import Sandbox


@dataclass
class Line:
    """The chat, python-telegram-bot's own Bot, and a client that shows what is on the wire."""

    chat: LocalChat
    bot: Bot
    wire: httpx.AsyncClient

    @property
    def you(self) -> int:
        return self.chat.you

    async def call(self, method: str, token: str = "", **fields: Any) -> httpx.Response:
        """One call as a form, unless `json` holds the fields."""
        path = f"/bot{token or self.chat.token}/{method}"
        if "json" in fields:
            return await self.wire.post(path, json=fields["json"])
        return await self.wire.post(path, data=fields)

    async def refusal(self, method: str, **fields: Any) -> tuple[int, str]:
        """Status and description of a call that is refused."""
        response = await self.call(method, **fields)
        answer = response.json()
        assert answer["ok"] is False
        assert answer["error_code"] == response.status_code
        return response.status_code, answer["description"]

    async def received(self, offset: int = 0) -> list[Update]:
        """What waits for the bot; nothing is confirmed by an offset of zero."""
        return list(await self.bot.get_updates(offset=offset, timeout=0))

    async def polling(self) -> None:
        """Wait until a long poll hangs."""
        while self.chat.exchange.poll is None:  # noqa: ASYNC110 - nothing rings for that
            await asyncio.sleep(0.01)

    async def message(self) -> Message:
        """The last message that the bot got."""
        message = (await self.received())[-1].effective_message
        assert message is not None
        return message


@asynccontextmanager
async def line(home: Path, sandbox: Sandbox, *, over_http: bool = False) -> AsyncIterator[Line]:
    """Open the chat in a home, in process or on a socket, and close all of it at the end."""
    chat = LocalChat(home, sandbox)
    if over_http:
        await chat.start()
    inner: httpx.AsyncBaseTransport = httpx.ASGITransport(chat.app)
    transport = {} if over_http else {"transport": inner}
    if over_http:
        inner = httpx.AsyncHTTPTransport(trust_env=False)

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={**transport, "trust_env": False})

    bot = Bot(
        chat.token,
        base_url=f"{chat.address}/bot",
        base_file_url=f"{chat.address}/file/bot",
        request=request(),
        get_updates_request=request(),
    )
    wire = httpx.AsyncClient(
        base_url=chat.address, trust_env=False, timeout=240, transport=AsyncSealing(inner)
    )
    async with wire, bot:
        yield Line(chat, bot, wire)
    await chat.stop()
