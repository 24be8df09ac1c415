"""The search over packs: what others checked that an examined picture or film shows.

By the steps of `recall`, over indexes of their own: nothing of a pack is an exhibit, joins the
copies of one, or counts in the search over the desk's own pictures.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from verify.desk.indexes import own_pdq, pdq_of
from verify.desk.recall import explained, hashes_of, queries_of
from verify.lab.features import FEATURES_VERSION
from verify.matching import inverted
from verify.matching.alignment import Query
from verify.matching.candidates import Search
from verify.matching.drawings import borne_out, drawn
from verify.matching.find import find
from verify.matching.hash_index import HASH_BYTES, HashIndex, Neighbour
from verify.matching.pack_index import Described, PackIndex, built
from verify.matching.placing import placed
from verify.matching.points import Points, read
from verify.matching.postings import Postings
from verify.records import WHOLE, Corners, Examination, Features, View, ViewKind, area
from verify.store.database.connection import Row, Store
from verify.store.packs import kept
from verify.store.packs.bounds import MOST_POINTS
from verify.store.packs.kept import Hit, Known
from verify.store.pictures import features

_NEARLY_ALL = 0.9  # of the incoming picture
_MOST_FRAMES = 4  # of a film, that are looked for by their features


class Rows(Protocol):
    """Where the store keeps what is looked for: `kept`, or that of a hub."""

    def known(self, store: Store, view_ids: Iterable[int]) -> dict[int, Known]: ...

    def features_of(self, store: Store, view_id: int) -> Features | None: ...

    def is_described(self, store: Store, entry_id: int) -> bool: ...


class Indexed(Protocol):
    """An index of local features."""

    def __len__(self) -> int: ...

    def search(self, points: Points) -> Search: ...


def of_packs(store: Store, home: Path, pack_ids: Iterable[int], *, reading: bool) -> PackRecall:
    """Packs as they are now. home: where the index of each pack is. reading: whether nothing is
    written there."""
    ids = tuple(pack_ids)
    hashes = HashIndex()
    add_hashes(hashes, kept.hashes(store, ids))
    parts = (_index(store, home, one, reading=reading) for one in ids)
    return PackRecall(store, kept, hashes, PackIndex([one for one in parts if one]))


def add_hashes(index: HashIndex, rows: Sequence[Row]) -> None:
    """Have views found by their hashes. rows: of id and pdq."""
    if rows:
        packed = np.frombuffer(b"".join(row["pdq"] for row in rows), np.uint8)
        views = np.fromiter((row["id"] for row in rows), np.int64, len(rows))
        index.add_many(views, packed.reshape(-1, HASH_BYTES))


class PackRecall:
    """The search over entries that are no exhibits. Several threads may use it."""

    def __init__(self, store: Store, rows: Rows, hashes: HashIndex, local: Indexed) -> None:
        self._store = store
        self._rows = rows
        self._lock = threading.Lock()
        self._hashes = hashes
        self._local = local

    def find(self, examination: Examination) -> dict[int, Hit]:
        """What shows the same, by the numbers of entries, the surest step of each."""
        with self._lock:
            found: dict[int, tuple[Hit, int]] = {}
            for entry, near in self._by_hash(examination):  # the nearest last
                known = found.get(entry)
                # a part may be as near as the whole, and says less
                if near[0].method == "pdq" or known is None or known[0].method != "pdq":
                    found[entry] = near
            for entry, hit, view in self._by_features(examination):
                known = found.get(entry)
                if known is None or known[0].method == "pdq-inner":
                    found[entry] = hit, view
            return {
                entry: hit
                for entry, (hit, view_id) in found.items()
                if hit.method != "pdq-inner" or not self._described(examination, view_id)
            }

    def _described(self, examination: Examination, view_id: int) -> bool:
        """Whether geometry could have proved what the hash of an inner picture says."""
        known = self._rows.known(self._store, [view_id])
        return view_id in known and (
            any(view.features for view in examination.views)
            and self._rows.is_described(self._store, known[view_id].entry_id)
        )

    def _by_hash(self, examination: Examination) -> Iterator[tuple[int, tuple[Hit, int]]]:
        near = [
            (view, candidate)
            for view, pdq in _hashes(examination)
            for candidate in self._hashes.search(pdq)
        ]
        near.sort(key=lambda pair: -pair[1].distance)  # the nearest stays
        known = self._rows.known(self._store, (candidate.view_id for _, candidate in near))
        for view, candidate in near:
            there = known.get(candidate.view_id)
            if there is None:
                continue
            inner = view.corners or there.view.corners
            if not inner and not self._borne_out(view, candidate, examination):
                continue
            method = "pdq-inner" if inner else "pdq"
            hit = Hit(method, candidate.distance, view.kind, view.at_ms, view.corners)
            yield there.entry_id, (hit, candidate.view_id)

    def _borne_out(self, view: View, near: Neighbour, examination: Examination) -> bool:
        """As `Recall` has it: what is drawn has to be alike pixel by pixel."""
        negative = view == inverted.VIEW
        asked = WHOLE if negative else view
        mine = next((one for one in examination.views if one.bare() == asked), None)
        theirs = self._rows.features_of(self._store, near.view_id)
        if mine is None or mine.features is None or theirs is None:
            return True
        try:
            query = Query.of(mine.features)
            query = query.inverted() if negative else query
            if not theirs.thumbnail:  # not published: keypoints may prove it yet
                return not drawn(query)
            return borne_out(query, theirs, near.orientation)
        except (ValueError, cv2.error):  # whoever made them contradicted themselves
            return True

    def _by_features(self, examination: Examination) -> Iterator[tuple[int, Hit, int]]:
        if not len(self._local):
            return
        regions: list[Corners] = []
        silent = set[int]()
        for view, query, asked in queries_of(_asking(examination)):
            if explained(view, regions):
                continue
            there = partial(self._rows.features_of, self._store)
            detections = find(query, self._local, there, leave_out=silent, asked=asked)
            known = self._rows.known(self._store, (one.view_id for one in detections))
            for one in detections:
                if one.view_id not in known:
                    continue
                silent.add(one.view_id)
                entry, theirs = known[one.view_id]
                proof = placed(one.alignment.proof, view, theirs)
                if view.kind not in (ViewKind.PREVIEW, ViewKind.FRAME):
                    regions.append(proof.region)
                part = proof.region if area(proof.region) < _NEARLY_ALL else None
                hit = Hit("local-features", None, view.kind, view.at_ms, part)
                yield entry, hit, one.view_id


def build(store: Store, home: Path, pack_id: int) -> None:
    """Write the index of a pack, from what the store has of it."""
    drop(home, pack_id)

    def save(chunks: Iterator[bytes]) -> memoryview:
        kept_now = features.save_mapped(_path(home, pack_id), chunks)
        for former in _written(home, pack_id)[:-1]:
            with suppress(OSError):  # in use on some systems, until all is written
                former.unlink(missing_ok=True)
        return kept_now

    built(_points(store, pack_id), save)
    for former in _written(home, pack_id)[:-1]:
        former.unlink(missing_ok=True)


def drop(home: Path, pack_id: int) -> None:
    """Remove the index of a pack."""
    for written in _written(home, pack_id):
        written.unlink(missing_ok=True)


def _index(store: Store, home: Path, pack_id: int, *, reading: bool) -> Postings | None:
    """The index of a pack, made again where it is lost, as after a restore."""
    try:
        return Postings(features.mapped_index(_path(home, pack_id)))
    except ValueError:
        pass
    if not reading:
        with suppress(OSError):  # the disk is full: nobody's answer fails for that
            build(store, home, pack_id)
            made = features.mapped_index(_path(home, pack_id))
            return Postings(made) if len(made) else None
    return built(_points(store, pack_id), lambda chunks: memoryview(b"".join(chunks)))


def _path(home: Path, pack_id: int) -> Path:
    return home / f"pack-{pack_id}-{FEATURES_VERSION}.index"


def _written(home: Path, pack_id: int) -> list[Path]:
    return sorted(home.glob(f"pack-{pack_id}-*.index"))


def _points(store: Store, pack_id: int) -> Iterator[Described]:
    for some in kept.described(store, pack_id):
        for view, entry, found in some:
            if found.version == FEATURES_VERSION:
                yield view, entry, read(found, MOST_POINTS)


def _asking(examination: Examination) -> list[View]:
    """Its views; of many frames those that stand evenly in their order."""
    frames = [view for view in examination.views if view.kind is ViewKind.FRAME]
    step = max(1, -(-len(frames) // _MOST_FRAMES))
    others = [view for view in examination.views if view.kind is not ViewKind.FRAME]
    return [*others, *frames[::step]]


def _hashes(examination: Examination) -> Iterator[tuple[View, tuple[bytes, ...]]]:
    """What is looked for by hash; of what is kept one orientation is known."""
    yield from hashes_of(examination)
    for view in examination.views:
        if not pdq_of(view) and (own := own_pdq(view)):
            yield view.bare(), (own,)
