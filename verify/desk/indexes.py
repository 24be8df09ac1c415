"""The indexes over every picture this desk has seen: filled from the store when first needed.

All of it is derived. The index of local features is also saved beside the store, so that a
large archive is ready at once. What the file lacks is added behind whoever asks, in steps, and
saved on the way: a desk that is stopped or killed meanwhile goes on from there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from verify.desk.filling import Filling
from verify.errors import Unavailable
from verify.lab.features import FEATURES_VERSION, FRAME_POINTS, STORED_POINTS, stored
from verify.matching.clusters import Clusters, is_copy
from verify.matching.footage_index import FootageIndex
from verify.matching.hash_index import HashIndex
from verify.matching.local_index import LocalIndex
from verify.matching.mapped_index import MappedIndex
from verify.matching.points import read
from verify.matching.postings import Postings
from verify.matching.reels import Reel
from verify.records import Examination, Footage, View
from verify.store.database.connection import Store
from verify.store.folder import files
from verify.store.pictures import features, footage, matches, views
from verify.store.pictures.matches import Pair

PDQ_VERSION = 1
# Below this quality a hash is neither matched nor trusted. Source: the PDQ reference
# (github.com/facebook/ThreatExchange, pdq/README), which advises to drop hashes under 50.
_LEAST_QUALITY = 50
_SAVED_EVERY = 1000  # pictures
_MOST_IN_MEMORY = 30_000  # views whose local features are: 16 KB a picture, 7 KB a frame
_STEP_SECONDS = 0.1  # so long a search waits at most for what fills
_SHARE = 4  # while much is filled in, it is saved again when this part of it is new
_FILMS = -(1 << 40)  # the name of a film's group of frames is below it by the exhibit's number


class Indexes:
    """All pictures seen, by hash and by local features. Several threads may use it."""

    def __init__(self, store: Store, home: Path, *, reading: bool = False) -> None:
        """home: the folder in which the index of local features is kept between runs; with
        `reading` nothing is written there."""
        self._store = store
        self._reading = reading
        # the version is in the name: an index of other features is never read
        self._saved = home / f"local-features-{FEATURES_VERSION}.index"
        self._hashes: HashIndex | None = None
        self._local: LocalIndex | MappedIndex | None = None
        self._lacking: dict[int, int] = {}  # views that `_local` has not yet, and whose they are
        self._films: FootageIndex | None = None
        self._film_of: dict[int, int] = {}  # by view, the film that it is a frame of
        self.clusters = Clusters()
        self.arrivals = 0  # exhibits that were added, in all; kept under `lock`
        self._changes = 0  # to the index of local features, in all; kept under `lock`
        self._written = 0  # how many of them the file has; kept under `_writing`
        self._writing = threading.Lock()
        self._filling = Filling(self._fill)
        # Always taken before the store's own lock, so that the two never wait for each other.
        self.lock = threading.RLock()

    def prepare(self) -> None:
        """Begin to fill what a search needs, for who will search once the lab has answered."""
        if not self.whole:
            self._filling.begin()

    @property
    def whole(self) -> bool:
        """Whether everything that the store has is here."""
        return self._local is not None and not self._lacking

    @property
    def lacking(self) -> int:
        """How many views cannot be found by local features yet. Under `lock`."""
        self.local()
        return len(self._lacking)

    @property
    def lacking_pictures(self) -> int:
        """Of how many exhibits views are not in it yet. Under `lock`."""
        return len({*self._lacking.values()})

    def wait(self, seconds: float | None = None) -> None:
        """Wait until all is here, or so long. Not under `lock`.

        Raises Unavailable once the desk is closing: that may be minutes before it is done.
        """
        while not self.whole and self._filling.wait(seconds):
            pass

    @contextlib.contextmanager
    def complete(self) -> Iterator[None]:
        """Hold them still with everything in them. Under `lock` only inside another of these.

        Raises Unavailable like `wait`.
        """
        while True:
            self.wait()
            with self.lock:
                if self.whole:
                    yield
                    return

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

    def join(self, exhibit_ids: Iterable[int]) -> None:
        """Group with their copies exhibits whose matches with earlier ones are recorded since they
        were added."""
        with self.lock:
            if sum(self._join_copies(one) for one in exhibit_ids):
                self.local().regroup(self._group_of)
                self._changes += 1

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
        if self._reading:
            return
        self._leave_memory()
        with self._writing, contextlib.suppress(OSError):  # it can be made again
            files.clear_unfinished(self._saved)
            changes, index = self._changes, self._local  # in this order: it has all of these
            if index is not None and changes > self._written:
                self._write(index)
                features.save_index(self._saved, index.to_chunks())
                self._written = changes

    def _leave_memory(self) -> None:
        """From a certain size on keep local features in a file that is mapped."""
        with self.lock:
            if self._outgrown and isinstance(self._local, LocalIndex):
                self._local = MappedIndex(None, self._local)
                self._changes += 1

    @property
    def _outgrown(self) -> bool:
        """Whether there is more in memory than should be."""
        if isinstance(self._local, MappedIndex):
            return self._local.full
        return self._local is not None and len(self._local) > _MOST_IN_MEMORY

    def _write(self, index: LocalIndex | MappedIndex) -> None:
        """Write the mapped file anew if it should be. Under `_writing`."""
        if isinstance(index, MappedIndex) and index.due:
            index.write(partial(features.save_mapped, self._saved))
            with contextlib.suppress(Unavailable):  # in use on some systems: the next time
                features.drop_index(self._saved, keep=True)

    def saved_beside(self) -> list[Path]:
        """The files in which the index of local features was saved."""
        return features.saved_files(self._saved)

    def close(self) -> None:
        """End what was begun, and save. Who still waits for a filling gets Unavailable."""
        self._filling.close()
        self.save()

    def damaged(self) -> bool:
        """Whether there is a saved index that cannot be read."""
        try:
            for saved, read_by in (
                (features.saved_index(self._saved), LocalIndex.from_bytes),
                (features.mapped_index(self._saved), Postings),
            ):
                if len(saved):  # or none yet
                    read_by(saved)
        except ValueError:
            return True
        return False

    def empty(self) -> None:
        """Drop what is in memory; it is filled from the store when next needed."""
        with self.lock:
            self._hashes = self._local = self._films = None
            self._lacking = {}
            self.clusters = Clusters()
            self.arrivals += 1  # a search under way has not seen all

    @contextlib.contextmanager
    def losing(self) -> Iterator[None]:
        """While the body takes pictures out of the store nobody searches."""
        with self.lock:
            yield
            self._hashes = self._films = None

    def forget_gone(self) -> None:
        """Leave nothing of the pictures that the store has no longer, here and in the file."""
        with self.lock:
            local = self.local()
            self._settle(local)
            local.scrub()
            self._changes += 1
            changes = self._changes
        self.save()
        with self._writing:
            features.drop_index(self._saved, keep=self._written >= changes)

    def rebuild(self) -> None:
        """Fill everything from the store alone, and save it; what was there answers till then."""
        with self.lock:
            with self._writing:
                features.drop_index(self._saved, keep=False)
            self._hashes, self._films = None, None
            if self._local is not None:
                self._settle(self._local)
        anew: LocalIndex | MappedIndex = LocalIndex()
        lacking = self._level(anew)
        if len(lacking) > _MOST_IN_MEMORY:
            anew = MappedIndex(None, LocalIndex())
        for view_id, exhibit in lacking.items():
            self._filling.demand_open()
            self._copy(anew, view_id, exhibit)
            if isinstance(anew, MappedIndex) and anew.full:
                with self._writing, contextlib.suppress(OSError):
                    self._write(anew)
        anew.scrub()  # another file may have been written meanwhile
        with self.lock:
            self._settle(anew)
            self._local = anew
            while self._add_one():  # what came meanwhile
                pass
            self._changes += len(anew)  # last: a save may be under way with the former index
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

    def local(self) -> LocalIndex | MappedIndex:
        """Local features of views, under `lock`.

        As they were saved, without what the store has no longer; `lacking` says what is to come.
        """
        if self._local is None:
            index = self._load()
            self._settle(index)
            self._local = index
        return self._local

    # --- filling and saving -------------------------------------------------------------------

    def _fill(self) -> Iterator[None]:
        """Step by step; between two of them others get the lock."""
        with self.lock:
            self.hashes()
            self.films()
            self.local()
        while not self.whole:
            with self.lock:
                until = time.monotonic() + _STEP_SECONDS
                while self._add_one() and time.monotonic() < until:
                    self._filling.demand_open()
                many = len(self.local()) // _SHARE
            if self._outgrown or self._changes - self._written >= max(_SAVED_EVERY, many):
                self.save()
            yield
        self.save()

    def _add_one(self) -> int:
        """Add the next of what lacks; how many lack then. Under `lock`."""
        index = self.local()
        if self._lacking:
            view_id, exhibit = next(iter(self._lacking.items()))
            self._copy(index, view_id, exhibit)
            del self._lacking[view_id]
            self._changes += 1
        return len(self._lacking)

    def _copy(self, index: LocalIndex | MappedIndex, view_id: int, exhibit: int) -> None:
        """Put into an index what the store has of a view, if it has it still."""
        if (kept := features.of(self._store, view_id)) is not None:
            index.add(view_id, read(kept, STORED_POINTS), self._group_of(view_id), exhibit)

    def _save_at_times(self) -> None:
        """A kill then costs little at the next start."""
        if self._outgrown or self._changes - self._written >= _SAVED_EVERY:
            self._filling.afterwards(self.save)

    def _load(self) -> LocalIndex | MappedIndex:
        try:
            added = LocalIndex.from_bytes(
                features.saved_index(self._saved), lambda: views.wholes(self._store)
            )
        except ValueError:  # none, damaged, or of another version: made again
            added = LocalIndex()
        if not len(mapped := features.mapped_index(self._saved)):
            return added
        try:
            return MappedIndex(Postings(mapped), added)
        except ValueError:
            return MappedIndex(None, added)

    def _settle(self, index: LocalIndex | MappedIndex) -> None:
        """Leave in an index what the store has, copies grouped, and note what lacks. Under
        `lock`."""
        held = len(index)
        self._lacking = self._level(index)
        self._changes += held - len(index)
        self.clusters = Clusters()
        self._group_copies()
        self._film_of = views.of_films(self._store)
        index.regroup(self._group_of)

    def _level(self, index: LocalIndex | MappedIndex) -> dict[int, int]:
        """Take out what the store has no longer; returns what it has and the index has not."""
        wanted = features.described(self._store, FEATURES_VERSION)
        held = index.views
        index.remove(*(held - wanted.keys()))
        return {one: exhibit for one, exhibit in wanted.items() if one not in held}

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


def own_pdq(view: View) -> bytes:
    """A view's PDQ hash as it lies, also of one that is kept; b"" where it is not good enough."""
    for print_ in view.fingerprints:
        if print_.algorithm == "pdq" and (print_.quality or 0) >= _LEAST_QUALITY:
            return print_.hash
    return b""


def _is_one_picture(pair: Pair) -> bool:
    """Whether each of two matched views shows most of the other."""
    if not pair.proved:
        return pair.method == "pdq"
    return is_copy(pair.region, pair.corners) and is_copy(pair.earlier_region, pair.earlier_corners)
