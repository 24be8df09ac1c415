"""The search over every picture this desk has seen: cheap steps first, proof last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import cv2
import numpy as np

from verify.desk.indexes import Indexes, pdq_of
from verify.desk.still_in_film import at_frame, in_films, narrowed
from verify.matching import inverted
from verify.matching.alignment import Query
from verify.matching.chance import expected_by_chance
from verify.matching.drawings import borne_out
from verify.matching.find import AT_ONCE, LEAST_VOTES, Detection, find
from verify.matching.laying import planes
from verify.matching.placing import oriented, placed, same_part
from verify.matching.points import Points
from verify.records import WHOLE, Corners, Examination, View, ViewKind
from verify.store.database.connection import Store
from verify.store.pictures import features, footage, views
from verify.store.pictures.matches import Correspondence
from verify.store.pictures.resemblances import LOOKS_ALIKE

_SAME_PART = 0.7  # of the area of a part and of what was found there
_MOST_ALIKE = 3


class Recalled(NamedTuple):
    """What was found: matches, one an earlier exhibit; and what looks alike without a proof."""

    matches: list[Correspondence]
    alike: list[Correspondence]


class Recall:
    """Looks for the pictures that an examined one shows. Several threads may use it."""

    def __init__(self, store: Store, indexes: Indexes) -> None:
        self._store = store
        self._indexes = indexes

    def find(self, examination: Examination, leave_out: int | None = None) -> Recalled:
        """Every earlier picture that the examined one shows, most certain step first.

        leave_out: an exhibit that is not looked at, such as the examined one itself.
        One entry for each earlier exhibit: the first step that found it names the method;
        what geometry tells of it, and of which views, is added.
        """
        with self._indexes.lock:
            own = set() if leave_out is None else set(views.ids_of(self._store, leave_out))
            found = self._by_hash(examination, own, leave_out)
            alike: dict[int, Correspondence] = {}
            for one in self._by_features(_likeliest_first(examination, found), own):
                earlier = one.earlier_exhibit_id
                if one.method == LOOKS_ALIKE:
                    alike.setdefault(earlier, one)
                else:
                    found[earlier] = _with_proof(found[earlier], one) if earlier in found else one
            stand = [one for one in found.values() if self._stands(one, examination)]
            return Recalled(
                [self._with_time(one, examination) for one in stand],
                self._unlike_those(alike, {one.earlier_exhibit_id for one in stand}),
            )

    def _unlike_those(
        self, alike: dict[int, Correspondence], found: set[int]
    ) -> list[Correspondence]:
        """What only looks alike, without what was found and copies of that, one a picture."""
        cluster = self._indexes.clusters.of
        known = {cluster(one) for one in views.ids_of(self._store, *found)}
        kept: list[Correspondence] = []
        for one in sorted(alike.values(), key=lambda one: -(one.proof.inliers if one.proof else 0)):
            name = cluster(one.earlier_view_id)
            if name not in known and len(kept) < _MOST_ALIKE:
                known.add(name)
                kept.append(one)
        return kept

    def near(self, examination: Examination) -> set[int]:
        """The exhibits that a hash alone calls like an examined one."""
        with self._indexes.lock:
            index = self._indexes.hashes()
            found = {one.view_id for _, pdq in hashes_of(examination) for one in index.search(pdq)}
            return {one.exhibit_id for one in views.known(self._store, found).values()}

    def likely(self, hashes: Iterable[bytes], described: Iterable[Points]) -> set[int]:
        """The exhibits that may show what these are of, by hash or by votes of keypoints; no
        geometry was looked at."""
        with self._indexes.lock:
            index, local = self._indexes.hashes(), self._indexes.local()
            found = {one.view_id for pdq in hashes for one in index.search((pdq,))}
            for points in described:
                likely = local.search(points).candidates(AT_ONCE)
                found |= {one.view_id for one in likely if one.votes >= LEAST_VOTES}
            return {one.exhibit_id for one in views.known(self._store, found).values()}

    def _copies(self, view_id: int) -> list[int]:
        """The copies of a view, those of exhibits in cases first: not all are looked at, and
        people rely on what is said of these."""
        copies = self._indexes.clusters.others(view_id)
        in_cases = views.of_exhibits_in_cases(self._store, copies)
        return sorted(copies, key=lambda one: (one not in in_cases, one))

    def _with_time(self, found: Correspondence, examination: Examination) -> Correspondence:
        """With the time at which a film shows a still. Stretches of films need all their length."""
        if examination.moves:
            return replace(found, shown=())
        film = self._indexes.films().reel(found.earlier_exhibit_id)
        if film is None:
            return found
        shown = found.shown or at_frame(found)
        pictures = planes(footage.thumbnails(self._store, found.earlier_exhibit_id))
        still = next((view for view in examination.views if view.bare() == found.view), None)
        whole = still is not None and still.corners is None and still.features
        if whole and pictures is not None and len(pictures) == len(film):
            lies = oriented(found.orientation)
            if found.proof:
                lies = np.array(found.proof.lies).reshape(3, 3)
            shown = narrowed(shown, whole, pictures, film, lies)
        return replace(found, shown=shown)

    def _stands(self, found: Correspondence, examination: Examination) -> bool:
        """Whether a match may be shown: an inner picture can be a keyboard that many chats
        share, so its hash needs the proof of geometry wherever there is detail for one. What is
        drawn has to be alike pixel by pixel where its hash says that it lies."""
        if found.method == "pdq" and not found.proof:
            return self._is_borne_out(found, examination)
        if found.method != "pdq-inner" or found.proof:
            return True
        described = any(view.features for view in examination.views)
        return not (described and features.has(self._store, found.earlier_exhibit_id))

    def _is_borne_out(self, found: Correspondence, examination: Examination) -> bool:
        """Whether pixels bear out a hash, as far as both views are described."""
        negative = found.view == inverted.VIEW
        asked = WHOLE if negative else found.view
        view = next((view for view in examination.views if view.bare() == asked), None)
        earlier = features.of(self._store, found.earlier_view_id) if found.earlier_view_id else None
        if view is None or view.features is None or earlier is None:
            return True
        try:
            query = Query.of(view.features)
            query = query.inverted() if negative else query
            return borne_out(query, earlier, found.orientation)
        except (ValueError, cv2.error):  # by a broken child, or of another version: no pixels
            return True

    # --- the steps --------------------------------------------------------------------------

    def _by_hash(
        self, examination: Examination, own: set[int], leave_out: int | None
    ) -> dict[int, Correspondence]:
        """PDQ in eight orientations: whole against whole, then with parts of pictures; of films
        that were watched all samples."""
        index, films = self._indexes.hashes(), self._indexes.films()
        near = [
            (view, candidate)
            for view, pdq in hashes_of(examination)
            for candidate in index.search(pdq)
            if candidate.view_id not in own
        ]
        if any(view.kind is ViewKind.FRAME for view in examination.views):
            near.sort(key=lambda pair: pair[1].distance)  # of many frames the nearest
        known = views.known(self._store, (candidate.view_id for _, candidate in near))
        found: dict[int, Correspondence] = {}
        for view, candidate in near:
            earlier = known[candidate.view_id]
            if earlier.exhibit_id in found or films.reel(earlier.exhibit_id):
                continue
            method = "pdq-inner" if view.corners or earlier.view.corners else "pdq"
            found[earlier.exhibit_id] = Correspondence(
                earlier_exhibit_id=earlier.exhibit_id,
                method=method,
                orientation=candidate.orientation,
                chance=expected_by_chance(method, candidate.distance, len(index)),
                distance=candidate.distance,
                view=view,
                earlier_view=earlier.view,
                earlier_view_id=earlier.id,
            )
        for one in in_films(films, list(hashes_of(examination)), leave_out):
            if one.shown or examination.moves:
                found[one.earlier_exhibit_id] = one
        return found

    def _by_features(self, asking: list[View], own: set[int]) -> Iterator[Correspondence]:
        """Geometry and pixels, view by view; what one has proved the next ones leave out."""
        index, silent, proved = self._indexes.local(), set(own), set[int]()
        regions: list[Corners] = []
        for view, query, asked in queries_of(asking):
            if explained(view, regions):
                continue
            if proved:  # not by the first view: nearly all pictures have but one
                silent.update(views.ids_of(self._store, *proved))
            alike: list[Detection] = []
            detections = find(
                query,
                index,
                partial(features.of, self._store),
                leave_out=silent,
                copies_of=self._copies,
                asked=asked,
                alike=alike,
            )
            known = views.known(self._store, (one.view_id for one in (*detections, *alike)))
            for one in alike:  # frames of a film are of the same place more often than not
                if one.view_id in known and not _of_a_film(view, known[one.view_id].view):
                    yield self._laid(LOOKS_ALIKE, view, known[one.view_id], one, len(index))
            for one in detections:
                if one.view_id not in known:
                    continue
                earlier = known[one.view_id]
                proved.add(earlier.exhibit_id)
                proof = placed(one.alignment.proof, view, earlier.view)
                if view.kind not in (ViewKind.PREVIEW, ViewKind.FRAME):  # there it lies elsewhere
                    regions.append(proof.region)
                yield self._laid("local-features", view, earlier, one, len(index))

    def _laid(
        self, method: str, view: View, earlier: views.Known, found: Detection, archived: int
    ) -> Correspondence:
        return Correspondence(
            earlier_exhibit_id=earlier.exhibit_id,
            method=method,
            orientation=found.alignment.orientation,
            chance=expected_by_chance(method, None, archived),
            proof=placed(found.alignment.proof, view, earlier.view),
            view=view.bare(),
            earlier_view=earlier.view,
            earlier_view_id=earlier.id,
        )


def hashes_of(examination: Examination) -> Iterator[tuple[View, tuple[bytes, ...]]]:
    """What is looked for by hash: every view that has one, and the whole's negative."""
    for view in examination.views:
        if pdq := pdq_of(view):
            yield view.bare(), pdq
            if view.kind is ViewKind.WHOLE:
                yield inverted.VIEW, inverted.complement(pdq)


