"""All sounds heard, by their landmarks: which of them may run in another.

Of the landmarks one in four is held, at 8 bytes each, some 19 KB a minute of sound. Once there are
more than fit it is one in eight, and so on: memory is bounded, and what runs for longer is still
found. The exact search follows, with all landmarks of the few sounds that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.matching.landmarks import Hashes, Landmarks, Times

MOST_HELD = 32_000_000
"""Landmarks: a quarter of a GB."""
_ONE_IN = 4
_WINDOW, _STEP = 312, 156  # frames of a query that are asked together, and from one to the next
_CELL = 8  # frames of lag
_LEAST_VOTES = 4
_MOST_POSTINGS = 2000  # of a landmark that is asked for
_SHARED = 20.0  # sounds that may have a landmark which counts in full
_BEST = 12  # cells of a window
_APART = 1024  # frames between two sounds, so that no lag runs into the next

Places = NDArray[np.uint32]


@dataclass(frozen=True)
class Candidate:
    """A sound that may run in another. votes: landmarks that agree. rarity: how much each of them
    counts, 0 to 1: little where hundreds of sounds have it."""

    number: int
    votes: float
    rarity: float


class SoundIndex:
    """Sounds by their numbers. One thread at a time may use it."""

    def __init__(self, most: int = MOST_HELD) -> None:
        """most: landmarks that are held."""
        self._most, self._one_in = most, _ONE_IN
        # the sounds stand one behind the other on one line, which begins again after 38,000 hours
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._end = 0
        self._segments: list[tuple[Hashes, Places]] = []  # each by hash

    @property
    def numbers(self) -> set[int]:
        """Of the sounds that are held."""
        return set(self._numbers)

    @property
    def held(self) -> int:
        """How many landmarks are held."""
        return sum(len(hashes) for hashes, _ in self._segments)

    def add(self, number: int, heard: Landmarks) -> None:
        """Make a sound findable. One of this number that is there is replaced."""
        self.remove(number)
        chosen = self._chosen(heard.hashes)
        hashes, times = heard.hashes[chosen], heard.times[chosen]
        self._numbers.append(number)
        self._starts.append(self._end)
        self._segments.append(_sorted(hashes, (times + self._end).astype(np.uint32)))
        self._end += int(heard.times.max(initial=0)) + _APART
        while len(self._segments) > 1 and _uneven(*self._segments[-2:]):
            (one, where), (other, there) = self._segments[-2:]
            merged = _sorted(np.concatenate([one, other]), np.concatenate([where, there]))
            self._segments[-2:] = [merged]
        while self.held > self._most:
            self._one_in *= 2
            self._keep(lambda hashes, _: self._chosen(hashes))

    def remove(self, *numbers: int) -> None:
        """Forget sounds."""
        gone = {place for place, number in enumerate(self._numbers) if number in numbers}
        if not gone:
            return
        doomed = np.isin(np.arange(len(self._numbers)), [*gone])
        self._keep(lambda _, places: ~doomed[self._which(places)])
        for place in sorted(gone, reverse=True):
            del self._numbers[place], self._starts[place]

    def candidates(
        self, heard: Landmarks, most: int, leave_out: Collection[int] = ()
    ) -> list[Candidate]:
        """The sounds that share most landmarks with one, in the same order, the likeliest first."""
        best: dict[int, Candidate] = {}
        chosen = self._chosen(heard.hashes)
        hashes, times = heard.hashes[chosen], heard.times[chosen]
        for begin in range(0, int(times.max(initial=0)) + 1, _STEP):
            first, last = np.searchsorted(times, [begin, begin + _WINDOW])
            for one in self._asked(hashes[first:last], times[first:last]):
                known = best.get(one.number)
                if one.number not in leave_out and (known is None or known.votes < one.votes):
                    best[one.number] = one
        return sorted(best.values(), key=lambda one: -one.votes)[:most]

    def _asked(self, hashes: Hashes, times: Times) -> Iterator[Candidate]:
        """Those that share most with a few seconds, in which each landmark counts once."""
        different, first = np.unique(hashes, return_index=True)
        asked, places = self._postings(different)
        if not len(places):
            return
        sounds = self._which(places)
        had_by = np.unique((asked << 32) + sounds) >> 32
        weights = np.minimum(1.0, _SHARED / np.maximum(1, np.bincount(had_by)))[asked]
        lags = places.astype(np.int64) - times[first][asked]
        for shift in (0, _CELL // 2):
            _, cell = np.unique((lags + shift) // _CELL, return_inverse=True)
            count, votes = np.bincount(cell), np.bincount(cell, weights)
            for fullest in np.argsort(-votes, kind="stable")[:_BEST]:
                if count[fullest] >= _LEAST_VOTES:
                    sound = sounds[int(np.argmax(cell == fullest))]
                    rarity = float(votes[fullest] / count[fullest])
                    yield Candidate(self._numbers[sound], float(votes[fullest]), rarity)

    def _postings(self, hashes: Hashes) -> tuple[Times, Places]:
        """Where these are, but for those that are everywhere: which of them, its place."""
        bounds = [
            (np.searchsorted(known, hashes, "left"), np.searchsorted(known, hashes, "right"))
            for known, _ in self._segments
        ]
        total = np.zeros(len(hashes), np.int64)
        for first, last in bounds:
            total += last - first
        asked, places = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
        for (first, last), (_, where) in zip(bounds, self._segments, strict=True):
            count = np.where(total > _MOST_POSTINGS, 0, last - first)
            skipped = np.cumsum(count) - count - first
            asked.append(np.repeat(np.arange(len(hashes)), count))
            places.append(where[np.arange(count.sum()) - np.repeat(skipped, count)])
        return np.concatenate(asked), np.concatenate(places)

    def _which(self, places: Places) -> Times:
        """In which sounds, by their order on the line, these places lie."""
        return np.searchsorted(np.array(self._starts, np.int64), places, "right") - 1

    def _chosen(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Which landmarks are held: by a hash of the hash, so that every sound has the same."""
        mixed = hashes * np.uint32(2_654_435_761)
        chosen: NDArray[np.bool_] = mixed < np.uint32((1 << 32) // self._one_in)
        return chosen

    def _keep(self, wanted: Callable[[Hashes, Places], NDArray[np.bool_]]) -> None:
        """Leave out all other landmarks."""
        left = []
        for hashes, places in self._segments:
            kept = wanted(hashes, places)
            left.append((hashes[kept], places[kept]))
        self._segments = left


def _sorted(hashes: Hashes, places: Places) -> tuple[Hashes, Places]:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], places[order]


def _uneven(earlier: tuple[Hashes, Places], later: tuple[Hashes, Places]) -> bool:
    """Whether a segment is so small beside the next that both are to be one."""
    return len(earlier[0]) < 2 * len(later[0])
