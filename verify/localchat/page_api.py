"""What the page asks of the server: messages, actions, pictures, and a stream of changes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from verify.errors import BadInput, NotFound, VerifyError
from verify.language import Reader, languages, nearest, plain
from verify.localchat import people
from verify.localchat.exchange import Exchange, Json
from verify.localchat.sessions import Sessions
from verify.localchat.uploads import Uploads
from verify.localchat.words import WORDS
from verify.records import Origin, say
from verify.store.localchat import StoredMessage

_BODY_BYTES = 300_000
_HEARTBEAT = 15.0
_PAGE = 60

Action = Callable[[int, Json], Awaitable[Json]]


class PageApi:
    """The page's endpoints. Each needs a session; each speaks for the default person."""

    def __init__(self, exchange: Exchange, sessions: Sessions, you: int) -> None:
        self._exchange = exchange
        self._sessions = sessions
        self._uploads = Uploads(exchange.store)
        self._you = you
        actions: dict[str, Action] = {
            "send": self.send,
            "edit": self.edit,
            "press": self.press,
            "language": self.language,
        }
        self.routes = [
            Route("/api/start", self._guarded(self.start)),
            Route("/api/messages", self._guarded(self.messages)),
            Route("/api/events", self._guarded(self.events)),
            Route("/api/picture/{unique_id}", self._guarded(self.picture)),
            Route("/api/file/{unique_id}", self._guarded(self.file)),
            Route("/api/upload", self._guarded(self.upload), methods=["POST"]),
            *(
                Route(f"/api/{name}", self._guarded(self._action(action)), methods=["POST"])
                for name, action in actions.items()
            ),
        ]

    # --- reading ---

    async def start(self, request: Request) -> Response:
        """Everything that a page needs once: who, words in their language, commands."""
        person = self._exchange.person(self._person(request))
        language = person["language_code"]
        reader = Reader(language, ZoneInfo("UTC"))
        return JSONResponse(
            {
                "person": person,
                "bot": self._exchange.bot,
                "language": nearest(language),
                "languages": languages(),
                "words": {name: plain(word, reader) for name, word in WORDS.items()},
                "commands": self._commands(language),
                "revision": self._exchange.store.revision(),
            }
        )

    async def messages(self, request: Request) -> Response:
        """The last messages, or those before one."""
        before = request.query_params.get("before", "")
        number = int(before) if before.isdecimal() else 2**62
        stored = self._exchange.store.messages(self._person(request), number, _PAGE)
        return JSONResponse(
            {"messages": [self._seen(one) for one in stored], "more": len(stored) == _PAGE}
        )

    async def events(self, request: Request) -> Response:
        """Server-sent events: messages as they change, and signs of the bot."""
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        revision = int(since) if since.isdecimal() else self._exchange.store.revision()
        stream = self._stream(self._person(request), revision)
        return StreamingResponse(stream, media_type="text/event-stream")

    async def picture(self, request: Request) -> Response:
        """A JPEG that this server encoded itself. Nothing else is ever shown inline."""
        file = self._exchange.store.file_shown(request.path_params["unique_id"])
        if file is None or file.kind not in ("photos", "thumbnails"):
            raise HTTPException(404)
        return FileResponse(
            self._exchange.store.content(file),
            media_type="image/jpeg",
            headers={"Cache-Control": "private, max-age=31536000, immutable"},
        )

    async def file(self, request: Request) -> Response:
        """A file to save, as it was sent. No browser is to make anything of it."""
        file = self._exchange.store.file_shown(request.path_params["unique_id"])
        if file is None:
            raise HTTPException(404)
        return FileResponse(
            self._exchange.store.content(file),
            media_type="application/octet-stream",
            filename=file.name or "file",
        )

    async def _stream(self, person_id: int, revision: int) -> AsyncIterator[str]:
        with self._exchange.feed.listening(person_id) as signs:
            sign: Json = {"kind": "changed"}
            while sign["kind"] != "closed" and not self._exchange.feed.closed:
                if sign["kind"] == "changed":
                    for stored in self._exchange.store.changed_since(person_id, revision):
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

    # --- acting ---

    async def upload(self, request: Request) -> Response:
        """One file as the request's body; its name and type as parameters."""
        name = request.query_params.get("name", "")[:255]
        media_type = request.query_params.get("type", "")[:100]
        token = await self._uploads.take(request.stream(), name, media_type)
        return JSONResponse({"upload": token})

    async def send(self, person_id: int, asked: Json) -> Json:
        """A text, or files that were uploaded before; perhaps forwarded, perhaps a reply."""
        text = str(asked.get("text") or "")
        tokens = [str(token) for token in asked.get("uploads") or []]
        reply_to = _number(asked.get("reply_to"))
        origin = _origin(asked.get("origin"))
        if not tokens:
            await people.send_text(
                self._exchange, person_id, text, reply_to=reply_to, origin=origin
            )
            return {}
        uploads = await self._uploads.read(tokens)
        await people.send_files(
            self._exchange,
            person_id,
            uploads,
            as_photo=bool(asked.get("as_photo")),
            caption=text,
            reply_to=reply_to,
            origin=origin,
            spoiler=bool(asked.get("spoiler")),
        )
        for token in tokens:
            self._uploads.drop(token)
        return {}

    async def edit(self, person_id: int, asked: Json) -> Json:
        """New words for one's own message."""
        number = _number(asked.get("message_id")) or 0
        await people.edit(self._exchange, person_id, number, str(asked.get("text") or ""))
        return {}

    async def press(self, person_id: int, asked: Json) -> Json:
        """Press a button of a message."""
        number = _number(asked.get("message_id")) or 0
        data = str(asked.get("data") or "")
        return {"callback_id": await people.press(self._exchange, person_id, number, data)}

    async def language(self, person_id: int, asked: Json) -> Json:
        """Choose the language of the page, and the one that the bot is told."""
        self._exchange.store.set_language(person_id, nearest(str(asked.get("language") or "")))
        return {}

    # --- around every endpoint ---

    def _person(self, request: Request) -> int:
        """Who acts: the person the page was opened for."""
        return self._you

    def _action(self, action: Action) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(await action(self._person(request), await _object(request)))

        return endpoint

    def _guarded(
        self, endpoint: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            if not self._sessions.knows(request):
                sentence = say(
                    "This page is no longer signed in. Open the address that is printed "
                    "when the desk starts."
                )
                return self._told_off(request, sentence, 401)
            try:
                return await endpoint(request)
            except NotFound as error:
                return self._told_off(request, error.sentence, 404)
            except VerifyError as error:
                return self._told_off(request, error.sentence, 400)
            except ClientDisconnect:
                return Response(status_code=400)

        return guarded

    def _told_off(self, request: Request, sentence: Any, status: int) -> Response:
        language = self._exchange.person(self._person(request))["language_code"]
        text = plain(sentence, Reader(language, ZoneInfo("UTC")))
        return JSONResponse({"error": text}, status_code=status)


async def _object(request: Request) -> Json:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_BYTES:
            raise BadInput(say("This is too long to send at once. Send it in parts."))
    try:
        asked = json.loads(body)
    except ValueError as error:
        raise BadInput(say("The page sent something unreadable. Load it again.")) from error
    if not isinstance(asked, dict):
        raise BadInput(say("The page sent something unreadable. Load it again."))
    return asked


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 < value < 2**53 else None


def _origin(value: Any) -> Origin | None:
    if not value:
        return None
    try:
        return msgspec.convert(value, Origin)
    except msgspec.ValidationError as error:
        raise BadInput(
            say("Where the message was forwarded from could not be read: check the fields.")
        ) from error


def _event(kind: str, data: Json, revision: int | None = None) -> str:
    number = f"id: {revision}\n" if revision is not None else ""
    return f"{number}event: {kind}\ndata: {json.dumps(data)}\n\n"
