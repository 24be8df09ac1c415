"""The importers: one file a format of exports, found by walking this package in the order of names.

A module whose name begins with `_` is what several share. An importer is one with `NAME` (what
people call the format), `recognises(source)` (by the file's name and first bytes alone) and
`read(source)`, which yields posts (of a list of hashes these) in the order of the file and, for
whatever part of it cannot be read, an `Unread` in its place: the rest comes in. It opens no file,
and reads the source piece by piece: an export may be larger than the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple, Protocol

from verify.lab.importers._media import leads_elsewhere
from verify.lab.reading_at import ReadAt
from verify.records import DateOrder, ListedHash, Post, Sentence, Unread, say


class Source(NamedTuple):
    """One file of an export.

    name: its own, without folders. beside: the files below the folder that it lies in, with `/`
    between parts; what a post names must be one of them. dates: how to read `3/4/2020` where
    nothing in the file tells; None while nobody was asked.
    """

    name: str
    content: ReadAt
    beside: frozenset[str] = frozenset()
    dates: DateOrder | None = None


class AmbiguousDatesError(Exception):
    """Every date of the export can be read both ways: somebody has to be asked."""


class NotAnExportError(Exception):
    """No importer recognises the file."""


class Importer(Protocol):
    """What each module here must be."""

    __name__: str
    NAME: str

    def recognises(self, source: Source, /) -> bool: ...

    def read(self, source: Source, /) -> Iterator[Post | ListedHash | Unread]: ...


def told(importer: Importer, source: Source) -> Iterator[Post | ListedHash | Unread]:
    """What it reads, and behind a post a line for each of its parts that does not come in as it
    stands there: a time that is none, a name that is too long, a file that lies elsewhere."""
    for one in importer.read(source):
        yield one
        if isinstance(one, Post):
            for why in _amiss(one):
                yield Unread(what=one.id or source.name[:300], why=why)


def _amiss(post: Post) -> Iterator[Sentence]:
    if post.impossible and post.at:
        yield say(
            "Where its time should stand is {written}, which is none; it comes in with another time"
            " that stands in the export.",
            written=post.impossible,
        )
    elif post.impossible:
        yield say(
            "Where its time should stand is {written}, which is none; the post comes in without.",
            written=post.impossible,
        )
    if post.shortened:
        yield say(
            "Something in it is longer than {most} characters: only its beginning comes in.",
            most=post.shortened,
        )
    for file in post.media:
        if leads_elsewhere(file.missing):
            yield say(
                "It names the file {name}, which would lie outside of the export: it was not looked"
                " for.",
                name=file.missing,
            )


@cache
def importers() -> tuple[Importer, ...]:
    """All of them, in the order of their names. Call it while files can still be opened."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    return tuple(import_module(f"{__name__}.{name}") for name in names)


def importer_of(source: Source) -> Importer:
    """The first that recognises a file. Raises NotAnExportError."""
    for importer in importers():
        if importer.recognises(source):
            return importer
    raise NotAnExportError
