"""Two pictures found alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from string import ascii_uppercase

from verify.records.cases import Status
from verify.records.claims import Claim
from verify.records.films import Stretch
from verify.records.record import Record
from verify.records.verdicts import Verdict
from verify.records.views import WHOLE, Corners, Orientation, View, ViewKind


class Chance(Record, frozen=True):
    """How many matches this close chance alone would give in this archive.

    bound: the measurement saw none; `expected` is then the upper limit, 3/N.
    """

    expected: float
    bound: bool = False


class FirstSeen(Record, frozen=True):
    """When a picture was first seen by what this desk knows, and from whom.

    posted: `at` is the time of the post; else the time this desk received it.
    source: where it stood; "" when that is not stated. received_from: who handed it in.
    by_link: the servers of `network` put `at` into the number of the post.
    case_id: where that is known from; 0 where nothing says. by_then: the post is from `at` or from
    before, for its time is known only roughly. others: how many other accounts posted it, among
    the posts collected here.
    """

    at: datetime
    posted: bool
    source: str = ""
    received_from: str = ""
    network: str = ""
    by_link: bool = False
    case_id: int = 0
    by_then: bool = False
    others: int = 0


class Proof(Record, frozen=True):
    """How an earlier picture lies in the incoming one, by geometry, and what speaks for it.

    region, earlier_region: what shows what, each clockwise from its own top left, in fractions
    of the picture. lies: (3, 3) by rows, from fractions of the earlier picture to fractions of
    the incoming one. scale: the earlier picture's size in the incoming one, 1 when it fills it.
    inliers: keypoints that agree. agreement: share of the compared pixels that look alike, 0 to 1.
    """

    region: Corners
    earlier_region: Corners
    lies: tuple[float, ...]
    scale: float
    inliers: int
    agreement: float


class Match(Record, frozen=True):
    """Two views found alike: one of the incoming picture and one of an earlier picture.

    method: the step that found it: `sha256`, `pdq`, `pdq-inner` or `local-features`.
    distance: in bits for hashes; 0 for the same bytes; None when geometry alone found it.
    proof: what geometry tells; None where a hash alone found it. same: what a person said of
    this match; None while nobody did. both_from_telegram: neither picture is new to Telegram
    when it is shown there. earlier_verdict: the latest confirmed verdict about the earlier
    picture in a case that is still concluded. exhibit_id, sha256, case_id: the incoming one's;
    0 and "" where it is not kept. shown: which stretches of films show which, where either is one;
    those of an instant where films share single frames at times that no line of time joins: the
    same footage, or the same background. in_part: the incoming one is a film of which some
    pictures were looked at, not all of it yet.
    """

    id: int
    method: str
    exhibit_id: int
    earlier_exhibit_id: int
    earlier_sha256: str
    earlier_case_id: int
    orientation: Orientation
    expected_by_chance: Chance
    first_seen: FirstSeen
    distance: int | None = None
    view: View = WHOLE
    earlier_view: View = WHOLE
    proof: Proof | None = None
    same: bool | None = None
    earlier_claim: Claim | None = None
    both_from_telegram: bool = False
    earlier_status: Status = Status.OPEN
    earlier_verdict: Verdict | None = None
    sha256: str = ""
    case_id: int = 0
    shown: tuple[Stretch, ...] = ()
    in_part: bool = False

    @property
    def stretch(self) -> Stretch | None:
        """The longest stretch of a film that shows one of another; None where there is none."""
        films = [
            one for one in self.shown if one.begins is not None and one.earlier_begins is not None
        ]
        return max(films, key=lambda one: (one.ends or 0) - (one.begins or 0), default=None)

    @property
    def of_frame(self) -> bool:
        """Whether a view is a frame: those beside it are nearly alike, and not the same."""
        return ViewKind.FRAME in (self.view.kind, self.earlier_view.kind)

    @property
    def in_motion(self) -> bool:
        """Whether both are of films: which frame is the same as which is not known."""
        return (
            self.view.kind is self.earlier_view.kind is ViewKind.FRAME or self.stretch is not None
        )

    @property
    def region(self) -> Corners | None:
        """Which part of the incoming picture shows the earlier one; None when the whole does."""
        return self.proof.region if self.proof else self.view.corners

    @property
    def earlier_region(self) -> Corners | None:
        """Which part of the earlier picture is shown; None when the whole is."""
        return self.proof.earlier_region if self.proof else self.earlier_view.corners


def lettered(matches: Iterable[Match]) -> list[tuple[str, Match]]:
    """The matches that show stretches of a film, in the order in which the earlier pictures were
    first seen, each with the letter by which its strip names it."""
    shown = sorted((one for one in matches if one.shown), key=lambda one: one.first_seen.at)
    return list(zip(ascii_uppercase, shown, strict=False))
