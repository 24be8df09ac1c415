"""Exhibits whose possession may be a crime: known by a list of hashes, or by a person's word.

At once they are in nothing that is derived, found, backed up or handed out, and are shown to one
named person alone. The desk judges nothing here and gives no advice: see docs/care.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from verify.desk.archive import Archive
from verify.desk.covers import covers
from verify.desk.hearing import Hearing
from verify.desk.permissions import require
from verify.desk.withheld_parts import lies_in
from verify.errors import BadInput, NotFound
from verify.records import Footage, Person, Role, Sensitive, View, ViewKind, say
from verify.store.care import marks, withheld
from verify.store.casework import members
from verify.store.chats import leftovers
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.keeping import custody
from verify.store.localchat import wiping
from verify.store.pictures import exhibits, footage, matches, views

CLOSEST = 31
"""Bits of PDQ that may differ. Source: Facebook, The TMK+PDQF Video-Hashing Algorithm and the PDQ
Image-Hashing Algorithm (2019), which recommends 31 of 256."""
_CHUNK = 1000  # fingerprints compared at once


@dataclass(frozen=True)
class Withheld:
    """What came of it.

    listed: hashes that a list brought and that are new. exhibits: withheld since. joined: their
    own hashes, which joined the list so that copies are known.
    """

    listed: int = 0
    exhibits: int = 0
    joined: int = 0

    def and_then(self, other: Withheld) -> Withheld:
        """Both."""
        return Withheld(
            self.listed + other.listed,
            self.exhibits + other.exhibits,
            self.joined + other.joined,
        )


class Withholding:
    """Withholds exhibits, and keeps the list of hashes by which they are known."""

    def __init__(self, home: Home, archive: Archive, hearing: Hearing) -> None:
        self._home = home
        self._store = home.store
        self._archive = archive
        self._hearing = hearing

    def take_list(
        self, person: Person, hashes: Iterable[tuple[str, str]], shown_to: str
    ) -> Withheld:
        """Put hashes (algorithm, lower-case hex) on the list, and withhold what is here of them.

        shown_to: the one member who may see what is withheld; "" leaves who that is. Raises
        NotAllowed, BadInput.
        """
        require(person, Role.OWNER)
        with self._store.transaction():
            if shown_to:
                withheld.show_to(self._store, self._member(shown_to))
            added = withheld.add_hashes(self._store, hashes)
            custody.append(self._store, "withheld hashes added", person.id, hashes=added)
        return replace(self._each(person, self._known()), listed=added)

    def withhold(self, person: Person, *digests: str) -> Withheld:
        """Withhold exhibits on a person's word, by SHA-256, and what is here that looks like them.

        Raises NotFound, NotAllowed, and then does nothing.
        """
        require(person, Role.REPORTER)
        named = [self._named(person, sha256) for sha256 in digests]
        done = self._each(person, named)
        return done.and_then(self._each(person, self._known(by_bytes=False)))

    def _named(self, person: Person, sha256: str) -> int:
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        if exhibit_id is None or not exhibits.seen_in(self._store, person, [exhibit_id]):
            raise NotFound(say("There is no such exhibit."))
        return exhibit_id

    def _member(self, name: str) -> int:
        found = [one.id for one in members.members(self._store) if one.name == name]
        if len(found) != 1:
            raise BadInput(say("There is no single member named {name}.", name=name))
        return found[0]

    def _known(self, *, by_bytes: bool = True) -> list[int]:
        """The exhibits that the list has and that are not withheld yet. by_bytes: whether to read
        all originals, too."""
        found = []
        for exhibit_id in exhibits.all_ids(self._store):
            exhibit = exhibits.exhibit(self._store, exhibit_id)
            if exhibit is None or withheld.is_withheld(self._store, exhibit_id):
                continue
            try:
                path = self._home.vault.path(exhibit.sha256)
                listed = by_bytes and withheld_by_bytes(self._store, path, exhibit.sha256)
            except OSError:  # its original is missing
                listed = False
            film = footage.of(self._store, exhibit_id)
            seen = views.of_exhibit(self._store, exhibit_id)
            if listed or withheld_by_sight(self._store, seen, film):
                found.append(exhibit_id)
        return found

    def _each(self, person: Person, exhibit_ids: Iterable[int]) -> Withheld:
        return withhold_each(self._home, self._archive, self._hearing, person, exhibit_ids)


def withhold_each(
    home: Home, archive: Archive, hearing: Hearing, person: Person, exhibit_ids: Iterable[int]
) -> Withheld:
    """Withhold exhibits, what was taken out of them, copies and parts. Raises Unavailable."""
    waiting, done = [*exhibit_ids], Withheld()
    for exhibit_id in waiting:  # it grows
        parts = (
            part for part, origin in marks.derived(home.store, [exhibit_id]) if origin == exhibit_id
        )
        waiting += [part for part in parts if part not in waiting]
        same, shown = _copies(home.store, exhibit_id)
        waiting += [one for one in same if one not in waiting]
        # the chat first: what shows the picture there is known from rows that go in the next step
        clear_chat(home, exhibit_id)
        with archive.losing(), home.store.transaction():
            cover(home.store, person, exhibit_id, shown)
            joined = withheld_now(home.store, person.id, exhibit_id)
        if joined is not None:
            done = done.and_then(Withheld(exhibits=1, joined=joined))
    if done.exhibits:
        hearing.forget_gone()
        archive.forget_gone()
    return done


def _copies(store: Store, exhibit_id: int) -> tuple[set[int], set[int]]:
    """What is alike by its hash, in whichever orientation, or lies in it, or has it within itself,
    for the most part; and what else shows something of it."""
    same: set[int] = set()
    shown: set[int] = set()
    for kept in matches.touching(store, [exhibit_id]):
        one = kept.correspondence
        other = one.exhibit_id if one.earlier_exhibit_id == exhibit_id else one.earlier_exhibit_id
        whole = one.view.kind is one.earlier_view.kind is ViewKind.WHOLE
        alike = whole and one.distance is not None and one.distance <= CLOSEST
        own = one.view if one.exhibit_id == exhibit_id else one.earlier_view
        # a film is not each of its frames
        proof = one.proof if own.kind is not ViewKind.FRAME else None
        part = proof is not None and lies_in(proof.region, proof.earlier_region)
        (same if alike or part else shown).add(other)
    return same, shown - same - {exhibit_id}


def cover(store: Store, person: Person, exhibit_id: int, shown: Iterable[int]) -> None:
    """Mark what shows something of it: matches, by which it would inherit, go. In a transaction."""
    own = covers(store, person, [exhibit_id]).get(exhibit_id)
    kinds = own.kinds if own else (Sensitive.GRAPHIC,)
    for other in shown:
        if withheld.is_withheld(store, other):
            continue
        for kind in kinds:
            if marks.add(store, person.id, other, None, kind, holds=True):
                named = exhibits.named(store, other)
                custody.append(store, "marked", person.id, mark=kind.value, **named)


def clear_chat(home: Home, exhibit_id: int) -> None:
    """Take what brought or shows an exhibit out of the local chat. Raises Unavailable."""
    wiping.wipe(home.folder, leftovers.of_exhibit(home.store, exhibit_id))


def withheld_now(store: Store, person_id: int, exhibit_id: int) -> int | None:
    """Withhold an exhibit and note it; as `store.care.withheld.withhold`. In a transaction."""
    joined = withheld.withhold(store, exhibit_id, person_id)
    if joined is not None:
        custody.append(store, "withheld", person_id, **exhibits.named(store, exhibit_id))
    return joined


def withheld_by_bytes(store: Store, file: Path, sha256: str) -> bool:
    """Whether the list has a file's SHA-256, SHA-1 or MD5. Raises OSError."""
    if sha256 in withheld.hashes(store, "sha256"):
        return True
    for algorithm in ("sha1", "md5"):
        if known := withheld.hashes(store, algorithm):
            with file.open("rb") as stream:
                if hashlib.file_digest(stream, algorithm).hexdigest() in known:
                    return True
    return False


