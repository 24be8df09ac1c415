"""A Bot API that misbehaves at random, in front of the local chat's server."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from verify.localchat import LocalChat

Json = dict[str, Any]
_PAGE = b"<html><h1>Sign in to this network</h1></html>"
_UNREADABLE = ("no result", "cut off", "page after")


@dataclass
class Weather:
    """How bad the service is, as shares of the requests, and a count of what it did."""

    random: random.Random
    share: float = 0.1
    expired_share: float = 0.05
    blocked_by: int = 0
    done: Counter[str] = field(default_factory=Counter)
    expired: dict[str, bool] = field(default_factory=dict)
    seen: list[Json] = field(default_factory=list)

    def file_expired(self, file_id: str) -> bool:
        """The same file stays expired."""
        if file_id not in self.expired:
            self.expired[file_id] = self.random.random() < self.expired_share
        return self.expired[file_id]


class Misbehaving(httpx.AsyncBaseTransport):
    """The local chat's server behind bad weather."""

    def __init__(self, chat: LocalChat, weather: Weather) -> None:
        self._inner = httpx.ASGITransport(chat.app)
        self._weather = weather
        self._behind_a_page = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or one of the faults."""
        weather, method = self._weather, request.url.path.rpartition("/")[2]
        if method == "getUpdates" and weather.random.random() < weather.share / 5:
            self._behind_a_page = weather.random.randrange(2, 12)
        if self._behind_a_page:
            self._behind_a_page -= 1
            weather.done["login page"] += 1
            return httpx.Response(200, content=_PAGE)
        called = await _fields(request)
        if refusal := self._refusal(method, called):
            return refusal
        if weather.random.random() >= weather.share:
            return await self._honest(request, method)
        fault = weather.random.choice(
            (
                *("429", "500", "502", "timeout", "dropped", "timeout after", "dropped after"),
                *_UNREADABLE,
            )
        )
        if fault == "429" and weather.done["429"] > weather.done.total() / 20:
            fault = "500"  # each 429 silences the bot for a second
        weather.done[fault] += 1
        if fault.endswith("after"):
            await self._honest(request, method)
        if fault.startswith("timeout"):
            raise httpx.ReadTimeout("no answer", request=request)
        if fault.startswith("dropped"):
            raise httpx.RemoteProtocolError("connection dropped", request=request)
        if fault in _UNREADABLE:
            return await self._unreadable(request, method, fault)
        if fault == "429":
            return _error(429, "Too Many Requests: retry after 1", retry_after=1)
        if fault == "502":
            return httpx.Response(502, text="<html><h1>502 Bad Gateway</h1></html>")
        return _error(500, "Internal Server Error")

    async def _unreadable(self, request: httpx.Request, method: str, fault: str) -> httpx.Response:
        """An answer that says nothing, to what was done or to what can be asked again."""
        honest = await self._honest(request, method)
        if fault == "no result":
            return httpx.Response(200, content=b'{"ok":true,"result":null}')
        if fault == "cut off":
            return httpx.Response(200, content=(await honest.aread())[:40])
        return httpx.Response(200, content=_PAGE)

    def _refusal(self, method: str, called: Json) -> httpx.Response | None:
        """What stays refused: expired files, and everything to who blocked the bot."""
        if method == "getFile" and self._weather.file_expired(str(called.get("file_id"))):
            self._weather.done["expired"] += 1
            wrong = "Bad Request: wrong file_id or the file is temporarily unavailable"
            return _error(400, wrong)
        speaking = method.startswith(("send", "edit"))
        if speaking and str(called.get("chat_id")) == str(self._weather.blocked_by):
            self._weather.done["blocked"] += 1
            return _error(403, "Forbidden: bot was blocked by the user")
        return None

    async def _honest(self, request: httpx.Request, method: str) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        if method != "getUpdates" or response.status_code != 200:
            return response
        updates = json.loads(await response.aread())["result"]
        chance = self._weather.random
        if updates and self._weather.seen and chance.random() < 0.3:
            self._weather.done["repeated"] += 1
            updates += chance.sample(self._weather.seen, min(3, len(self._weather.seen)))
        self._weather.seen = (self._weather.seen + updates)[-50:]
        if len(updates) > 1 and chance.random() < 0.5:
            self._weather.done["reordered"] += 1
            chance.shuffle(updates)
        return httpx.Response(200, json={"ok": True, "result": updates})


async def _fields(request: httpx.Request) -> Json:
    """The fields of a call, read loosely: enough to know the file or the chat."""
    body = await request.aread()
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return dict(httpx.QueryParams(body.decode()))
    found = {}
    for name in ("chat_id", "file_id"):
        _, marked, rest = body.partition(f'name="{name}"'.encode())
        if marked:
            found[name] = rest.lstrip(b"\r\n").partition(b"\r\n")[0].decode()
    return found


def _error(code: int, description: str, **parameters: int) -> httpx.Response:
    answer: Json = {"ok": False, "error_code": code, "description": description}
    return httpx.Response(code, json=answer | ({"parameters": parameters} if parameters else {}))
