"""A hub of many desks: what goes there, what comes from there, and how it stands."""

from __future__ import annotations

from datetime import datetime

from verify.records.packs import PackedView
from verify.records.record import Record
from verify.records.sentences import Sentence
from verify.records.verdicts import Rating
from verify.records.views import Corners, ViewKind


class HubEntry(Record, frozen=True):
    """What a desk says of one picture or film. ask: whom others ask about it. views: as in a pack,
    without thumbnails. rating: of what the desk published; None where it published nothing."""

    ask: str
    views: tuple[PackedView, ...]
    rating: Rating | None = None


class ToShare(Record, frozen=True):
    """An exhibit as it would go to the hub, and all of it. size: bytes. shared: whether it is there
    in just these words already."""

    exhibit_id: int
    first_seen: datetime
    entry: HubEntry
    size: int
    shared: bool = False

    @property
    def keypoints(self) -> int:
        """How many local features go."""
        return sum(len(one.features.points) // 6 for one in self.entry.views if one.features)


class Sharing(Record, frozen=True):
    """What of a case would go to the hub. digest: of all of it; only what was seen is sent.
    left_out: exhibits that stay, and why."""

    case_id: int
    digest: str
    exhibits: tuple[ToShare, ...]
    left_out: tuple[tuple[int, Sentence], ...] = ()


class SeenElsewhere(Record, frozen=True):
    """That another desk shared what an exhibit shows: by its own words, and no match of this desk.

    entry: its number here. desk: as the hub names it. first_seen: by that desk, as it says;
    shared_at: by the hub's clock. method, distance, view, at_ms, region: as of `CheckedElsewhere`.
    """

    entry: int
    desk: str
    first_seen: datetime
    shared_at: datetime
    ask: str
    rating: Rating | None
    method: str
    distance: int | None = None
    view: ViewKind = ViewKind.WHOLE
    at_ms: int | None = None
    region: Corners | None = None


class HubShared(Record, frozen=True):
    """What this desk shared of an exhibit. case_id: 0 where the case was wiped. sent_at: when the
    hub had it; withdrawn_at: when somebody took it back here; gone_at: when the hub knew of it."""

    case_id: int
    shared_at: datetime
    by: str
    sent_at: datetime | None = None
    withdrawn_at: datetime | None = None
    gone_at: datetime | None = None


class HubStatus(Record, frozen=True):
    """How it stands with the hub, by what the last visit told.

    set_up: whether VERIFY_HUB names one. desk: this desk's name there; "" before the first visit.
    asks: whether it is asked by hashes, and not followed. followed_at: when the last visit ended
    well. behind: rows of the log that were not here then. held_back: of these, those that wait for
    a transaction of some desk to end, the oldest since held_since.
    entries: of other desks, that are here. waiting: what is still to be sent. trouble: why the
    last visit failed, since failed_at; None where it did not.
    """

    set_up: bool
    desk: str = ""
    asks: bool = False
    followed_at: datetime | None = None
    behind: int = 0
    held_back: int = 0
    held_since: datetime | None = None
    entries: int = 0
    waiting: int = 0
    shared: tuple[HubShared, ...] = ()
    trouble: Sentence | None = None
    failed_at: datetime | None = None
