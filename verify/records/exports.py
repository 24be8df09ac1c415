"""What an export would bring to the archive, and what came of it."""

from __future__ import annotations

from verify.records.posts import PlaceKind
from verify.records.record import Record
from verify.records.sentences import Sentence


class ExportPlace(Record, frozen=True):
    """A chat or channel of an export, and how many of its posts are in it."""

    id: str
    name: str
    kind: PlaceKind
    posts: int


class ExportPreview(Record, frozen=True):
    """What an export would bring.

    accounts: how many. people: how many of these are members of closed chats, whose names are not
    kept. first, last: as `Post.at`, "" where no time is known. media: files that are there.
    missing: files that are not. unread: parts that cannot be read.
    """

    file: bytes
    format: str
    posts: int
    accounts: int
    people: int
    first: str
    last: str
    media: int
    missing: int
    unread: int
    places: tuple[ExportPlace, ...]


class Refused(Record, frozen=True):
    """A part that was left out, and why."""

    what: str
    why: Sentence


class Archived(Record, frozen=True):
    """What came of one kind of export at one place.

    number: of the import, by which it can be undone. posts: that it holds; new: of these, those
    that were not here. media: files that came with them; exhibits_new, exhibits_known: by whether
    their bytes were here. missing: files that the export lacks.
    """

    file: bytes
    format: str
    number: int
    posts: int
    new: int
    media: int
    exhibits_new: int
    exhibits_known: int
    missing: int
    refused: tuple[Refused, ...]
