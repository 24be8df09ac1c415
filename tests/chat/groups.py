"""A service with groups, which the local chat has not: it takes what the bot says in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.chat.room import Json, Room

UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"


class Groups(httpx.ASGITransport):
    """Keeps every call about a group; a group in `upgraded` refuses it and names the new one."""

    upgraded: dict[int, int]
    calls: list[tuple[str, Json]]

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self.upgraded, self.calls, self._numbers = {}, [], count(5000)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        fields = {name: values[0] for name, values in parse_qs(body.decode("latin-1")).items()}
        if not (told := fields.get("chat_id", "")).startswith("-"):
            return await super().handle_async_request(request)
        if into := self.upgraded.get(int(told)):
            parameters = {"migrate_to_chat_id": into}
            refused = {"ok": False, "error_code": 400, "description": UPGRADED}
            return httpx.Response(400, json={**refused, "parameters": parameters})
        self.calls.append((request.url.path.rpartition("/")[2], fields))
        result = {"message_id": next(self._numbers), "date": 0, "chat": {"id": 0, "type": "group"}}
        return httpx.Response(200, json={"ok": True, "result": result})


class Talk:
    """What is said in the groups of a room that was built with `Groups`."""

    def __init__(self, room: Room, transport: Groups) -> None:
        self.room, self.service, self._number = room, transport, count(9000)

    async def hear(self, chat: int = -100, sender: int = 1001, **content: Any) -> list[Json]:
        """Let the bot have a message; gives what it said in groups since."""
        number = next(self._number)
        text = content.get("text", "")
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0]) if text else 0}
        message = {
            "message_id": number,
            "date": 1700000000,
            "chat": {"id": chat, "type": "supergroup" if chat < -1000 else "group", "title": "All"},
            "from": {"id": sender, "is_bot": False, "first_name": "Olga"},
            **({"entities": [entity]} if text.startswith("/") else {}),
            **content,
        }
        return await self.update(message=message)

    async def press(self, data: str, chat: int = -100, sender: int = 1001) -> list[Json]:
        message = {"message_id": 7, "date": 0, "chat": {"id": chat, "type": "group"}}
        user = {"id": sender, "is_bot": False, "first_name": "Olga"}
        query = {"id": "1", "from": user, "chat_instance": "1", "data": data, "message": message}
        return await self.update(callback_query=query)

    async def update(self, **what: Any) -> list[Json]:
        before = len(self.service.calls)
        await self.room.chat.inbox.keep([{"update_id": next(self._number), **what}])
        await self.room.settle()
        return list(self._said(before))

    def _said(self, since: int) -> Iterator[Json]:
        return (fields for name, fields in self.service.calls[since:] if "text" in fields)


def buttons(said: Json) -> dict[str, str]:
    """The data of each button under a message, by its label."""
    rows = json.loads(said["reply_markup"])["inline_keyboard"]
    return {one["text"]: one["callback_data"] for row in rows for one in row}
