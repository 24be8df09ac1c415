"""Pasted links are kept as words: nothing visits them, and the service shows no previews."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from tests.chat.room import Room, words
from tests.photographs import encode, photograph

SAYING = ("sendMessage", "editMessageText")


def test_links_are_never_fetched_and_never_previewed(home: Path) -> None:
    sent: list[tuple[str, str]] = []

    class Watched(httpx.ASGITransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            method = request.url.path.rpartition("/")[2]
            if method in SAYING:
                asked = parse_qs((await request.aread()).decode())
                sent.append((asked["text"][0], asked.get("link_preview_options", ["{}"])[0]))
            return await super().handle_async_request(request)

    async def talk(link: str) -> None:
        room = await Room(home, "localchat", transport=Watched).enter()
        try:
            await room.send(encode(photograph("china")), "a.jpg", caption=f"Seen at {link}")
            await room.say(f"Also at {link}")
            await room.say("/search example")
            assert room.case(1).sightings[0].links == (link,)
            assert words(room.answers()[-1])
        finally:
            await room.leave()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        link = f"http://127.0.0.1:{listener.getsockname()[1]}/example.jpg"
        asyncio.run(asyncio.wait_for(talk(link), 240))
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert len(sent) > 3
    assert [text for text, preview in sent if not json.loads(preview).get("is_disabled")] == []
