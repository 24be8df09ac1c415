"""What on lists of hashes looks like an exhibit: pictures, and films by their frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verify.matching.laid import laid
from verify.matching.listed_index import ListedIndex
from verify.records import Footage, Orientation, View, ViewKind
from verify.store.care.withheld import LEAST_QUALITY
from verify.store.database.connection import Store
from verify.store.pictures import hash_lists
from verify.store.pictures.hash_lists import Hit

_MOST_TIMES = 20  # that are told of one hit
_SHARE = 0.8  # of the frames of either side, from which on a film is named: vPDQ's own default


class Own(NamedTuple):
    """A hash of an exhibit, of which view it is, and when that is shown, in milliseconds; as it is
    or laid otherwise."""

    pdq: bytes
    view: ViewKind
    at_ms: int | None
    laid: Orientation = Orientation.ORIGINAL


def own_hashes(seen: Iterable[View], film: Footage | None) -> list[Own]:
    """The hashes of an exhibit that tell pictures apart, a picture's in all orientations; of a
    watched film, those of its frames."""
    if film:
        return [
            Own(pdq, ViewKind.FRAME, one.at_ms)
            for one in film.samples
            if one.quality >= LEAST_QUALITY
            for pdq in (*one.pdq[:1], *one.inner[:1])
        ]
    return [
        Own(pdq, view.kind, view.at_ms, orientation)
        for view in seen
        for print_ in view.fingerprints
        if print_.algorithm == "pdq" and (print_.quality or 0) >= LEAST_QUALITY
        for orientation, pdq in laid(print_.hash).items()
    ]


class ListedLooks:
    """The pictures and films of all lists, in memory, as they are when this is made."""

    def __init__(self, store: Store) -> None:
        pictures = hash_lists.pictures(store)
        frames = hash_lists.frames(store, LEAST_QUALITY)
        self._pictures = ListedIndex([digest for _, digest in pictures])
        self._ids = np.array([one for one, _ in pictures], np.int64)
        self._frames = ListedIndex([one.pdq for one in frames])
        self._films = np.array([one.hash_id for one in frames], np.int64)
        self._times = np.array([one.seconds for one in frames], np.float64)

    def alike(self, own: list[Own]) -> dict[int, Hit]:
        """What looks like these hashes of one exhibit, by the ids of what is listed."""
        as_it_is = [one for one in own if one.laid is Orientation.ORIGINAL]
        return {**self._alike_pictures(own), **self._alike_films(as_it_is)}

    def _alike_pictures(self, own: list[Own]) -> dict[int, Hit]:
        best: dict[int, tuple[bool, int, int]] = {}  # laid otherwise, distance, which of the own
        times: dict[int, set[int]] = {}
        for near in self._pictures.near([one.pdq for one in own]):
            for mine, place, distance in zip(*(part.tolist() for part in near), strict=True):
                listed = int(self._ids[place])
                this = own[mine].laid is not Orientation.ORIGINAL, distance, mine
                best[listed] = min(best.get(listed, this), this)
                if (at := own[mine].at_ms) is not None:
                    times.setdefault(listed, set()).add(at)
        return {
            listed: Hit(
                distance, own[mine].view, _seconds(times.get(listed, ())), laid=own[mine].laid
            )
            for listed, (_, distance, mine) in best.items()
        }

    def _alike_films(self, own: list[Own]) -> dict[int, Hit]:
        closest = np.full(len(self._films), 1 << 10)  # of each listed frame, in bits
        pairs: list[NDArray[np.int64]] = []  # which of the own, of which film
        for near in self._frames.near([one.pdq for one in own]):
            np.minimum.at(closest, near.listed, near.distance)
            both = np.stack((near.own, self._films[near.listed]), axis=1)
            pairs.append(np.unique(both, axis=0))
        alike = np.concatenate(pairs) if pairs else np.zeros((0, 2), np.int64)
        moments = {one.at_ms for one in own}
        found = {}
        for film in np.unique(alike[:, 1]).tolist():
            rows = np.flatnonzero(self._films == film)
            there = rows[closest[rows] < 1 << 10]
            mine = [own[at] for at in alike[alike[:, 1] == film, 0].tolist()]
            here = {one.at_ms for one in mine}
            if max(len(there) / len(rows), len(here) / len(moments)) < _SHARE:
                continue
            found[film] = Hit(
                distance=int(closest[there].min()),
                view=mine[0].view,
                at=_seconds(at for at in here if at is not None),
                frames=len(there),
                of=len(rows),
                listed_at=tuple(self._times[there][:_MOST_TIMES].tolist()),
            )
        return found


def _seconds(times: Iterable[int]) -> tuple[float, ...]:
    return tuple(at / 1000 for at in sorted(times)[:_MOST_TIMES])