def withheld_by_sight(store: Store, seen: Iterable[View], film: Footage | None = None) -> bool:
    """Whether a view of a file, or a moment of a film, is as close to a PDQ on the list as copies
    are."""
    known = [bytes.fromhex(one) for one in withheld.hashes(store, "pdq")]
    own = [*_hashes(seen, film)] if known else []
    if not known or not own:
        return False
    import numpy as np  # it takes long to load, and most desks have no list

    mine, listed = (
        np.frombuffer(b"".join(these), np.uint8).reshape(-1, 32) for these in (own, known)
    )
    for at in range(0, len(listed), _CHUNK):
        bits = np.bitwise_count(mine[:, None] ^ listed[None, at : at + _CHUNK]).sum(axis=2)
        if (bits <= CLOSEST).any():
            return True
    return False


def _hashes(seen: Iterable[View], film: Footage | None) -> Iterator[bytes]:
    """The PDQ hashes that tell pictures apart, of each orientation that is known."""
    for view in seen:
        for one in view.fingerprints:
            if one.algorithm == "pdq" and (one.quality or 0) >= withheld.LEAST_QUALITY:
                yield from one.orientations or (one.hash,)
    for sample in film.samples if film else ():
        if sample.quality >= withheld.LEAST_QUALITY:
            yield from sample.pdq
            yield from sample.inner
