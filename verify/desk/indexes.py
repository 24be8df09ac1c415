"""The indexes over every picture this desk has seen: filled from the store when first needed.

All of it is derived. The index of local features is also saved beside the store, so that a
large archive is ready at once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from verify.errors import Unavailable
from verify.lab.features import FEATURES_VERSION, FRAME_POINTS, STORED_POINTS, stored
from verify.matching.clusters import Clusters, is_copy
from verify.matching.footage_index import FootageIndex
from verify.matching.hash_index import HashIndex
from verify.matching.local_index import LocalIndex
from verify.matching.points import read
from verify.matching.reels import Reel
from verify.records import Examination, Footage, View, say
from verify.store.database.connection import Store
from verify.store.folder import files
from verify.store.pictures import features, footage, matches, views
from verify.store.pictures.matches import Pair

PDQ_VERSION = 1
# Below this quality a hash is neither matched nor trusted. Source: the PDQ reference
# (github.com/facebook/ThreatExchange, pdq/README), which advises to drop hashes under 50.
_LEAST_QUALITY = 50
_SAVED_EVERY = 1000  # pictures
_FILMS = -(1 << 40)  # the name of a film's group of frames is below it by the exhibit's number


class Indexes:
    """All pictures seen, by hash and by local features. Several threads may use it."""

    def __init__(self, store: Store, home: Path) -> None:
        """home: the folder in which the index of local features is kept between runs."""
        self._store = store
        # the version is in the name: an index of other features is never read
        self._saved = home / f"local-features-{FEATURES_VERSION}.index"
        self._hashes: HashIndex | None = None
        self._local: LocalIndex | None = None
        self._films: FootageIndex | None = None
        self._film_of: dict[int, int] = {}  # by view, the film that it is a frame of
        self.clusters = Clusters()
        self.arrivals = 0  # exhibits that were added, in all; kept under `lock`
        self._changes = 0  # to the index of local features, in all; kept under `lock`
        self._written = 0  # how many of them the file has; kept under `_writing`
        self._writing = threading.Lock()
        # for what takes long and nobody should wait for, one after the other
        self._background = ThreadPoolExecutor(1, "recall")
        self._saving: Future[None] | None = None
        self._closing = False
        # Always taken before the store's own lock, so that the two never wait for each other.
        self.lock = threading.RLock()

    def prepare(self) -> None:
        """Begin to fill what a search needs, for who will search once the lab has answered."""
        if self._local is None:
            with contextlib.suppress(RuntimeError):  # closed: the lab tells it
                self._background.submit(self._fill)

    def add(self, exhibit_id: int, examination: Examination) -> None:
        """Make an examined picture findable. What was known of it before is replaced."""
        with self.lock:
            self.films().remove(exhibit_id)  # until it is watched again
            self._add(exhibit_id, examination.views, views.ids_of(self._store, exhibit_id))

    def add_footage(self, exhibit_id: int, seen: Footage) -> None:
        """Make a film findable in all its length. seen: with the features that the store keeps."""
        with self.lock:
            self.films().add(exhibit_id, Reel.of(seen))
            frames = views.frame_ids(self._store, exhibit_id)
            for view in seen.keys:
                if (view_id := views.id_of(self._store, exhibit_id, view)) is not None:
                    self._film_of[view_id] = exhibit_id
            self._add(exhibit_id, seen.keys, frames)

    def _add(self, exhibit_id: int, seen: Iterable[View], former: Iterable[int]) -> None:
        """By these views an exhibit is found, and no longer by the former."""
        hashes, local = self.hashes(), self.local()
        former = tuple(former)
        hashes.remove(former)
        local.remove(*former)
        if self._join_copies(exhibit_id):
            local.regroup(self._group_of)
        for view in seen:
            view_id = views.id_of(self._store, exhibit_id, view)
            if view_id is None:
                continue
            if pdq := pdq_of(view):
                hashes.add(view_id, pdq[0])
            if view.features:
                points = read(view.features, STORED_POINTS)
                local.add(view_id, points, self._group_of(view_id), exhibit_id)
        self.arrivals += 1
        self._changes += 1
        self._save_at_times()

    def save(self) -> None:
        """Keep the index of local features for the next start, if it changed.

        Nobody has to wait for that but others who save.
        """
        with self._writing, contextlib.suppress(OSError):  # it can be made again
            files.clear_unfinished(self._saved)
            changes, index = self._changes, self._local  # in this order: it has all of these
            if index is not None and changes > self._written:
                features.save_index(self._saved, index.to_chunks())
                self._written = changes

    def close(self) -> None:
        """End what was begun, and save. Who still waits for a filling gets Unavailable."""
        self._closing = True
        self._background.shutdown(cancel_futures=True)
        self.save()

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
            self._hashes = self._local = self._films = None
            self.clusters = Clusters()

    @contextlib.contextmanager
    def losing(self) -> Iterator[None]:
        """While the body takes pictures out of the store nobody searches."""
        with self.lock:
            yield
            self._hashes = self._films = None

    def forget_gone(self) -> None:
        """Leave nothing of the pictures that the store has no longer, here and in the file."""
        with self.lock:
            local = self._local or self._load()
            self.clusters = Clusters()
            self._settle(local)
            local.scrub()
            self._local = local
            self._changes += 1
        self.save()
        with self._writing:
            features.drop_index(self._saved, keep=self._written == self._changes)

    def rebuild(self) -> None:
        """Fill everything from the store alone, and save it; what was there answers till then."""
        with self.lock:
            with self._writing:
                features.drop_index(self._saved, keep=False)
            self._hashes, self._films, self.clusters = None, None, Clusters()
            if self._local is not None:
                self._settle(self._local)
        anew = LocalIndex()
        changes = self._level(anew)
        with self.lock:
            self._settle(anew)
            self._local = anew
            self._changes += changes  # last: a save may be under way with the former index
        self.save()

    # --- what is in them ----------------------------------------------------------------------

    def hashes(self) -> HashIndex:
        """PDQ hashes of views, under `lock`."""
        if self._hashes is None:
            index = HashIndex()
            rows = views.hashes(self._store, "pdq", PDQ_VERSION, _LEAST_QUALITY)
            if rows:
                ids = np.fromiter((row["view_id"] for row in rows), np.int64, len(rows))
                packed = np.frombuffer(b"".join(row["hash"] for row in rows), np.uint8)
                index.add_many(ids, packed.reshape(len(rows), 32))
            self._hashes = index
        return self._hashes

    def films(self) -> FootageIndex:
        """What was seen of films from beginning to end, under `lock`."""
        if self._films is None:
            index = FootageIndex()
            for exhibit_id in footage.watched(self._store):
                if (seen := footage.of(self._store, exhibit_id)) is not None:
                    index.add(exhibit_id, Reel.of(seen))
            self._films = index
        return self._films

    def local(self) -> LocalIndex:
        """Local features of views, under `lock`.

        As they were saved, with what the store has and the file has not, and the reverse.
        """
        if self._local is None:
            index = self._load()
            self._settle(index)
            self._local = index
        return self._local

    # --- filling and saving -------------------------------------------------------------------

    def _fill(self) -> None:
        with self.lock:
            self.hashes()
            self.films()
            self.local()

    def _save_at_times(self) -> None:
        """A kill then costs little at the next start."""
        due = self._changes - self._written >= _SAVED_EVERY
        if due and (self._saving is None or self._saving.done()):
            with contextlib.suppress(RuntimeError):  # closing, which saves as well
                self._saving = self._background.submit(self.save)

    def _load(self) -> LocalIndex:
        try:
            return LocalIndex.from_bytes(
                features.saved_index(self._saved), lambda: views.wholes(self._store)
            )
        except ValueError:  # none, damaged, or of another version: made again
            return LocalIndex()

    def _settle(self, index: LocalIndex) -> None:
        """Make an index hold what the store has, copies grouped. Under `lock`."""
        self._changes += self._level(index)
        self._group_copies()
        self._film_of = views.of_films(self._store)
        index.regroup(self._group_of)

    def _level(self, index: LocalIndex) -> int:
        """Take out what the store has no longer, add what it has; returns how many changed.

        Raises Unavailable once the desk is closing: that may be minutes before it is done.
        """
        wanted = features.described(self._store, FEATURES_VERSION)
        gone, missing = index.views - wanted.keys(), wanted.keys() - index.views
        index.remove(*gone)
        for view_id in sorted(missing):
            if self._closing:
                raise Unavailable(say("This desk is closing."))
            if (kept := features.of(self._store, view_id)) is not None:
                index.add(view_id, read(kept, STORED_POINTS), exhibit=wanted[view_id])
        return len(gone) + len(missing)

    def _group_of(self, view_id: int) -> int:
        """The group of copies that a view is in. The frames of a film are one, lest they crowd out
        what else is alike; but for a frame of which there is a copy elsewhere."""
        film = self._film_of.get(view_id)
        if film is not None and self.clusters.alone(view_id):
            return _FILMS - film
        return self.clusters.of(view_id)

    def _group_copies(self) -> None:
        for pair in matches.pairs(self._store):
            if _is_one_picture(pair):
                self.clusters.join(pair.view_id, pair.earlier_view_id)

    def _join_copies(self, exhibit_id: int) -> bool:
        """Join views with their copies by the recorded matches; whether groups became one."""
        joined = False
        for pair in matches.pairs(self._store, exhibit_id):
            if _is_one_picture(pair):
                group, other = (
                    self.clusters.of(one) for one in (pair.view_id, pair.earlier_view_id)
                )
                joined |= group != other
                self.clusters.join(group, other)
        return joined


def kept(examination: Examination) -> tuple[View, ...]:
    """The views of an examination with what the store keeps of their local features."""
    return tuple(
        replace(view, features=stored(view.features)) if view.features else view
        for view in examination.views
    )


def kept_of_film(seen: Footage) -> Footage:
    """What was seen of a film, with what the store keeps of its frames' local features."""
    frames = (
        replace(view, features=view.features and stored(view.features, FRAME_POINTS))
        for view in seen.keys
    )
    return replace(seen, keys=tuple(frames))


def pdq_of(view: View) -> tuple[bytes, ...] | None:
    """A view's PDQ hashes in eight orientations, where they are good enough to match on."""
    for print_ in view.fingerprints:
        if print_.algorithm == "pdq" and (print_.quality or 0) >= _LEAST_QUALITY:
            return print_.orientations
    return None


def _is_one_picture(pair: Pair) -> bool:
    """Whether each of two matched views shows most of the other."""
    if not pair.proved:
        return pair.method == "pdq"
    return is_copy(pair.region, pair.corners) and is_copy(pair.earlier_region, pair.earlier_corners)
