"""The page's side of the channel for tests and benchmarks: an httpx transport that seals.

A client with it opens the printed address, then calls `/api/NAME` as if nothing was sealed:
parameters and a JSON body are what is asked, the body of an upload is the file.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx

from verify.localchat.sealing import NONCE_BYTES, RECORD_BYTES, Channel, content, mac, name, text

_PLAIN = ("/api/meet", "/api/enter")


class Visitor:
    """What a page knows, and what it makes of requests and answers."""

    def __init__(self) -> None:
        self.channel: Channel | None = None
        self.number = ""
        self.calls = 0
        self.again = b""

    def hello(self, secret: bytes) -> dict[str, str]:
        self._secret, self._mine = secret, secrets.token_bytes(NONCE_BYTES)
        return {"name": name(secret), "number": text(self._mine)}

    def proof(self, answer: dict[str, str]) -> dict[str, str]:
        theirs = content(answer["number"])
        assert content(answer["proof"]) == mac(self._secret, "desk", self._mine, theirs)
        self.number, self.calls = answer["number"], 0
        self.again = mac(self._secret, "again", self._mine, theirs)
        self.channel = Channel.between(self._secret, self._mine, theirs, here="page")
        proof = mac(self._secret, "page", self._mine, theirs)
        return {"number": self.number, "proof": text(proof)}

    def sealed(self, request: httpx.Request, body: bytes) -> tuple[httpx.Request, int]:
        """The request as it travels, and its number."""
        assert self.channel is not None
        call, path = self.calls, request.url.path
        self.calls += 1
        asked: dict[str, Any] = {
            key: int(value) if value.isdecimal() else value
            for key, value in request.url.params.items()
        }
        file = b""
        if path == "/api/upload":
            file = body
            first = json.dumps(asked).encode()
        elif asked and not body:
            first = json.dumps(asked).encode()
        else:
            first = body or b"{}"
        pieces = [file[at : at + RECORD_BYTES] for at in range(0, len(file), RECORD_BYTES)]
        if path == "/api/upload":
            pieces = pieces or [b""]
        sealed = b"".join(self.channel.records(call, path, iter([first, *pieces])))
        headers = {"Desk-Channel": self.number, "Desk-Call": str(call)}
        if origin := request.headers.get("origin"):
            headers["Origin"] = origin
        else:
            headers["Origin"] = f"{request.url.scheme}://{request.url.netloc.decode()}"
        url = request.url.copy_with(query=None)
        return httpx.Request("POST", url, headers=headers, content=sealed), call

    def plain(self, request: httpx.Request, call: int, answer: httpx.Response) -> httpx.Response:
        """An answer as it was meant; one that is not this channel's as it came."""
        if answer.status_code in (401, 403):
            return answer
        whole = self.read(call, request.url.path, answer)
        return httpx.Response(answer.status_code, content=whole, request=request)

    def read(self, call: int, path: str, answer: httpx.Response) -> bytes:
        """What is in an answer."""
        body = answer.content

        async def read() -> bytes:
            assert self.channel is not None
            return b"".join([one async for one in self.channel.opened(call, path, _whole(body))])

        reading = read()
        try:
            reading.send(None)  # nothing in it waits
        except StopIteration as done:
            return bytes(done.value)
        raise AssertionError("it waits")


async def _whole(body: bytes) -> AsyncIterator[bytes]:
    yield body


def _is_sealed(request: httpx.Request, visitor: Visitor) -> bool:
    path = request.url.path
    made = "desk-call" in request.headers  # by the test itself
    sealed = path.startswith("/api/") and path not in _PLAIN
    return visitor.channel is not None and sealed and not made


class Sealing(httpx.BaseTransport):
    """For `httpx.Client`."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.visitor = Visitor()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.fragment:
            self._enter(request)
        if not _is_sealed(request, self.visitor):
            return self._inner.handle_request(request)
        sent, call = self.visitor.sealed(request, request.read())
        answer = self._inner.handle_request(sent)
        answer.read()
        return self.visitor.plain(request, call, answer)

    def _enter(self, request: httpx.Request) -> None:
        met = self._post(request, "meet", self.visitor.hello(content(request.url.fragment)))
        if met.status_code == 200:
            self._post(request, "enter", self.visitor.proof(met.json()))

    def _post(self, request: httpx.Request, path: str, said: dict[str, str]) -> httpx.Response:
        answer = self._inner.handle_request(_meeting(request, path, said))
        answer.read()
        return answer

    def close(self) -> None:
        self._inner.close()


class AsyncSealing(httpx.AsyncBaseTransport):
    """For `httpx.AsyncClient`."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.visitor = Visitor()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.fragment:
            await self._enter(request)
        if not _is_sealed(request, self.visitor):
            return await self._inner.handle_async_request(request)
        sent, call = self.visitor.sealed(request, await request.aread())
        answer = await self._inner.handle_async_request(sent)
        await answer.aread()
        return self.visitor.plain(request, call, answer)

    async def _enter(self, request: httpx.Request) -> None:
        met = await self._post(request, "meet", self.visitor.hello(content(request.url.fragment)))
        if met.status_code == 200:
            await self._post(request, "enter", self.visitor.proof(met.json()))

    async def _post(
        self, request: httpx.Request, path: str, said: dict[str, str]
    ) -> httpx.Response:
        answer = await self._inner.handle_async_request(_meeting(request, path, said))
        await answer.aread()
        return answer

    async def aclose(self) -> None:
        await self._inner.aclose()


def _meeting(request: httpx.Request, path: str, said: dict[str, str]) -> httpx.Request:
    root = f"{request.url.scheme}://{request.url.netloc.decode()}"
    return httpx.Request("POST", f"{root}/api/{path}", headers={"Origin": root}, json=said)
