"""What the bot's methods and the people's actions share: store, pictures, who waits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from verify.language import nearest
from verify.localchat.feed import Bell, Feed
from verify.localchat.pictures import Pictures
from verify.localchat.refusals import Refused
from verify.records import About
from verify.store.localchat import NOTHING, ChatStore, StoredMessage
from verify.store.localchat.files import named_in

Json = dict[str, Any]


@dataclass
class Exchange:
    """The chat's state. Used from one event loop."""

    store: ChatStore
    pictures: Pictures
    bot: Json
    by_path: bool = False  # files are named by where they lie, however large
    feed: Feed = field(default_factory=Feed)
    updates: Bell = field(default_factory=Bell)
    poll: asyncio.Future[None] | None = None
    closing: bool = False

    def close(self) -> None:
        """End every wait, so that the server can stop."""
        self.closing = True
        self.updates.ring()
        self.feed.close()

    # --- who ---

    def person(self, person_id: int) -> Json:
        """A person as the Bot API's User. Raises Refused when there is none."""
        known = self.store.person(person_id)
        if known is None:
            raise Refused("chat not found")
        language = known[2] or nearest("")
        return {"id": known[0], "is_bot": False, "first_name": known[1], "language_code": language}

    def chat(self, chat_id: int) -> Json:
        """The private chat with a person. Raises Refused when there is none."""
        person = self.person(chat_id)
        return {"id": chat_id, "type": "private", "first_name": person["first_name"]}

    # --- messages ---

    def post(
        self, chat_id: int, content: Json, aside: Json, *, from_bot: bool, about: About = NOTHING
    ) -> Json:
        """Add a message; one by a person also becomes an update for the bot.

        about: what it shows or speaks of. Raises Refused where that was wiped, DiskRefused where
        a person's would find no room for the answer.
        """
        chat = self.chat(chat_id)
        sender = self.bot if from_bot else self.person(chat_id)
        body = {"from": sender, "chat": chat, "date": int(time.time()), **content}
        with self._standing(content, about):
            message_id = self.store.add_message(chat_id, from_bot, body, aside, about)
            message = self.message(chat_id, message_id)
            if not from_bot:
                self.queue("message", message)
        self.feed.tell(chat_id, "changed")
        return message

    def change(self, stored: StoredMessage, body: Json, aside: Json, about: About) -> Json:
        """Replace what a message of the bot's says. Raises Refused where that was wiped."""
        with self._standing(body, about):
            self.store.change_message(stored.id, body, aside, about)
        self.feed.tell(stored.chat_id, "changed")
        return self.message(stored.chat_id, stored.id)

    @contextlib.contextmanager
    def _standing(self, content: Json, about: About) -> Iterator[None]:
        """Let nothing about a wiped case in, and keep no file of what is not let in."""
        try:
            with self.store.transaction():
                if self.store.wiped(about):
                    raise Refused("Forbidden: this case was wiped", code=403)
                yield
        except BaseException:
            self.store.files.drop_unshown(named_in(content))
            raise

    def queue(self, kind: str, body: Json) -> None:
        """Queue an update, unless the bot does not want its kind.

        Raises DiskRefused where the answer would find no room.
        """
        self.store.require_room()
        wanted = json.loads(self.store.setting("allowed_updates", "[]"))
        if not wanted or kind in wanted:
            self.store.updates.add(kind, body)
            self.updates.ring()

    def message(self, chat_id: int, message_id: int) -> Json:
        """A message as the Bot API shows it."""
        stored = self.store.message(chat_id, message_id)
        if stored is None:
            raise Refused("message not found")
        return self.shown(stored)

    def shown(self, stored: StoredMessage) -> Json:
        """A stored message as the Bot API shows it, with what it replies to."""
        message: Json = {"message_id": stored.id, **stored.body}
        if reply_to := stored.aside.get("reply_to"):
            replied = self.store.message(stored.chat_id, reply_to)
            if replied is not None:
                message["reply_to_message"] = {"message_id": replied.id, **replied.body}
        return message
