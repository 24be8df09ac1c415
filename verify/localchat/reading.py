"""What the page reads: who and which words, messages, pictures, a stream of changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from verify.language import languages, nearest, plain
from verify.localchat.door import Door
from verify.localchat.exchange import Exchange, Json
from verify.localchat.switching import everybody
from verify.localchat.words import WORDS
from verify.store.localchat import StoredMessage

_HEARTBEAT = 15.0
_SCREENFUL = 60
_END = 2**53


class Reading:
    """The endpoints that change nothing."""

    def __init__(self, exchange: Exchange, door: Door) -> None:
        self._exchange = exchange
        self._door = door
        self.routes = [
            Route(f"/api/{path}", door.guarded(endpoint), methods=["GET"])
            for path, endpoint in (
                ("start", self.start),
                ("messages", self.messages),
                ("events", self.events),
                ("picture/{unique_id}", self.picture),
                ("file/{unique_id}", self.file),
            )
        ]

    async def start(self, request: Request) -> Response:
        """Everything that a page needs once: who, words in their language, commands."""
        person = self._exchange.person(self._door.person(request))
        reader = self._door.reader(request)
        return JSONResponse(
            {
                "person": person,
                "people": everybody(self._exchange),
                "bot": self._exchange.bot,
                "language": nearest(reader.language),
                "languages": languages(),
                "words": {name: plain(word, reader) for name, word in WORDS.items()},
                "commands": self._commands(reader.language),
                "revision": self._exchange.store.revision(),
            }
        )

    async def messages(self, request: Request) -> Response:
        """The last messages, or those before one."""
        before = _number(request.query_params.get("before"), _END)
        chat = self._door.person(request)
        stored = self._exchange.store.messages(chat, before, _SCREENFUL)
        return JSONResponse(
            {"messages": [self._seen(one) for one in stored], "more": len(stored) == _SCREENFUL}
        )

    async def events(self, request: Request) -> Response:
        """Server-sent events: messages as they change, and signs of the bot.

        A browser that reconnects names the last revision it saw and misses nothing.
        """
        since = request.headers.get("last-event-id") or request.query_params.get("since")
        revision = _number(since, self._exchange.store.revision())
        stream = self._stream(self._door.person(request), revision)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def picture(self, request: Request) -> Response:
        """A JPEG that this server encoded itself. Nothing else is ever shown inline."""
        file = self._exchange.store.files.shown(request.path_params["unique_id"])
        if file is None or file.kind not in ("photos", "thumbnails"):
            raise HTTPException(404)
        return FileResponse(
            self._exchange.store.files.content(file),
            media_type="image/jpeg",
            headers={"Cache-Control": "private, max-age=31536000, immutable"},
        )

    async def file(self, request: Request) -> Response:
        """A file to save, as it was sent. No browser is to make anything of it."""
        file = self._exchange.store.files.shown(request.path_params["unique_id"])
        if file is None:
            raise HTTPException(404)
        return FileResponse(
            self._exchange.store.files.content(file),
            media_type="application/octet-stream",
            filename=file.name or "file",
        )

    async def _stream(self, person_id: int, revision: int) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        with self._exchange.feed.listening(person_id) as signs:
            sign: Json = {"kind": "changed"}
            while sign["kind"] != "closed" and not self._exchange.feed.closed:
                if sign["kind"] == "changed":
                    while changed := self._exchange.store.changed_since(person_id, revision):
                        for stored in changed:
                            revision = stored.revision
                            yield _event("message", self._seen(stored), revision)
                elif sign["kind"] == "quiet":
                    yield ": still here\n\n"
                else:
                    yield _event(sign["kind"], self._told(person_id, sign))
                try:
                    sign = await asyncio.wait_for(signs.get(), _HEARTBEAT)
                except TimeoutError:
                    sign = {"kind": "quiet"}

    def _told(self, person_id: int, sign: Json) -> Json:
        if sign["kind"] == "commands":
            language = self._exchange.person(person_id)["language_code"]
            return {"commands": self._commands(language)}
        return sign

    def _seen(self, stored: StoredMessage) -> Json:
        """A message as the page shows it."""
        seen: Json = {"id": stored.id, "mine": not stored.from_bot, "deleted": stored.deleted}
        if stored.deleted:
            return seen
        asides = {name: stored.aside[name] for name in stored.aside if name != "reply_to"}
        return {**seen, **asides, "body": self._exchange.shown(stored)}

    def _commands(self, language: str) -> list[Json]:
        """The list that Telegram would offer: the chat type's before the default, the
        person's language before none."""
        for scope in ("all_private_chats", "default"):
            for code in (language.partition("-")[0], ""):
                kept = self._exchange.store.commands(json.dumps({"type": scope}), code)
                if kept:
                    return kept
        return []


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else default


def _event(kind: str, data: Json, revision: int | None = None) -> str:
    number = f"id: {revision}\n" if revision is not None else ""
    return f"{number}event: {kind}\ndata: {json.dumps(data)}\n\n"
