"""What a desk and the computers that work for it say to each other of one file.

What they answer is believed as little as the lab's child: `verify.cluster.belief`.
"""

from __future__ import annotations

from msgspec import field

from verify.readers.text import Read
from verify.records import Examination, Record, SentAs, TrustLists, View
from verify.store.pictures.matches import Correspondence


class Handed(Record, frozen=True):
    """A file. path: where it lies below the folder that is shared, in bytes as its name is; b""
    where its bytes come along, as `content`."""

    sha256: str
    size: int
    path: bytes = b""
    content: bytes = b""


class ToDescribe(Record, frozen=True, tag=True):
    """Have the lab examine a file. frames: with the grey frames that prove matches, which are
    large."""

    file: Handed
    filename: str
    declared_type: str
    sent_as: SentAs
    trust: TrustLists
    frames: bool = False


class ToCompare(Record, frozen=True, tag=True):
    """Read a picture, and look for it in what was copied for that.

    views: as a search needs them, but for their frames; None where the lab is to see them again.
    search: where the copy lies below the folder that is shared; b"" where the desk searches.
    """

    file: Handed
    again: ToDescribe
    exhibit_id: int
    views: tuple[View, ...] | None
    search: bytes = b""


class Described(Record, frozen=True, tag=True):
    """What the lab saw."""

    examination: Examination


class Compared(Record, frozen=True, tag=True):
    """What was read in a picture, None where there is none; what it matches, None where nobody
    looked; and what looks like it."""

    read: Read | None
    found: list[Correspondence] | None = None
    alike: list[Correspondence] = field(default_factory=list)
