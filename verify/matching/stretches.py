"""Which stretches of a film show stretches of an earlier one: by the votes of their frames.

The line of time with most votes is found, followed as far as the films agree, taken away, and
the rest is asked again: cuts, montages and loops have many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from verify.matching.course import Course
from verify.matching.lines import Line, best_line
from verify.matching.reels import Reel, distances
from verify.matching.votes import ORIENTATIONS, Votes
from verify.records import Stretch

_MOST = 40  # stretches of one film in another
_AROUND = 0.3  # seconds beside a stretch, whose votes it explains as well
_SURE_QUALITY = 50  # of PDQ: one such frame is enough. Source: its reference advises 50.
_SURE_INLIERS = 24  # of one key frame
_ANOTHER = 12  # bits by which a frame differs from another that counts by itself
_SAME_FOOTAGE = 0.6  # of the key frames that features find: so many lie on lines of time
_INSTANTS = 8
_LEAST = 0.5  # seconds that others must leave of a stretch
_HELD, _NO_OTHER = 3, 2  # samples of one picture, and bits between them
_CLEAR = 4.5  # bits by which frames are nearer along a line than beside it


@dataclass(frozen=True)
class Shown:
    """A stretch, and what speaks for it.

    frames: that hashes found and that differ from each other. quality: PDQ's of the best of
    them. keys: frames that features found. inliers: of the best of these. clear: whether another
    time would fit worse, which it would not where both films stand still.
    """

    stretch: Stretch
    frames: int
    quality: int
    keys: int
    inliers: int
    clear: bool = True

    @property
    def enough(self) -> bool:
        """Whether it may be shown. Of unrelated films one frame of low detail can look alike."""
        return (
            self.frames + self.keys >= 2
            or (self.frames > 0 and self.quality >= _SURE_QUALITY)
            or self.inliers >= _SURE_INLIERS
        )

    def of_still(self) -> Shown:
        """The same where the earlier exhibit is a still, which has no times."""
        bare = msgspec.structs.replace(
            self.stretch, earlier_begins=None, earlier_ends=None, speed=1.0
        )
        return replace(self, stretch=bare)


def stretches(
    votes: Votes, incoming: Reel, earlier: Reel, asked: NDArray[np.float64]
) -> list[Shown]:
    """The stretches that may be shown, in the order of the incoming film.

    asked: times of the incoming film's frames that were looked for by features.
    Where features find frames at times that no line joins, or where other times fit as well, as of
    two films of one place, single frames stand by themselves: stretches that end where they begin.
    """
    found: list[Shown] = []
    left = votes.sharpened()
    while len(left) and len(found) < _MOST:
        line = best_line(left)
        one = line and _followed(line, left, incoming, earlier, asked)
        if not one:
            break
        begins, ends = one.stretch.begins or 0.0, one.stretch.ends or 0.0
        left = left[(left.at < begins - _AROUND) | (left.at > ends + _AROUND)]
        found.append(one)
    shown = [one for one in found if one.enough]
    if any(not one.clear for one in shown):
        certain = [one for one in shown if one.clear]
        shown = certain or [part for one in shown for part in single_frames(one)]
    by_hash = any(one.frames for one in shown)
    keys = len(np.unique(votes.at[~votes.by_hash]))
    if not by_hash and keys > 2 and sum(one.keys for one in shown) < _SAME_FOOTAGE * keys:
        return list(_instants(votes[~votes.by_hash]))
    return disjoint(shown)


def disjoint(shown: list[Shown]) -> list[Shown]:
    """In the order of the incoming film, whose seconds no two tell of: the better keeps them."""
    kept: list[Shown] = []
    for one in sorted(shown, key=lambda one: (-one.frames - one.keys, -one.inliers)):
        if left := left_of(one, kept):
            kept.append(left)
    return sorted(kept, key=lambda one: (one.stretch.begins or 0.0, one.stretch.earlier_begins))


def left_of(one: Shown, kept: list[Shown], least: float = _LEAST) -> Shown | None:
    """The longest part that others leave of a stretch; None where they leave less than so many
    seconds."""
    stretch = one.stretch
    begins, ends = stretch.begins or 0.0, stretch.ends or 0.0
    parts, least = [(begins, ends)], min(least, ends - begins)
    for other in kept:
        low, high = other.stretch.begins or 0.0, other.stretch.ends or 0.0
        parts = [
            part
            for a, b in parts
            for part in (((a, b),) if b < low or a > high else ((a, low), (high, b)))
            if part[1] - part[0] >= least
        ]
    if not parts:
        return None
    a, b = max(parts, key=lambda part: part[1] - part[0])
    if (a, b) == (begins, ends):
        return one
    before, after = stretch.speed * (a - begins), stretch.speed * (ends - b)
    if stretch.speed < 0:
        before, after = -after, -before
    return replace(
        one,
        stretch=msgspec.structs.replace(
            stretch,
            begins=round(a, 2),
            ends=round(b, 2),
            earlier_begins=round((stretch.earlier_begins or 0.0) + before, 2),
            earlier_ends=round((stretch.earlier_ends or 0.0) - after, 2),
        ),
    )


def bare(shown: Stretch, incoming: Reel, earlier: Reel) -> Stretch:
    """Without times on the side of a film that is one picture."""
    times: dict[str, None] = {}
    if len(incoming) < 2:
        times |= dict.fromkeys(("begins", "ends"))
    if len(earlier) < 2:
        times |= dict.fromkeys(("earlier_begins", "earlier_ends"))
    return msgspec.structs.replace(shown, **times, speed=1.0) if times else shown


def of_still(votes: Votes, film: Reel, still: Reel, asked: NDArray[np.float64]) -> list[Shown]:
    """When a film shows a still: the stretches that may be shown, in order, both times its own.

    votes: with the still at time 0. still: a single sample. asked: as in `stretches`.
    """
    found: list[Shown] = []
    left = votes
    while len(left) and len(found) < _MOST:
        way = int(np.bincount(left.orientation).argmax())
        one = _followed(Line(way, 0.0, 0.0), left, film, still, asked)
        if not one:
            break
        begins, ends = one.stretch.begins or 0.0, one.stretch.ends or 0.0
        left = left[(left.at < begins - _AROUND) | (left.at > ends + _AROUND)]
        if one.enough:
            found.append(one)
    return sorted(found, key=lambda one: one.stretch.begins or 0.0)


def _followed(
    line: Line,
    left: Votes,
    incoming: Reel,
    earlier: Reel,
    asked: NDArray[np.float64],
) -> Shown | None:
    """The longest part of a line on which the films agree, with its evidence."""
    on = left[line.bears(left)]
    if not len(on):
        return None
    course = Course(line, on, left, incoming, earlier, asked)
    begins, ends = course.longest()
    here = on[(on.at >= begins - _AROUND) & (on.at <= ends + _AROUND)]
    by_hash, by_features = here[here.by_hash], here[~here.by_hash]
    there = sorted(float(line(one)) for one in (begins, ends))
    low, high = (min(max(one, 0.0), earlier.seconds) for one in there)
    if line.speed and len(by_hash) and _held(incoming, begins, ends):
        at = float(by_hash.earlier_at[int(by_hash.distance.argmin())])
        if not _held(earlier, low, high):
            return _followed(Line(line.orientation, 0.0, at), left, incoming, earlier, asked)
    method = "local-features"
    if len(by_hash):
        method = "pdq-inner" if by_hash.inner.all() else "pdq"
    return Shown(
        stretch=Stretch(
            begins=round(begins, 2),
            ends=round(ends, 2),
            earlier_begins=round(low, 2),
            earlier_ends=round(high, 2),
            speed=round(line.speed, 2),
            orientation=ORIENTATIONS[line.orientation],
            method=method,
        ),
        frames=_different(by_hash, incoming),
        quality=int(by_hash.quality.max(initial=0)),
        keys=len(np.unique(by_features.at)),
        inliers=int(by_features.inliers.max(initial=0)),
        clear=not len(by_hash) or course.clearness(begins, ends) >= _CLEAR,
    )


def _held(film: Reel, begins: float, ends: float) -> bool:
    """Whether a film shows one picture for a while."""
    bits = film.bits[(film.at >= begins - 0.01) & (film.at < ends - 0.01), 0]
    return len(bits) >= _HELD and int(distances(bits, bits[0]).max()) <= _NO_OTHER


def _different(by_hash: Votes, incoming: Reel) -> int:
    """How many frames differ from each other: of one that stands still there is one."""
    rows = np.unique(np.searchsorted(incoming.at, by_hash.at - 1e-6))
    count, last = 0, None
    for row in rows.tolist():
        bits = incoming.bits[row, 0]
        if last is None or int(distances(bits, last)) > _ANOTHER:
            count, last = count + 1, bits
    return count


def single_frames(one: Shown) -> list[Shown]:
    """Its first and its last frame, where its times are not certain."""
    begins, ends = one.stretch.begins or 0.0, one.stretch.ends or 0.0
    low, high = one.stretch.earlier_begins or 0.0, one.stretch.earlier_ends or 0.0
    if one.stretch.speed < 0:
        low, high = high, low
    frames = [
        msgspec.structs.replace(
            one.stretch, begins=at, ends=at, earlier_begins=there, earlier_ends=there, speed=1.0
        )
        for at, there in {begins: low, ends: high}.items()
    ]
    return [replace(one, stretch=frame) for frame in frames]


def _instants(votes: Votes) -> Iterator[Shown]:
    """Single frames, each as it fits best."""
    best: dict[float, int] = {}
    for row in np.argsort(-votes.inliers, kind="stable").tolist():
        best.setdefault(float(votes.at[row]), row)
    for at, row in sorted(list(best.items())[:_INSTANTS]):
        there = float(votes.earlier_at[row])
        yield Shown(
            Stretch(
                begins=at,
                ends=at,
                earlier_begins=there,
                earlier_ends=there,
                speed=1.0,
                orientation=ORIENTATIONS[int(votes.orientation[row])],
                method="local-features",
            ),
            frames=0,
            quality=0,
            keys=1,
            inliers=int(votes.inliers[row]),
        )
