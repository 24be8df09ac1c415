"""Which posts show a picture, and what is known of the accounts that they are by.

However many pictures there are, a fixed number of queries tells it of all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

import msgspec

from verify.records import KeptPost, Match, Person, Poster
from verify.store.casework import verdicts
from verify.store.database.connection import Store
from verify.store.pictures import exhibits, matches
from verify.store.posts import accounts, posts

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Posted:
    """Posts, in the order of their times, by the digest of what they show; and accounts by id."""

    by_digest: Mapping[str, list[KeptPost]]
    voices: Mapping[int, Poster]

    def of(self, digests: Iterable[str]) -> tuple[KeptPost, ...]:
        """The posts that show any of these, each once, in the order of their times."""
        shown = chain.from_iterable(self.by_digest.get(one, ()) for one in {*digests})
        each = {one.id: one for one in shown}.values()
        return tuple(
            sorted(each, key=lambda one: (one.latest is None, one.latest or _NEVER, one.id))
        )

    def by(self, several: Iterable[KeptPost]) -> tuple[Poster, ...]:
        """Who posted these, in their order."""
        ids = dict.fromkeys(one.account_id for one in several)
        return tuple(self.voices[one] for one in ids if one in self.voices)


def posted(store: Store, person: Person, exhibit_ids: set[int]) -> Posted:
    """What a person may know of the posts that show any of these exhibits."""
    shown = posts.showing(store, person, exhibit_ids)
    by_digest: dict[str, list[KeptPost]] = {}
    for one in shown:
        for sha256 in one.exhibits:
            by_digest.setdefault(sha256, []).append(one)
    voices = accounts.voices(store, person, {one.account_id for one in shown})
    if not voices:
        return Posted(by_digest, {})
    wrong = _out_of_context(store, person)
    told = {
        id: msgspec.structs.replace(voice, out_of_context=frozenset(wrong.get(id, ())))
        for id, voice in voices.items()
    }
    return Posted(by_digest, told)


def digests_shown(own: str, found: Iterable[Match]) -> set[str]:
    """An exhibit's digest, and those of what it matches."""
    return {own, *(one.earlier_sha256 for one in found)}


def _out_of_context(store: Store, person: Person) -> dict[int, set[str]]:
    """By account the digests of what it posted and was concluded to be out of context."""
    concluded = verdicts.out_of_context(store, person)
    copies = concluded.union(*matches.copies(store, concluded))
    digests = exhibits.digests(store, copies)
    found: dict[int, set[str]] = {}
    for exhibit_id, by in accounts.posting(store, person, copies).items():
        for account_id in by:
            found.setdefault(account_id, set()).add(digests[exhibit_id])
    return found
