"""Lists of hashes that others share: kept by an import, and held against every exhibit.

What arrives is held against all lists before it is told of; what is here already is held against a
new list beside everything else, the latest first. A hit says that the list names a file, no more.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from verify.comparisons.on_a_hash_list import told
from verify.desk.behind import Behind
from verify.desk.comparing import Comparing
from verify.desk.permissions import require
from verify.desk.precedence import Precedence
from verify.desk.standing_watch import tell_of_list
from verify.records import ListedHash, Person, Role
from verify.regular import descriptor_of
from verify.store.care import withheld
from verify.store.casework import stale
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.pictures import exhibits, footage, hash_lists, views
from verify.store.pictures.hash_lists import Hit

if TYPE_CHECKING:  # it loads FAISS, and most desks have no list
    from verify.desk.listed_looks import ListedLooks

_AT_ONCE = 50  # exhibits in one step
_CHUNK = 1 << 20


class HashLists:
    """Keeps lists, and what they name."""

    def __init__(self, home: Home, comparing: Comparing, precedence: Precedence) -> None:
        self._store = home.store
        self._vault = home.vault
        self._comparing = comparing
        self._precedence = precedence
        self._behind = Behind("hash lists", self._step, precedence)
        self._at_once = threading.Lock()
        self._looks: tuple[tuple[int, int], ListedLooks] | None = None

    def begin(self, person: Person, shelf: int, name: str, sha256: str) -> int:
        """A list of an import, whose hashes `take` adds and which counts after `end`.

        name: its own; sha256: of its file.
        """
        require(person, Role.REPORTER)
        with self._store.transaction():
            return hash_lists.begin(self._store, shelf, name, sha256)

    def take(self, person: Person, number: int, several: Sequence[ListedHash]) -> int:
        """Put hashes on a list, each once; gives how many no list had."""
        require(person, Role.REPORTER)
        with self._store.transaction():
            return hash_lists.add(self._store, number, several)

    def end(self, person: Person, number: int) -> None:
        """Note that all of a list is here: what the desk holds is held against it from now on."""
        require(person, Role.REPORTER)
        with self._store.transaction():
            count = hash_lists.end(self._store, number)
            custody.append(self._store, "hash list kept", person.id, list=number, hashes=count)

    def begin_looking(self) -> None:
        """Hold what there is against new lists, beside everything else, from now on."""
        self._behind.begin()

    def close(self) -> None:
        """End after the step under way; the next start goes on from there."""
        self._behind.close()

    def look_through(self) -> Iterator[None]:
        """Hold all that waits for it against the lists now; one step some exhibits."""
        while self._step():
            yield

    def hold(self, exhibit_id: int) -> None:
        """Hold one exhibit against all lists, by what is known of it now; see `Comparing.settle`
        for what is told. A disk that refuses leaves it to the next start."""
        if not hash_lists.newest(self._store):
            return
        exhibit = exhibits.exhibit(self._store, exhibit_id)
        if exhibit and not withheld.is_withheld(self._store, exhibit_id):
            self._hold(exhibit_id, exhibit.sha256)

    def _step(self) -> bool:
        """Hold some exhibits against the lists; False where there is none left."""
        with self._at_once:
            waiting = hash_lists.unlooked(self._store, _AT_ONCE)
            for exhibit_id, sha256 in waiting:
                if self._behind.ended:
                    return False
                self._precedence.give_way()
                self._hold(exhibit_id, sha256)
        if waiting:
            self._comparing.go_on()
        return bool(waiting)

    def _hold(self, exhibit_id: int, sha256: str) -> None:
        upto = hash_lists.newest(self._store)
        digests = self._digests(exhibit_id, sha256)
        named = {"sha256": bytes.fromhex(sha256)}
        if digests:
            named |= {"md5": digests[0], "sha1": digests[1]}
        found = {one: Hit() for one in hash_lists.of_bytes(self._store, named)}
        found |= self._alike(exhibit_id)
        with self._store.transaction():
            if exhibits.exhibit(self._store, exhibit_id) is None:  # wiped meanwhile
                return
            if withheld.is_withheld(self._store, exhibit_id):
                return
            changed, new = hash_lists.looked(self._store, exhibit_id, upto, found, digests)
            if changed:
                stale.mark_exhibit(self._store, exhibit_id)
            for name, what in told(hash_lists.of_hashes(self._store, exhibit_id, new)).items():
                tell_of_list(self._store, name, exhibit_id, what[0][1])

    def _digests(self, exhibit_id: int, sha256: str) -> tuple[bytes, bytes] | None:
        """MD5 and SHA-1, where a list has such hashes and the original is there."""
        known = hash_lists.digests(self._store, exhibit_id)
        if known or hash_lists.kinds(self._store).isdisjoint(("md5", "sha1")):
            return known
        md5, sha1 = hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False)
        try:
            with os.fdopen(descriptor_of(self._vault.path(sha256)), "rb") as original:
                while piece := original.read(_CHUNK):
                    md5.update(piece)
                    sha1.update(piece)
        except OSError:  # it is missing: audit says so
            return None
        return md5.digest(), sha1.digest()

    def _alike(self, exhibit_id: int) -> dict[int, Hit]:
        """What on the lists looks like an exhibit, by its hashes."""
        known = hash_lists.newest(self._store), hash_lists.count(self._store)
        if hash_lists.kinds(self._store).isdisjoint(("pdq", "vpdq")):
            return {}
        from verify.desk.listed_looks import ListedLooks, own_hashes

        seen, film = views.of_exhibit(self._store, exhibit_id), footage.of(self._store, exhibit_id)
        own = own_hashes(seen, film)
        if not own:
            return {}
        if self._looks is None or self._looks[0] != known:
            self._looks = known, ListedLooks(self._store)
        return self._looks[1].alike(own)
