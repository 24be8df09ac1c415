"""The search over every picture this desk has seen: cheap steps first, proof last.

Everything here is derived from the store and filled from it when first needed. The index of
local features is also saved beside the store, so that a large archive is ready at once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import msgspec
import numpy as np

from verify.lab.features import FEATURES_VERSION, STORED_POINTS, stored
from verify.matching.alignment import Query
from verify.matching.chance import expected_by_chance
from verify.matching.clusters import Clusters, is_copy
from verify.matching.find import find
from verify.matching.index import HashIndex
from verify.matching.local_index import LocalIndex
from verify.matching.points import read
from verify.records import Corners, Examination, Features, View
from verify.store import examinations, features, files
from verify.store.examinations import Correspondence
from verify.store.store import Store

PDQ_VERSION = 1
# Below this quality a hash is neither matched nor trusted. Source: the PDQ reference
# (github.com/facebook/ThreatExchange, pdq/README), which advises to drop hashes under 50.
_LEAST_QUALITY = 50
_SAVED_EVERY = 1000  # pictures


class Recall:
    """All pictures seen, searchable. Several threads may use it."""

    def __init__(self, store: Store, home: Path) -> None:
        """home: the folder in which the index of local features is kept between runs."""
        self._store = store
        # the version is in the name: an index of other features is never read
        self._saved = home / f"local-features-{FEATURES_VERSION}.index"
        self._hashes: HashIndex | None = None
        self._local: LocalIndex | None = None
        self._clusters = Clusters()
        self._changed = 0
        # Always taken before the store's own lock, so that the two never wait for each other.
        self.lock = threading.RLock()

    def find(self, examination: Examination, leave_out: int | None = None) -> list[Correspondence]:
        """Every earlier picture that the examined one shows, most certain step first.

        leave_out: an exhibit that is not looked at, such as the examined one itself.
        One entry for each earlier exhibit: the first step that found it names the method;
        what geometry tells of it is added.
        """
        with self.lock:
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
        return not (_features(examination) and self._features_of(found.earlier_exhibit_id))

    def add(self, exhibit_id: int, examination: Examination) -> None:
        """Make an examined picture findable. What was known of it before is replaced."""
        with self.lock:
            hashes = self._hash_index()
            hashes.remove(examinations.views_of(self._store, exhibit_id))
            for view in examination.views:
                view_id = examinations.id_of_view(self._store, exhibit_id, view)
                if (pdq := _pdq(view)) and view_id is not None:
                    hashes.add(view_id, pdq[0])
            if (own := _features(examination)) is not None:
                local = self._local_index()
                local.remove(exhibit_id)
                if self._join_copies(exhibit_id):
                    local.regroup(self._clusters.of)
                local.add(exhibit_id, read(own, STORED_POINTS), self._clusters.of(exhibit_id))
                self._changed += 1
                if self._changed >= _SAVED_EVERY:  # a kill then costs little at the next start
                    self.save()

    def save(self) -> None:
        """Keep the index of local features for the next start, if it changed."""
        with self.lock, contextlib.suppress(OSError):  # it can be made again
            files.clear_unfinished(self._saved)
            if self._local is not None and self._changed:
                features.save_index(self._saved, self._local.to_chunks())
                self._changed = 0

    def damaged(self) -> bool:
        """Whether there is a saved index that cannot be read."""
        saved = features.saved_index(self._saved)
        if not len(saved):  # none yet
            return False
        try:
            LocalIndex.from_bytes(saved)
        except ValueError:
            return True
        return False

    def empty(self) -> None:
        """Drop what is in memory; it is filled from the store when next needed."""
        with self.lock:
            self._hashes = self._local = None
            self._clusters, self._changed = Clusters(), 0

    def rebuild(self) -> None:
        """Fill everything from the store alone, and save it."""
        with self.lock:
            self.empty()
            features.drop_index(self._saved)
            self._local_index()
            self.save()

    # --- the steps --------------------------------------------------------------------------

    def _by_hash(
        self, examination: Examination, leave_out: int | None
    ) -> dict[int, Correspondence]:
        """PDQ in eight orientations: whole against whole, then with inner pictures."""
        index = self._hash_index()
        found: dict[int, Correspondence] = {}
        for view in examination.views:
            for candidate in index.search(pdq) if (pdq := _pdq(view)) else ():
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
        own = _features(examination)
        if own is None:
            return
        index = self._local_index()
        try:
            query = Query.of(own)
        except (ValueError, cv2.error):  # the lab's child contradicted itself
            return
        silent = () if leave_out is None else (leave_out,)
        for one in find(
            query, index, self._features_of, leave_out=silent, copies_of=self._clusters.others
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

    # --- filling ------------------------------------------------------------------------------

    def _hash_index(self) -> HashIndex:
        if self._hashes is None:
            index = HashIndex()
            rows = examinations.hashes(self._store, "pdq", PDQ_VERSION, _LEAST_QUALITY)
            if rows:
                ids = np.fromiter((row["view_id"] for row in rows), np.int64, len(rows))
                packed = np.frombuffer(b"".join(row["hash"] for row in rows), np.uint8)
                index.add_many(ids, packed.reshape(len(rows), 32))
            self._hashes = index
        return self._hashes

    def _local_index(self) -> LocalIndex:
        """As it was saved, with what the store has and the file has not, and the reverse."""
        if self._local is None:
            self._group_copies()
            index = self._load()
            wanted = features.exhibits_with(self._store, FEATURES_VERSION)
            for gone in index.pictures - set(wanted):
                index.remove(gone)
                self._changed += 1
            for missing in sorted(set(wanted) - index.pictures):
                if (kept := self._features_of(missing)) is not None:
                    index.add(missing, read(kept, STORED_POINTS))
                    self._changed += 1
            index.regroup(self._clusters.of)
            self._local = index
        return self._local

    def _load(self) -> LocalIndex:
        try:
            return LocalIndex.from_bytes(features.saved_index(self._saved))
        except ValueError:  # none, damaged, or of another version: made again
            return LocalIndex()

    def _group_copies(self) -> None:
        for row in features.copies(self._store):
            if _shows_most(row["method"], row["region"], row["earlier_region"]):
                self._clusters.join(row["exhibit_id"], row["earlier_exhibit_id"])

    def _join_copies(self, exhibit_id: int) -> bool:
        """Join a picture with its copies by the recorded matches; whether groups became one."""
        groups = {self._clusters.of(exhibit_id)}
        for row in examinations.matches(self._store, exhibit_id):
            if row["same"] != 0 and _shows_most(
                row["method"], row["region"], row["earlier_region"]
            ):
                groups.add(self._clusters.of(row["earlier_exhibit_id"]))
                self._clusters.join(exhibit_id, row["earlier_exhibit_id"])
        return len(groups) > 1


def kept(examination: Examination) -> Features | None:
    """What the store keeps of an examination's local features."""
    own = _features(examination)
    return stored(own) if own else None


def _features(examination: Examination) -> Features | None:
    return examination.views[0].features if examination.views else None


def _pdq(view: View) -> tuple[bytes, ...] | None:
    """A view's PDQ hashes in eight orientations, where they are good enough to match on."""
    for print_ in view.fingerprints:
        if print_.algorithm == "pdq" and (print_.quality or 0) >= _LEAST_QUALITY:
            return print_.orientations
    return None


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


def _shows_most(method: str, region: str | None, earlier_region: str | None) -> bool:
    """Whether each of two matched pictures shows most of the other."""
    if region is None or earlier_region is None:
        return method == "pdq"
    return is_copy(*(msgspec.json.decode(text, type=Corners) for text in (region, earlier_region)))
