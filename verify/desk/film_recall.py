"""The search for what a film shows: stretches of earlier films, and earlier stills.

Hashes of all samples come first. Local features are asked of every key frame for which these
explain nothing, and of one in each stretch that they do, to tell how the pictures lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.desk.film_evidence import Detection, Evidence
from verify.desk.indexes import Indexes
from verify.matching.aligning import aligned
from verify.matching.alignment import Query
from verify.matching.find import find
from verify.matching.laying import Planes, planes
from verify.matching.reels import Reel
from verify.matching.stretches import Shown, bare, of_still, stretches
from verify.matching.votes import ORIENTATIONS, Votes
from verify.records import Footage, Stretch, View
from verify.store.database.connection import Store
from verify.store.pictures import features, views
from verify.store.pictures import footage as thumbnails
from verify.store.pictures.matches import Correspondence

_AT_ONCE = 10  # of a film many frames ask: five in six of what is proved is among the first 8
_WELL_EXPLAINED = 2  # different frames by hash

_Hits = list[tuple[int, int, int, bool]]  # row, orientation, bits, whether within bars


class FilmRecall:
    """Looks for what a film shows. Several threads may use it."""

    def __init__(self, store: Store, indexes: Indexes) -> None:
        self._store = store
        self._indexes = indexes

    def find(self, footage: Footage, leave_out: int | None = None) -> list[Correspondence]:
        """Every earlier film and still that a film shows, with the stretches that show it.

        footage: as the lab gave it. leave_out: an exhibit that is not looked at, such as the
        film itself.
        """
        reel = Reel.of(footage)
        own = set() if leave_out is None else set(views.ids_of(self._store, leave_out))
        with self._indexes.lock:
            films, stills = self._films(reel, leave_out), self._stills(reel, own)
            explained = [*self._explained(reel, films)]
        asking = _to_ask(footage, explained, [*_times(stills.values())])
        for view in asking:
            with self._indexes.lock:  # others come in between
                for one in self._by_features(view, own):
                    number = one.known.exhibit_id
                    of = films if self._indexes.films().reel(number) else stills
                    of[number].detections.append(one)
        asked = np.array([(view.at_ms or 0) / 1000 for view in asking], np.float64)
        with self._indexes.lock:
            pictures = planes([one.thumbnail for one in footage.samples])
            return [*self._shown(reel, pictures, films, stills, asked)]

    # --- the steps --------------------------------------------------------------------------

    def _films(self, reel: Reel, leave_out: int | None) -> defaultdict[int, Evidence]:
        """The films that samples look like by their hashes."""
        found: defaultdict[int, Evidence] = defaultdict(Evidence)
        for exhibit_id, votes in self._indexes.films().search(reel, leave_out).items():
            found[exhibit_id] = Evidence(votes)
        return found

    def _stills(self, reel: Reel, own: set[int]) -> defaultdict[int, Evidence]:
        """The stills that samples look like by their hashes."""
        index, films = self._indexes.hashes(), self._indexes.films()
        near = [
            (row, within, one)
            for row, bits, within in _hashes(reel)
            for one in index.search(bits)
            if one.view_id not in own
        ]
        known = views.known(self._store, {one.view_id for _, _, one in near})
        hits: defaultdict[int, _Hits] = defaultdict(list)
        found: defaultdict[int, Evidence] = defaultdict(Evidence)
        for row, within, one in near:
            still = known[one.view_id]
            if films.reel(still.exhibit_id) is None:
                within |= still.view.corners is not None
                way = ORIENTATIONS.index(one.orientation)
                hits[still.exhibit_id].append((row, way, one.distance, within))
                found[still.exhibit_id].stills.setdefault(float(reel.at[row]), still)
        for exhibit_id, rows in hits.items():
            found[exhibit_id].votes = _votes(reel, rows)
        return found

    def _explained(self, reel: Reel, films: dict[int, Evidence]) -> Iterator[Stretch]:
        """What hashes alone explain."""
        for exhibit_id, evidence in films.items():
            earlier = self._indexes.films().reel(exhibit_id)
            for one in stretches(evidence.votes, reel, earlier, np.zeros(0)) if earlier else ():
                if one.frames >= _WELL_EXPLAINED:
                    yield one.stretch

    def _by_features(self, view: View, own: set[int]) -> Iterator[Detection]:
        """Geometry and pixels, for a key frame."""
        if view.features is None:
            return
        try:
            query = Query.of(view.features)
        except (ValueError, cv2.error):  # the lab's child contradicted itself
            return
        found = find(
            query,
            self._indexes.local(),
            partial(features.of, self._store),
            leave_out=own,
            copies_of=self._indexes.clusters.others,
            at_once=_AT_ONCE,
        )
        known = views.known(self._store, (one.view_id for one in found))
        for one in found:
            if one.view_id in known:
                yield Detection(view.bare(), known[one.view_id], one.alignment)

    def _shown(
        self,
        reel: Reel,
        pictures: Planes | None,
        films: dict[int, Evidence],
        stills: dict[int, Evidence],
        asked: NDArray[np.float64],
    ) -> Iterator[Correspondence]:
        archive = len(reel) * (len(self._indexes.films()) + len(self._indexes.hashes()))
        described = max(1, len(asked)) * len(self._indexes.local())
        for exhibit_id, evidence in sorted(films.items()):
            if earlier := self._indexes.films().reel(exhibit_id):
                times = views.frame_times(self._store, exhibit_id)
                votes = evidence.against_film(earlier, times)
                if found := stretches(votes, reel, earlier, asked):
                    found = self._aligned(found, evidence, reel, pictures, exhibit_id)
                    match = evidence.match(exhibit_id, found, archive, described)
                    shown = (bare(one, reel, earlier) for one in match.shown)
                    yield replace(match, shown=tuple(one for one in shown if _timed(one)))
        for exhibit_id, evidence in sorted(stills.items()):
            if evidence.detections or not evidence.votes.inner.all():
                # pictures within frames, which many share, need the proof of geometry
                found = self._of_still(reel, evidence, asked)
                if found:
                    yield evidence.match(exhibit_id, found, archive, described)

    def _aligned(
        self,
        found: list[Shown],
        evidence: Evidence,
        reel: Reel,
        pictures: Planes | None,
        exhibit_id: int,
    ) -> list[Shown]:
        """With exact times, where the pictures of both films were kept."""
        earlier = self._indexes.films().reel(exhibit_id)
        there = planes(thumbnails.thumbnails(self._store, exhibit_id))
        if earlier is None or pictures is None or there is None:
            return found
        if len(pictures) != len(reel) or len(there) != len(earlier):
            return found
        lies = {one.stretch.orientation: evidence.lies(one.stretch.orientation) for one in found}
        return aligned(found, reel, earlier, pictures, there, lies)

    def _of_still(self, reel: Reel, evidence: Evidence, asked: NDArray[np.float64]) -> list[Shown]:
        """The stretches that show a still, without times on its side."""
        shown = of_still(evidence.against_still(), reel, self._still(evidence), asked)
        return [one.of_still() for one in shown]

    def _still(self, evidence: Evidence) -> Reel:
        """A still as a film of one sample, by the view that hashes found."""
        for known in evidence.stills.values():
            if (hash_ := views.hash_of(self._store, known.id)) is not None:
                return Reel.of_hash(hash_)
        return Reel.of_hash(None)


def _timed(shown: Stretch) -> bool:
    return not (shown.begins is None and shown.earlier_begins is None)


def _hashes(reel: Reel) -> Iterator[tuple[int, NDArray[np.uint8], bool]]:
    """The hashes of all samples in eight orientations: row, (8, 32), whether within bars."""
    for row in np.flatnonzero(reel.telling).tolist():
        yield row, reel.bits[row], False
    for row in np.flatnonzero(reel.telling & reel.framed).tolist():
        yield row, reel.inner[row], True


def _votes(reel: Reel, hits: _Hits) -> Votes:
    row, way, distance, within = (np.array(column) for column in zip(*hits, strict=True))
    return Votes.of_hashes(
        at=reel.at[row],
        earlier_at=np.zeros(len(row)),
        orientation=way,
        distance=distance,
        quality=reel.quality[row],
        inner=within,
    )


def _times(stills: Iterable[Evidence]) -> Iterator[float]:
    """When each of these is most alike."""
    for evidence in stills:
        if len(evidence.votes):
            yield float(evidence.votes.at[int(evidence.votes.distance.argmin())])


def _to_ask(footage: Footage, explained: list[Stretch], times: list[float]) -> list[View]:
    """The key frames that nothing explains; and of what is found already, the one nearest to the
    middle of each stretch and to each of these times."""
    at = np.array([(view.at_ms or 0) / 1000 for view in footage.keys], np.float64)
    open_ = np.ones(len(at), bool)
    middles = list(times)
    for one in explained:
        begins, ends = one.begins or 0.0, one.ends or 0.0
        open_ &= (at < begins - 0.01) | (at >= ends)
        middles.append((begins + ends) / 2)
    for middle in middles if len(at) else ():
        open_[int(np.abs(at - middle).argmin())] = True
    return [view for view, asked in zip(footage.keys, open_.tolist(), strict=True) if asked]
