"""The search over what other desks shared at a hub, as `pack_recall` has it, over an index that
grows and shrinks with the hub's log.

What is here already is held against a new entry from the entry's side: the desk's own index says
which few exhibits may show it, and only these look for it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from verify.desk.pack_recall import PackRecall, add_hashes
from verify.lab.features import FEATURES_VERSION
from verify.matching.hash_index import HashIndex
from verify.matching.local_index import LocalIndex
from verify.matching.mapped_index import MappedIndex
from verify.matching.points import read
from verify.matching.postings import Postings
from verify.records import Examination, Features
from verify.store.database.connection import Store
from verify.store.hubs import kept
from verify.store.packs.bounds import MOST_POINTS
from verify.store.packs.kept import Hit
from verify.store.pictures import features


class HubRecall:
    """What other desks shared, as far as it is here."""

    def __init__(self, store: Store, home: Path, *, reading: bool) -> None:
        """home: where the index is saved once it is large. reading: whether that is left alone."""
        self._store = store
        self._reading = reading
        self._saved = home / f"hub-{FEATURES_VERSION}.index"
        self._hashes = HashIndex()
        add_hashes(self._hashes, kept.hashes(store))
        self._local = self._load()
        self._recall = PackRecall(store, kept, self._hashes, self._local)
        self.save()

    def find(self, examination: Examination) -> dict[int, Hit]:
        """What shows the same, by the numbers of entries."""
        return self._recall.find(examination)

    def add(self, entry_ids: Iterable[int]) -> None:
        """Find entries that came."""
        entry_ids = [*entry_ids]
        add_hashes(self._hashes, kept.hashes(self._store, entry_ids))
        for entry_id in entry_ids:
            for view_id, found in kept.described_of(self._store, entry_id):
                _add(self._local, view_id, entry_id, found)

    def remove(self, view_ids: Iterable[int]) -> None:
        """Find what was taken back no more; nothing of it stays in the saved index."""
        gone = [*view_ids]
        if gone:
            self._hashes.remove(gone)
            self._local.remove(*gone)
            self._local.scrub()

    def save(self) -> None:
        """Write the index where much has changed, or something was taken back."""
        written = len(features.mapped_index(self._saved)) > 0
        if self._reading or not (self._local.full or (written and self._local.due)):
            return
        with contextlib.suppress(OSError):  # the disk is full: it is made again at the next start
            self._local.write(partial(features.save_mapped, self._saved))
            former = sorted(self._saved.parent.glob(f"{self._saved.stem}-many-*.index"))[:-1]
            for one in former:
                with contextlib.suppress(OSError):  # in use on some systems
                    one.unlink(missing_ok=True)

    def _load(self) -> MappedIndex:
        try:
            postings = Postings(features.mapped_index(self._saved))
        except ValueError:  # there is none, or it is damaged
            postings = None
        there = set(postings.views.tolist()) if postings else set[int]()
        known = set(kept.known_views(self._store))
        index = MappedIndex(postings, LocalIndex())
        index.remove(*(there - known))
        for view_id, entry_id, found in kept.described(self._store, there):
            _add(index, view_id, entry_id, found)
        return index


def _add(index: MappedIndex, view_id: int, entry_id: int, found: Features) -> None:
    with contextlib.suppress(ValueError):  # whoever made them contradicted themselves
        if found.version == FEATURES_VERSION:
            index.add(view_id, read(found, MOST_POINTS), exhibit=entry_id)