def _likeliest_first(examination: Examination, found: dict[int, Correspondence]) -> list[View]:
    """Its views, those frames first that hashes found again: what proves a match names them."""
    near = {one.view for one in found.values() if one.view.kind is ViewKind.FRAME}
    return sorted(examination.views, key=lambda view: view.bare() not in near)


def queries_of(asking: Iterable[View]) -> Iterator[tuple[View, Query, int | None]]:
    """What is looked for by features, and by how many: every view, and the whole's negative."""
    whole: Query | None = None
    for view in asking:
        if view.features is None:
            continue
        try:
            query = Query.of(view.features)
        except (ValueError, cv2.error):  # the lab's child contradicted itself
            continue
        if view.kind is ViewKind.WHOLE:
            whole = query
        yield view, query, None
    if whole:
        yield inverted.VIEW, whole.inverted(), inverted.ASKED


def explained(view: View, regions: list[Corners]) -> bool:
    """Whether what lies in a part of the picture was found by the picture already."""
    here = view.corners
    return here is not None and any(same_part(here, one) >= _SAME_PART for one in regions)


def _of_a_film(view: View, earlier: View) -> bool:
    return ViewKind.FRAME in (view.kind, earlier.kind)


def _with_proof(known: Correspondence, proved: Correspondence) -> Correspondence:
    """What a step found, with the first thing that geometry tells of it, and of which views.

    Of a film that shows all of a still, hashes name the moment, and geometry a key frame near it.
    """
    if known.proof or (known.method == "pdq" and known.earlier_view_id is None):
        return known
    return replace(
        known,
        proof=proved.proof,
        view=proved.view,
        earlier_view=proved.earlier_view,
        earlier_view_id=proved.earlier_view_id,
    )
