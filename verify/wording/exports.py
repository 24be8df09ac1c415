"""What is said of exports of chats and channels: what they would bring, and what they brought."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from verify.records import Archived, ExportPreview, PlaceKind, Sentence, say, say_many

_MOST_PLACES = 5
_MOST_REFUSED = 10
_PROOFMODE = "ProofMode"
_KINDS = {"sha256": "SHA-256", "sha1": "SHA-1", "md5": "MD5", "pdq": "PDQ", "vpdq": "vPDQ"}
_CLOSED = (PlaceKind.CLOSED_GROUP, PlaceKind.PRIVATE)


def would_bring(one: ExportPreview) -> Iterator[Sentence]:
    """What an export would bring to the archive."""
    file = os.fsdecode(one.file)
    yield say("{file}: {format}", file=file, format=one.format)
    if one.hashes:
        yield from _hashes(one.hashes)
        if one.unread:
            yield _unread(one.unread)
        return
    yield say_many("{count} post", "{count} posts", one.posts)
    if one.first:
        yield say("from {first} to {last}", first=one.first, last=one.last)
    yield say_many("{count} account", "{count} accounts", one.accounts)
    if one.people:
        yield say_many(
            "{count} of them is a member of a closed chat: names, numbers and links of such are"
            " not kept",
            "{count} of them are members of closed chats: names, numbers and links of such are"
            " not kept",
            one.people,
        )
    yield say_many("{count} file", "{count} files", one.media)
    if one.missing:
        yield _not_there(one.missing)
    if one.unread:
        yield _unread(one.unread)
    if one.private:
        yield say_many(
            "{count} private chat stays out", "{count} private chats stay out", one.private
        )
    for place in [place for place in one.places if place.coming][:_MOST_PLACES]:
        if place.name and place.kind not in _CLOSED:  # whose names are not kept
            yield say_many(
                "{name}: {count} post", "{name}: {count} posts", place.posts, name=place.name
            )


def brought(found: Archived) -> Iterator[Sentence]:
    """What came of an export."""
    if found.hashes:
        yield from _hashes(found.hashes)
        yield say_many("{count} is new", "{count} are new", found.new)
        yield say("What the list names is said in every case that holds it, whenever it came")
        return
    yield say_many(
        "{count} post, {new} new", "{count} posts, {new} new", found.posts, new=found.new
    )
    yield say_many(
        "{count} file, {new} new", "{count} files, {new} new", found.media, new=found.exhibits_new
    )
    if found.comparing:
        yield say_many(
            "{count} of them is still being compared and read",
            "{count} of them are still being compared and read",
            found.comparing,
        )
    if found.missing:
        yield _not_there(found.missing)
    if found.format == _PROOFMODE:
        yield say("OpenPGP signatures were not checked")


def left_out(found: Archived) -> Iterator[Sentence]:
    """What was refused of an export, and why."""
    for one in found.refused[:_MOST_REFUSED]:
        yield say("{what}: {why}", what=one.what, why=one.why)
    if (left := len(found.refused) - _MOST_REFUSED) > 0:
        yield say("and {count} more", count=left)


def _hashes(several: Iterable[tuple[str, int]]) -> Iterator[Sentence]:
    """How many there are, and of which kinds."""
    counted = dict(several)
    yield say_many("{count} hash", "{count} hashes", sum(counted.values()))
    for kind, name in _KINDS.items():
        if kind in counted:
            yield say("{name}: {count}", name=name, count=counted[kind])


def _unread(count: int) -> Sentence:
    return say_many("{count} part cannot be read", "{count} parts cannot be read", count)


def _not_there(missing: int) -> Sentence:
    return say_many(
        "{count} file is not in the export", "{count} files are not in the export", missing
    )
