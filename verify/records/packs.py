"""Packs: what others checked and published, by fingerprints and features, without the pictures."""

from __future__ import annotations

from datetime import date, datetime

from verify.records.record import Record
from verify.records.verdicts import Rating
from verify.records.views import Corners, Features, View, ViewKind


class PackHeader(Record, frozen=True):
    """What a pack says of itself.

    publisher: who answers for it. made_at, expires_at: aware. withdraws: the digests of earlier
    packs of the same key that count no more.
    """

    name: str
    publisher: str
    made_at: datetime
    expires_at: datetime
    withdraws: tuple[str, ...] = ()


class PackedView(Record, frozen=True):
    """A view of what was checked. pdq: 32 bytes, b"" where it would not tell pictures apart;
    features: at most 200 points and the thumbnail, no frame."""

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


class Pack(Record, frozen=True):
    """A pack that the desk has. number: by which people name it. key: the fingerprint of the
    publisher's key. digest: SHA-256 of what is signed."""

    number: int
    name: str
    publisher: str
    key: str
    digest: str
    made_at: datetime
    expires_at: datetime
    added_at: datetime
    entries: int


class CheckedElsewhere(Record, frozen=True):
    """That a pack has what an exhibit shows: it was checked by others, and not by this desk.

    entry: its number here. pack, publisher: whose word it is. method, distance: as of a match.
    view: which of the exhibit; region: where in it, None for all of it.
    """

    entry: int
    pack: str
    publisher: str
    rating: Rating
    by: str
    on: date
    link: str
    claim: str
    method: str
    distance: int | None = None
    view: ViewKind = ViewKind.WHOLE
    at_ms: int | None = None
    region: Corners | None = None
