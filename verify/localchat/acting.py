"""What the page does: it uploads, sends, edits, presses, and chooses a language."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from verify.errors import BadInput
from verify.language import nearest
from verify.localchat import people, switching
from verify.localchat.door import Door, Endpoint
from verify.localchat.exchange import Exchange, Json
from verify.localchat.uploads import Uploads
from verify.records import Origin, say

_BODY_BYTES = 300_000
_WHOLE = ("utf-8", "replace")

Action = Callable[[int, Json], Awaitable[Json]]


class Acting:
    """The endpoints that change something. Each reads one JSON object, but for the upload."""

    def __init__(self, exchange: Exchange, door: Door) -> None:
        self._exchange = exchange
        self._door = door
        self._uploads = Uploads(exchange.store.files)
        actions: dict[str, Action] = {
            "send": self.send,
            "edit": self.edit,
            "press": self.press,
            "language": self.language,
            "people": self.people,
            "name": self.name,
        }
        endpoints = {name: self._endpoint(action) for name, action in actions.items()}
        endpoints["upload"] = self.upload
        self.routes = [
            Route(f"/api/{name}", door.guarded(endpoint), methods=["POST"])
            for name, endpoint in endpoints.items()
        ]

    async def upload(self, request: Request) -> Response:
        """One file as the request's body; its name and type as parameters."""
        name = request.query_params.get("name", "")[:255]
        media_type = request.query_params.get("type", "")[:100]
        token = await self._uploads.take(request.stream(), name, media_type)
        return JSONResponse({"upload": token})

    async def send(self, person_id: int, asked: Json) -> Json:
        """A text, or files that were uploaded before; perhaps forwarded, perhaps a reply."""
        text = str(asked.get("text") or "")
        uploaded = asked.get("uploads") or []
        tokens = [str(token) for token in uploaded] if isinstance(uploaded, list) else []
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
        """Choose the language of the page, which is the one that the bot is told."""
        self._exchange.store.set_language(person_id, nearest(str(asked.get("language") or "")))
        return {}

    async def people(self, person_id: int, asked: Json) -> Json:
        """Add somebody to the people of this page."""
        language = self._exchange.person(person_id)["language_code"]
        name = str(asked.get("name") or "")
        return {"person": switching.add(self._exchange, name, language)}

    async def name(self, person_id: int, asked: Json) -> Json:
        """Choose the name under which the desk knows this person."""
        switching.rename(self._exchange, person_id, str(asked.get("name") or ""))
        return {"person": person_id}

    def _endpoint(self, action: Action) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            return JSONResponse(await action(self._door.person(request), await _object(request)))

        return endpoint


async def _object(request: Request) -> Json:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_BYTES:
            raise BadInput(say("This is too long to send at once. Send it in parts."))
    try:
        # Half characters, which JSON can carry, are replaced: nothing could store them
        asked = json.loads(json.dumps(json.loads(body), ensure_ascii=False).encode(*_WHOLE))
    except (ValueError, RecursionError) as error:
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
