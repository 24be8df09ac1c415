"""What an export would bring to the archive, and what came of it."""

from __future__ import annotations

from enum import StrEnum

from verify.records.posts import PlaceKind
from verify.records.record import Record
from verify.records.sentences import Sentence


class DateOrder(StrEnum):
    """How an export writes dates that can be read in two ways, as somebody said.

    UNDATED: nobody can tell, and its posts come in without a time.
    """

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    UNDATED = "undated"


class ExportPlace(Record, frozen=True):
    """A chat or channel of an export, and how many of its posts are in it.

    coming: whether it comes in as the export was asked for.
    """

    id: str
    name: str
    kind: PlaceKind
    posts: int
    coming: bool = True


class ExportPreview(Record, frozen=True):
    """What of an export would come in; it is counted alone. places: all that there are.

    accounts: how many. people: how many of these are members of closed chats, whose names are not
    kept. first, last: as `Post.at`, "" where no time is known. media: files that are there.
    missing: files that are not. unread: parts that cannot be read. hashes: how many of which kind,
    in a list of these.
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
    hashes: tuple[tuple[str, int], ...] = ()

    @property
    def private(self) -> int:
        """How many talks of two stay out."""
        kept_out = (one for one in self.places if not one.coming)
        return sum(one.kind is PlaceKind.PRIVATE for one in kept_out)


class Refused(Record, frozen=True):
    """A part that was left out, and why. by_choice: as the desk does unless it is asked for it,
    so that nothing is amiss."""

    what: str
    why: Sentence
    by_choice: bool = False


class Archived(Record, frozen=True):
    """What came of one kind of export at one place.

    number: of the import, by which it can be undone. posts: that it holds; new: of these, those
    that were not here. media: files that came with them; exhibits_new, exhibits_known: by whether
    their bytes were here. missing: files that the export lacks. hashes: of a list of these, how
    many of which kind; then new counts those that no list had.
    their bytes were here. missing: files that the export lacks. comparing: pictures and films that
    are still to be compared with others and read.
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
    hashes: tuple[tuple[str, int], ...] = ()
    comparing: int = 0
