"""The page's door: the page itself, who is let in, what goes through the channel and comes back."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from verify.errors import BadInput, NotFound, Unavailable, VerifyError
from verify.language import Reader, plain
from verify.localchat.exchange import Exchange, Json
from verify.localchat.sealing import Channel, Unsealed, content
from verify.localchat.sessions import Sessions
from verify.records import say

_log = logging.getLogger(__name__)
_FAILED = say("Something went wrong here; whoever runs the desk finds the reason in its log.")
_UNREADABLE = say("The page sent something unreadable. Load it again.")
_PAGE = resources.files("verify.localchat") / "page"
_FIXED = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
}
_ASKED_BYTES = 300_000
_MEETING_BYTES = 1000
_WHOLE = ("utf-8", "replace")


@dataclass(frozen=True)
class Call:
    """One call of the page's. person: who acts. chunks: what follows what is asked: a file."""

    person: int
    asked: Json
    chunks: AsyncIterator[bytes]


Answer = Json | AsyncIterator[bytes]
Endpoint = Callable[[Call], Awaitable[Answer]]


class Door:
    """Lets in who knows a secret of this desk. person: who acts where a page names nobody."""

    def __init__(self, exchange: Exchange, sessions: Sessions, person: int) -> None:
        self._exchange = exchange
        self._sessions = sessions
        self._person = person
        self.routes = [
            Route("/api/meet", self._meet, methods=["POST"]),
            Route("/api/enter", self._enter, methods=["POST"]),
            *_fixed(),
        ]

    def reader(self, person: int) -> Reader:
        """In which language that person reads; the page shows times by itself."""
        return Reader(self._exchange.person(person)["language_code"], ZoneInfo("UTC"))

    def route(self, name: str, endpoint: Endpoint) -> Route:
        """An endpoint behind the channel; what it refuses becomes a sentence."""

        async def answered(request: Request) -> Response:
            path = request.url.path
            try:
                channel, number, records = self._opened(request)
                first = await anext(records, b"")
                channel.take(number)
            except (Unsealed, ClientDisconnect):
                return _closed()
            status, answer = await self._answer(endpoint, first, records, path)
            sealed = _sealed(channel, number, path, answer)
            return StreamingResponse(sealed, status, media_type="application/octet-stream")

        return Route(f"/api/{name}", answered, methods=["POST"])

    def _opened(self, request: Request) -> tuple[Channel, int, AsyncIterator[bytes]]:
        """The channel that a request names, its number there, what it holds. Raises Unsealed."""
        channel = self._sessions.channel(request.headers.get("desk-channel", ""))
        number = request.headers.get("desk-call", "")
        if channel is None or not (number.isascii() and number.isdecimal() and len(number) < 13):
            raise Unsealed
        records = channel.opened(int(number), request.url.path, request.stream())
        return channel, int(number), records

    async def _answer(
        self, endpoint: Endpoint, first: bytes, records: AsyncIterator[bytes], path: str
    ) -> tuple[int, Answer]:
        person = self._person
        try:
            asked = _object(first)
            person = self._who(asked.get("person"))
            return 200, await endpoint(Call(person, asked, records))
        except NotFound as error:
            status, sentence = 404, error.sentence
        except Unavailable as error:
            status, sentence = 503, error.sentence
        except VerifyError as error:
            status, sentence = 400, error.sentence
        except (Unsealed, ClientDisconnect):
            status, sentence = 400, _UNREADABLE
        except Exception:
            _log.exception("The local chat failed at %s.", path[:40])
            status, sentence = 500, _FAILED
        return status, {"error": plain(sentence, self.reader(person))}

    def _who(self, named: Any) -> int:
        """Who acts: whom the page names, where such a person chats here.

        The names part roles, not secrets: whoever has the page may act as each of them.
        """
        if isinstance(named, int) and 0 < named < 2**53 and self._exchange.store.person(named):
            return named
        return self._person

    async def _meet(self, request: Request) -> Response:
        """Prove to a page that names a secret that this desk knows it."""
        asked = await _plain(request)
        met = self._sessions.meet(asked.get("name", ""), content(asked.get("number", "")))
        return JSONResponse({"number": met[0], "proof": met[1]}) if met else _closed()

    async def _enter(self, request: Request) -> Response:
        """Let a page in that proves the same."""
        asked = await _plain(request)
        entered = self._sessions.enter(asked.get("number", ""), asked.get("proof", ""))
        return JSONResponse({}) if entered else _closed()


def _closed() -> Response:
    """Nothing that only this desk knows is in it: a page believes it to nobody."""
    return JSONResponse({}, 401)


async def _plain(request: Request) -> dict[str, str]:
    """The few words of a meeting; empty where there is anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MEETING_BYTES:
            return {}
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(asked, dict):
        return {}
    return {
        name: value for name, value in asked.items() if isinstance(value, str) and value.isascii()
    }


def _object(body: bytes) -> Json:
    if len(body) > _ASKED_BYTES:
        raise BadInput(say("This is too long to send at once. Send it in parts."))
    try:
        # Half characters, which JSON can carry, are replaced: nothing could store them
        asked = json.loads(json.dumps(json.loads(body), ensure_ascii=False).encode(*_WHOLE))
    except (ValueError, RecursionError) as error:
        raise BadInput(_UNREADABLE) from error
    if not isinstance(asked, dict):
        raise BadInput(_UNREADABLE)
    return asked


async def _sealed(channel: Channel, call: int, path: str, answer: Answer) -> AsyncIterator[bytes]:
    """An answer on its way: an object is one record; of a stream each part is, and the end."""
    if isinstance(answer, dict):
        yield channel.seal(call, path, 0, json.dumps(answer).encode(), last=True)
        return
    number = 0
    async for part in answer:
        yield channel.seal(call, path, number, part, last=False)
        number += 1
    yield channel.seal(call, path, number, b"", last=True)


def _fixed() -> Iterator[Route]:
    """The page, its styles, scripts and icon: the same for everybody, without a secret."""
    for file in _PAGE.iterdir():
        media_type = _FIXED.get(file.name[file.name.rfind(".") :])
        if media_type:
            path = "/" if file.name == "index.html" else f"/{file.name}"
            yield Route(path, _Fixed(file.read_bytes(), media_type), methods=["GET"])


class _Fixed:
    """An ASGI endpoint that always gives the same bytes."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self._content = content
        self._media_type = media_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Cache-Control": "no-store"}
        response = Response(self._content, media_type=self._media_type, headers=headers)
        await response(scope, receive, send)
