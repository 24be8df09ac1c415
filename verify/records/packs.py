"""Packs: what others checked and published, or look at, by fingerprints and features, without the
pictures."""

from __future__ import annotations

from datetime import date, datetime

from verify.records.record import Record
from verify.records.verdicts import Rating
from verify.records.views import Corners, Features, View, ViewKind


class PackHeader(Record, frozen=True):
    """What a pack says of itself.

    publisher: who answers for it. made_at, expires_at: aware. withdraws: the digests of earlier
    packs of the same key, or of entries in them, that count no more. unpublished: whether its
    entries are `SharedEntry`, for desks that the publisher chose.
    """

    name: str
    publisher: str
    made_at: datetime
    expires_at: datetime
    withdraws: tuple[str, ...] = ()
    unpublished: bool = False


class PackedView(Record, frozen=True):
    """A view of what was checked. pdq: 32 bytes, b"" where it would not tell pictures apart;
    features: at most 200 points and the thumbnail, no frame; of unpublished work no thumbnail."""

    kind: ViewKind = ViewKind.WHOLE
    pdq: bytes = b""
    at_ms: int | None = None
    corners: Corners | None = None
    number: int | None = None
    features: Features | None = None

    def bare(self) -> View:
        """Which view it is."""
        return View(kind=self.kind, at_ms=self.at_ms, corners=self.corners, number=self.number)


class PackEntry(Record, frozen=True):
    """One picture or film that somebody checked. by: who; on: when it was published; link: where
    that can be read; claim: what was said of it, as far as told."""

    rating: Rating
    by: str
    on: date
    link: str
    views: tuple[PackedView, ...]
    claim: str = ""


class SharedEntry(Record, frozen=True):
    """One picture or film that a desk looks at and did not publish. ask: whom to ask about it, and
    how. Nothing is told of what anybody says or thinks of it."""

    ask: str
    views: tuple[PackedView, ...]


class Pack(Record, frozen=True):
    """A pack that the desk has. number: by which people name it. key: the fingerprint of the
    publisher's key. digest: SHA-256 of what is signed. unpublished: as in `PackHeader`."""

    number: int
    name: str
    publisher: str
    key: str
    digest: str
    made_at: datetime
    expires_at: datetime
    added_at: datetime
    entries: int
    unpublished: bool = False


class CheckedElsewhere(Record, frozen=True):
    """That a pack has what an exhibit shows: others checked it, or are looking at it, and not this
    desk.

    entry: its number here. pack, publisher: whose word it is. rating, by, on, link, claim: what was
    published; None and "" where nothing was, then `ask` says whom to ask. method, distance: as of
    a match. view: which of the exhibit; region: where in it, None for all of it.
    """

    entry: int
    pack: str
    publisher: str
    rating: Rating | None
    by: str
    on: date | None
    link: str
    claim: str
    ask: str
    method: str
    distance: int | None = None
    view: ViewKind = ViewKind.WHOLE
    at_ms: int | None = None
    region: Corners | None = None


class Going(Record, frozen=True):
    """What of a case would go into a pack: so many of its files, by which they are found again."""

    case: int
    entries: int
    files: int


class GivenPack(Record, frozen=True):
    """A pack of unpublished work that the desk gave to others. number: here. recipients: the age
    keys that it is encrypted to. cases: from which it was made; withdrawn: those of them that are
    taken back, as far as whoever has the pack learns of it."""

    number: int
    name: str
    digest: str
    recipients: tuple[str, ...]
    given_at: datetime
    expires_at: datetime
    entries: int
    cases: tuple[int, ...]
    withdrawn: tuple[int, ...] = ()
