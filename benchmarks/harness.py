"""What runs that try to break a desk share: a desk behind the local chat, and a look at its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.chat.application import Chat, build
from verify.config import read_config
from verify.desk import Desk
from verify.localchat import LocalChat
from verify.store.folder.home import Home
from verify.store.keeping.audit import audit

_SHOWING = {
    "Checklist",
    "More",
    "Less",
    "Details",
    "Back to the examination",
    "Next item ›",
    "Matches",
}


@dataclass(frozen=True)
class Office:
    """A desk, the chat before it, and the ids of those who write to it."""

    desk: Desk
    chat: LocalChat
    people: tuple[int, ...]

    def bot(self, home: Path, **connection: Any) -> Chat:
        """The bot between the two. connection: what `build` takes beyond them."""
        return build(
            read_config({"VERIFY_HOME": str(home)}),
            self.desk,
            token=self.chat.token,
            owners=frozenset(self.people),
            service="localchat",
            base_url=self.chat.address,
            **connection,
        )


@asynccontextmanager
async def office(home: Path, people: int) -> AsyncIterator[Office]:
    """A desk that so many people write to; both ends are closed in the end."""
    desk = Desk(home)
    chat = LocalChat(home, desk.sandbox)
    added = [chat.exchange.store.add_person(f"Person {n}", "en") for n in range(2, people + 1)]
    try:
        yield Office(desk, chat, (chat.you, *added))
    finally:
        await chat.stop()
        desk.close()


def custody(home: Path) -> list[str]:
    """What an audit of the home finds wrong; empty where it is whole."""
    found = Home(home, reading=True)
    checked = audit(found)
    found.close()
    return [] if checked.whole else [str(checked)]


def showing(
    messages: Iterable[Mapping[str, Any]], *, also: frozenset[str] = frozenset()
) -> list[tuple[int, dict[str, str]]]:
    """The buttons under messages that only show something, with the message's number.

    also: further words on buttons that count as such.
    """
    return [
        (message["message_id"], button)
        for message in messages
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if button["text"].strip() in _SHOWING | also
    ]
