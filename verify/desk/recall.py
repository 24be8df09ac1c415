"""The search over every picture this desk has seen: cheap steps first, proof last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import cv2

from verify.desk.indexes import Indexes, features_of, pdq_of
from verify.matching.alignment import Query
from verify.matching.chance import expected_by_chance
from verify.matching.find import find
from verify.records import Examination, Features
from verify.store import examinations, features
from verify.store.matches import Correspondence
from verify.store.store import Store


class Recall:
    """Looks for the pictures that an examined one shows. Several threads may use it."""

    def __init__(self, store: Store, indexes: Indexes) -> None:
        self._store = store
        self._indexes = indexes

    def find(self, examination: Examination, leave_out: int | None = None) -> list[Correspondence]:
        """Every earlier picture that the examined one shows, most certain step first.

        leave_out: an exhibit that is not looked at, such as the examined one itself.
        One entry for each earlier exhibit: the first step that found it names the method;
        what geometry tells of it is added.
        """
        with self._indexes.lock:
            found = self._by_hash(examination, leave_out)
            for earlier_id, proof in self._by_features(examination, leave_out):
                known = found.get(earlier_id)
                found[earlier_id] = _with_proof(known, proof) if known else proof
            return [one for one in found.values() if self._stands(one, examination)]

    def _stands(self, found: Correspondence, examination: Examination) -> bool:
        """Whether a match may be shown: an inner picture can be a keyboard that many chats
        share, so its hash needs the proof of geometry wherever there is detail for one."""
        if found.method != "pdq-inner" or found.inliers is not None:
            return True
        return not (features_of(examination) and self._features_of(found.earlier_exhibit_id))

    # --- the steps --------------------------------------------------------------------------

    def _by_hash(
        self, examination: Examination, leave_out: int | None
    ) -> dict[int, Correspondence]:
        """PDQ in eight orientations: whole against whole, then with inner pictures."""
        index = self._indexes.hashes()
        found: dict[int, Correspondence] = {}
        for view in examination.views:
            for candidate in index.search(pdq) if (pdq := pdq_of(view)) else ():
                earlier, corners = examinations.place_of_view(self._store, candidate.view_id)
                if earlier == leave_out or earlier in found:
                    continue
                method = "pdq" if view.corners is None and corners is None else "pdq-inner"
                found[earlier] = Correspondence(
                    earlier_view_id=candidate.view_id,
                    earlier_exhibit_id=earlier,
                    method=method,
                    orientation=candidate.orientation,
                    chance=expected_by_chance(method, candidate.distance, len(index)),
                    distance=candidate.distance,
                    region=view.corners,
                    earlier_region=corners,
                )
        return found

    def _by_features(
        self, examination: Examination, leave_out: int | None
    ) -> Iterator[tuple[int, Correspondence]]:
        """Geometry and pixels."""
        own = features_of(examination)
        if own is None:
            return
        index = self._indexes.local()
        try:
            query = Query.of(own)
        except (ValueError, cv2.error):  # the lab's child contradicted itself
            return
        silent = () if leave_out is None else (leave_out,)
        for one in find(
            query,
            index,
            self._features_of,
            leave_out=silent,
            copies_of=self._indexes.clusters.others,
        ):
            view = examinations.whole_view(self._store, one.picture_id)
            if view is None:
                continue
            lies = one.alignment
            yield (
                one.picture_id,
                Correspondence(
                    earlier_view_id=view,
                    earlier_exhibit_id=one.picture_id,
                    method="local-features",
                    orientation=lies.orientation,
                    chance=expected_by_chance("local-features", None, len(index)),
                    region=lies.region,
                    earlier_region=lies.earlier_region,
                    scale=lies.scale,
                    inliers=lies.inliers,
                    agreement=lies.agreement,
                    map=tuple(float(part) for part in lies.matrix.ravel()),
                ),
            )

    def _features_of(self, exhibit_id: int) -> Features | None:
        return features.of(self._store, exhibit_id)


def _with_proof(known: Correspondence, proof: Correspondence) -> Correspondence:
    """What a hash found, with what geometry tells of it."""
    return replace(
        known,
        region=proof.region,
        earlier_region=proof.earlier_region,
        scale=proof.scale,
        inliers=proof.inliers,
        agreement=proof.agreement,
        map=proof.map,
    )
