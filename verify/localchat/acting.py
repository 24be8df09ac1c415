"""What the page does: it uploads, sends, edits, presses, and chooses a language."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from verify.errors import BadInput
from verify.language import nearest
from verify.localchat import switching, user_actions
from verify.localchat.door import Call, Door, Endpoint
from verify.localchat.exchange import Exchange, Json
from verify.localchat.uploads import Uploads
from verify.records import Origin, say

Action = Callable[[int, Json], Awaitable[Json]]


class Acting:
    """The endpoints that change something."""

    def __init__(self, exchange: Exchange, door: Door, address: Callable[[], str]) -> None:
        """address: what lets another browser in."""
        self._exchange = exchange
        self._address = address
        self._uploads = Uploads(exchange.store.files)
        actions: dict[str, Action] = {
            "send": self.send,
            "edit": self.edit,
            "press": self.press,
            "language": self.language,
            "people": self.people,
            "name": self.name,
            "key": self.key,
        }
        self.routes = [door.route(name, _endpoint(action)) for name, action in actions.items()]
        self.routes.append(door.route("upload", self.upload))

    async def upload(self, call: Call) -> Json:
        """One file, whose name and type are asked; its bytes follow."""
        name = str(call.asked.get("name") or "")[:255]
        media_type = str(call.asked.get("type") or "")[:100]
        return {"upload": await self._uploads.take(call.chunks, name, media_type)}

    async def send(self, person_id: int, asked: Json) -> Json:
        """A text, or files that were uploaded before; perhaps forwarded, perhaps a reply."""
        text = str(asked.get("text") or "")
        uploaded = asked.get("uploads") or []
        tokens = [str(token) for token in uploaded] if isinstance(uploaded, list) else []
        reply_to = _number(asked.get("reply_to"))
        origin = _origin(asked.get("origin"))
        if not tokens:
            await user_actions.send_text(
                self._exchange, person_id, text, reply_to=reply_to, origin=origin
            )
            return {}
        uploads = await self._uploads.read(tokens)
        await user_actions.send_files(
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
        await user_actions.edit(self._exchange, person_id, number, str(asked.get("text") or ""))
        return {}

    async def press(self, person_id: int, asked: Json) -> Json:
        """Press a button of a message."""
        number = _number(asked.get("message_id")) or 0
        data = str(asked.get("data") or "")
        return {"callback_id": await user_actions.press(self._exchange, person_id, number, data)}

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

    async def key(self, person_id: int, asked: Json) -> Json:
        """The address that lets one more browser in."""
        return {"address": self._address()}


def _endpoint(action: Action) -> Endpoint:
    async def endpoint(call: Call) -> Json:
        return await action(call.person, call.asked)

    return endpoint


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
