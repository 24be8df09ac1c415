"""The HTTP requests of the bot: bounded in size and time, their answers understood.

The client library's own request reads whatever comes into memory, and hands it on as it is.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from verify.chat.answers import AnsweredWrongly, understood
from verify.errors import BadInput

_ANSWER_BYTES = 16 * 1024 * 1024
_LONGEST_SECONDS = 600.0  # of one request, however slowly its answer drips
_UPLOAD_SECONDS = 20.0  # to write a part of a file
_CONNECT_SECONDS = 5.0
_POOL_SECONDS = 30.0
_PACKED = {"", "identity", "gzip", "deflate"}  # one after the other could unpack without end
_CONNECTIONS = 256


class BotRequest(BaseRequest):
    """Calls of the Bot API's methods, and downloads that end at a limit."""

    def __init__(
        self, *, read_seconds: float = 5.0, proxy: str | None = None, **options: Any
    ) -> None:
        """options: of httpx.AsyncClient."""
        self._read_seconds = read_seconds
        self._options = options | {
            "proxy": proxy,
            "limits": httpx.Limits(max_connections=_CONNECTIONS),
            "headers": {"User-Agent": self.USER_AGENT},
        }
        self._client = httpx.AsyncClient(**self._options)

    @property
    def read_timeout(self) -> float:
        """How long to wait for the next part of an answer, in seconds."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Make ready to ask; may be done again after a shutdown."""
        if self._client.is_closed:
            self._client = httpx.AsyncClient(**self._options)

    async def shutdown(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and a small answer of the right shape, whatever was answered.

        Raises the client library's errors; AnsweredWrongly where no Bot API answers.
        """
        files = request_data.multipart_data if request_data else {}
        timeout = httpx.Timeout(
            connect=self._given(connect_timeout, _CONNECT_SECONDS),
            read=self._given(read_timeout, self._read_seconds),
            write=self._given(write_timeout, _UPLOAD_SECONDS if files else _CONNECT_SECONDS),
            pool=self._given(pool_timeout, _POOL_SECONDS),
        )
        fields = request_data.json_parameters if request_data else None
        name = url.rpartition("/")[2].lower()
        with_it = {"data": fields, "files": files or None, "timeout": timeout}
        async with self._opened(method, url, **with_it) as response:
            body, whole = await _start(response, _ANSWER_BYTES)
            status = response.status_code
        status, answer = understood(name, status, body if whole else body + b"...")
        return status, json.dumps(await self.told(name, status, answer)).encode()

    async def told(self, method: str, status: int, answer: Any) -> dict[str, Any]:
        """The answer in the client library's shape."""
        if status >= 300:
            return {"ok": False, **answer}
        if method.startswith("send"):
            chat = {"id": 0, "type": "private"}
            return {"ok": True, "result": {"message_id": answer, "date": 0, "chat": chat}}
        return {"ok": True, "result": answer}

    async def download(self, url: str, limit: int, too_big: BadInput) -> bytes:
        """Fetch at most `limit` bytes. Raises `too_big` beyond, the client's errors otherwise."""
        async with self._opened("GET", url, timeout=self._read_seconds) as response:
            if response.status_code == 429 or response.status_code >= 500:
                raise NetworkError(f"status {response.status_code}")  # it will pass
            if response.status_code != 200:
                raise BadRequest("the file is not there")
            body, whole = await _start(response, limit)
        if not whole:
            raise too_big
        return body

    @asynccontextmanager
    async def _opened(self, method: str, url: str, **more: Any) -> AsyncIterator[httpx.Response]:
        """The response to a request; what goes wrong becomes an error of the client library.

        The causes are left out: they name the address, and so the token.
        """
        try:
            async with (
                asyncio.timeout(_LONGEST_SECONDS),
                self._client.stream(method, url, **more) as response,
            ):
                if response.headers.get("content-encoding", "").lower() not in _PACKED:
                    raise AnsweredWrongly("packed in an unknown way", perhaps_done=True)
                yield response
        except TelegramError:
            raise
        except (httpx.TimeoutException, TimeoutError):
            raise TimedOut from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise NetworkError(f"httpx.{type(error).__name__}") from None

    def _given(self, seconds: Any, default: float) -> float | None:
        return default if seconds is self.DEFAULT_NONE else seconds


async def _start(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """At most so many bytes of a body, and whether that is all of it."""
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > limit:
            return bytes(body[:limit]), False
    return bytes(body), True
