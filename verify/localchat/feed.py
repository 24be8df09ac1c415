"""Wakes whoever waits: the bot for updates, the page for changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


class Bell:
    """Rings for all who took its next ring before."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def next(self) -> asyncio.Event:
        """The next ring. Take it before looking for news: a ring in between is not missed."""
        return self._rung

    def ring(self) -> None:
        """Wake everybody who waits."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()


class Feed:
    """What one page follows: that messages changed, and signs that are not kept.

    Signs are the bot typing and the answer to a button; a page that is away misses them.
    """

    def __init__(self) -> None:
        self._listeners: dict[asyncio.Queue[Json], int] = {}
        self.closed = False

    @contextlib.contextmanager
    def listening(self, chat_id: int) -> Iterator[asyncio.Queue[Json]]:
        """A queue of the chat's signs; `{"kind": "changed"}` says to look at the messages."""
        queue: asyncio.Queue[Json] = asyncio.Queue(maxsize=1000)
        self._listeners[queue] = chat_id
        try:
            yield queue
        finally:
            self._listeners.pop(queue, None)

    def tell(self, chat_id: int, kind: str, **values: Any) -> None:
        """Send a sign to the pages that show a chat."""
        for queue, listens_to in self._listeners.items():
            if listens_to == chat_id:
                with contextlib.suppress(asyncio.QueueFull):
                    queue.put_nowait({"kind": kind, **values})

    def close(self) -> None:
        """Let every page go, so that the server can stop."""
        self.closed = True
        for chat_id in set(self._listeners.values()):
            self.tell(chat_id, "closed")
