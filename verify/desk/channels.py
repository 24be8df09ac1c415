"""Channels that the bot is a member of: their posts go into the archive as they come.

Of a channel whose posts nobody had kept its name alone is known. Each of the others is an import
that does not end while it is kept, and is undone like one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from verify.desk.permissions import require
from verify.desk.posts import Posts, Taken
from verify.errors import NotFound
from verify.records import Channel, Person, Post, Role, say
from verify.store.casework import members
from verify.store.chats import channels
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.posts import shelves


class Channels:
    """Which channels are kept, and what comes from them."""

    def __init__(self, store: Store, posts: Posts) -> None:
        self._store = store
        self._posts = posts

    def hear(self, service: str, chat_id: int, title: str) -> bool:
        """Note that the bot is in a channel; whether its posts are kept."""
        return channels.hear(self._store, service, chat_id, title)

    def every(self, person: Person, service: str) -> list[Channel]:
        """All channels that the bot was heard to be in, those whose posts are kept first."""
        require(person, Role.OWNER)
        return channels.every(self._store, service)

    def keep(self, person: Person, service: str, chat_id: int, keep: bool) -> None:
        """Keep the posts of a channel from now on, or no longer. Raises NotFound."""
        require(person, Role.OWNER)
        with self._store.transaction():
            if not channels.enable(self._store, person.id if keep else None, service, chat_id):
                raise NotFound(say("I am not in such a channel."))
            if not keep:
                what = custody.digest(_what(service, chat_id))
                shelves.end_of(self._store, what)
            kind = "channel enabled" if keep else "channel disabled"
            custody.append(self._store, kind, person.id, channel=chat_id)

    def kept_for(self, service: str, chat_id: int) -> Person | None:
        """In whose name the posts of a channel are kept; None where they are not."""
        person_id = channels.enabled_by(self._store, service, chat_id)
        if person_id is None:
            return None
        known = [one for one in members.members(self._store) if one.id == person_id]
        name = known[0].name if known else ""  # who left the desk since had it kept all the same
        return Person(id=person_id, name=name, role=Role.REPORTER)

    def take(
        self,
        person: Person,
        service: str,
        chat_id: int,
        post: Post,
        files: Mapping[int, Path | bytes],
    ) -> Taken:
        """Keep a post, or another version of it, and its files; see `Posts.take`."""
        number = self._posts.begin(person, _what(service, chat_id))
        return self._posts.take(person, number, post, files)


def _what(service: str, chat_id: int) -> str:
    return f"channel {service} {chat_id}"
