"""Which chats of an export come in, and what each of them holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from verify.records import ExportPlace, PlaceKind, Post


@dataclass
class _Chat:
    """What was counted of one. accounts: whether each is of a person in a closed chat."""

    name: str
    kind: PlaceKind
    posts: int = 0
    media: int = 0
    missing: int = 0
    first: str = ""
    last: str = ""
    accounts: dict[tuple[str, str], bool] = field(default_factory=dict)


class Chats:
    """Counts the posts of an export by their chats as they go by."""

    def __init__(self) -> None:
        self._chats: dict[str, _Chat] = {}

    def counted(self, posts: Iterable[Post]) -> Iterator[Post]:
        """The same posts, each of which is counted; its files are not."""
        for one in posts:
            self.add(one)
            yield one

    def add(self, post: Post, there: int = 0) -> None:
        """Count one. there: how many of its files the export has."""
        chat = self._chats.setdefault(post.place, _Chat(post.place_name, post.place_kind))
        chat.posts += 1
        chat.media += there
        chat.missing += len(post.media) - there
        chat.accounts[post.network, post.account or post.handle or post.name] = post.in_closed_chat
        if post.at:
            chat.first = min(chat.first or post.at, post.at)
            chat.last = max(chat.last, post.at)

    def coming(self, asked: Collection[str]) -> dict[str, _Chat]:
        """Those that come in, by their ids: what was asked for by name or id; else all but the
        talks of two in an export of several chats, which nobody takes in by the way."""
        if asked:
            return {id: one for id, one in self._chats.items() if {id, one.name} & {*asked}}
        if len(self._chats) == 1:
            return self._chats
        private = PlaceKind.PRIVATE
        return {id: one for id, one in self._chats.items() if one.kind is not private}

    def places(self, asked: Collection[str]) -> tuple[ExportPlace, ...]:
        """All of them, the largest first."""
        coming = self.coming(asked)
        told = (
            ExportPlace(id=id, name=one.name, kind=one.kind, posts=one.posts, coming=id in coming)
            for id, one in self._chats.items()
        )
        return tuple(sorted(told, key=lambda place: -place.posts))
