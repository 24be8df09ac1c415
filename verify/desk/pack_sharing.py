"""Shares work that is not published with desks that this desk chooses, as an encrypted pack.

Of the pictures and films of some cases go fingerprints and keypoints, and whom to ask: no picture,
however small, no words, nothing of who brought them. It is signed, and what takes it back is signed
with it, case by case, for the desk keeps no key to do so later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput
from verify.records import (
    GivenPack,
    Going,
    PackedView,
    PackHeader,
    Person,
    Role,
    Sentence,
    SharedEntry,
    say,
)
from verify.store.care import withheld
from verify.store.casework import sealed, sharing
from verify.store.folder.files import demand_new, private_folder, put_in_place
from verify.store.folder.home import Home
from verify.store.keeping import age, custody
from verify.store.packs import file, given
from verify.store.packs.bounds import MOST_WITHDRAWN, is_ask, is_line
from verify.store.packs.given import Part
from verify.store.pictures import exhibits, features


class PackSharing:
    """Gives packs of unpublished work to others, and knows which left."""

    def __init__(self, home: Home) -> None:
        self._store = home.store

    def key(self, person: Person) -> str:
        """The age key by which others encrypt packs for this desk. Raises BadInput."""
        require(person, Role.VIEWER)
        known = given.key(self._store)
        if known is None:
            raise BadInput(
                say(
                    "This desk has no key to which others could encrypt packs. Make one: {command}",
                    command="verify-desk pack key FILE",
                )
            )
        return known

    def add_key(self, person: Person, public: str) -> str:
        """Tell others this age key from now on. Packs encrypted to a former one open by that."""
        require(person, Role.OWNER)
        with self._store.transaction():
            given.tell_key(self._store, public)
            custody.append(self._store, "pack key made", person.id)
        return public

    def every(self, person: Person) -> list[GivenPack]:
        """The packs that were given to others."""
        require(person, Role.VIEWER)
        return given.every(self._store)

    def going(self, person: Person, numbers: Sequence[int]) -> tuple[Going, ...]:
        """What of some cases would go. Raises NotFound, NotAllowed; BadInput where one may not be
        shared, or there is nothing to share."""
        cases = self._cases(person, numbers)
        found = tuple(map(self._going, cases))
        if not any(one.entries for one in found):
            raise BadInput(say("Nothing of this can be found again: no pack was made."))
        return found

    def share(
        self,
        person: Person,
        numbers: Sequence[int],
        target: Path,
        *,
        header: PackHeader,
        ask: str,
        key: bytes,
        recipients: Sequence[str],
        step: Callable[[], None] = lambda: None,
    ) -> GivenPack:
        """Write a pack of some cases, encrypted to these age keys, and note that it left.

        header: what it says of itself. ask: whom to ask. key: signs it. step: called between
        pictures; what it raises leaves no file. Raises as `going`, and Unavailable.
        """
        if not is_ask(ask) or not is_line(header.publisher) or not is_line(header.name):
            raise BadInput(say("A name, or whom to ask, is too long or no plain text."))
        demand_new(target)
        cases = self._cases(person, numbers)
        header = replace(header, unpublished=True)
        with private_folder(target.absolute().parent) as beside:
            making = _Making(self._blocks(cases, ask, step))
            digest = file.write(beside / "open", key, header, making)
            if not making.entries:
                raise BadInput(say("Nothing of this can be found again: no pack was made."))
            age.encrypt(beside / "open", beside / "pack", recipients)
            parts = {
                case_id: Part(
                    tuple(one),
                    age.sealed(_withdrawal(beside, header, key, one.values()), recipients),
                )
                for case_id, one in making.by_case.items()
            }
            with self._store.transaction():
                self._cases(person, numbers)  # as it is now
                number = given.note(
                    self._store,
                    person.id,
                    header.name,
                    digest,
                    recipients,
                    header.expires_at,
                    parts,
                    making.entries,
                )
                for case_id, part in parts.items():
                    custody.append(
                        self._store,
                        "pack given",
                        person.id,
                        case=case_id,
                        exhibits=len(part.digests),
                        pack=digest,
                    )
            put_in_place(beside / "pack", target)
        return next(one for one in given.every(self._store) if one.number == number)

    def _going(self, case_id: int) -> Going:
        there = exhibits.of_case(self._store, case_id)
        return Going(case_id, sum(bool(self._entry(one)) for one in there), len(there))

    def _blocks(
        self, cases: Sequence[int], ask: str, step: Callable[[], None]
    ) -> Iterator[tuple[int, str, bytes]]:
        """Case, SHA-256 and entry of each picture and film."""
        for case_id in cases:
            there = exhibits.of_case(self._store, case_id)
            digests = exhibits.digests(self._store, there)
            for exhibit_id in there:
                step()
                if seen := self._entry(exhibit_id):
                    entry = SharedEntry(ask=ask, views=seen)
                    yield case_id, digests[exhibit_id], file.block(entry)

    def _entry(self, exhibit_id: int) -> tuple[PackedView, ...]:
        """What goes of an exhibit: nothing of one that nobody may hold."""
        from verify.desk.pack_building import shared  # it loads FAISS

        if withheld.is_withheld(self._store, exhibit_id):
            return ()
        return shared(features.of_exhibit(self._store, exhibit_id))

    def _cases(self, person: Person, numbers: Sequence[int]) -> list[int]:
        """The cases that stand for numbers, each once. Raises as `going`."""
        found = dict.fromkeys(standing(self._store, person, one, Role.EDITOR) for one in numbers)
        for case_id in found:
            if why := self._refused(case_id):
                raise BadInput(why)
        return [*found]

    def _refused(self, case_id: int) -> Sentence | None:
        """Why a case may not be shared."""
        if sharing.is_confidential(self._store, case_id):
            return say(
                "Case {number} is confidential: nothing of it goes into a pack.", number=case_id
            )
        there = exhibits.of_case(self._store, case_id)
        if sealed.bodies(self._store, case_id) or sealed.of_exhibits(self._store, there):
            return say(
                "Case {number} holds what came from a sealed source: nothing of it goes into a"
                " pack.",
                number=case_id,
            )
        if len(there) > MOST_WITHDRAWN:
            return say(
                "Case {number} holds more than {count} files: that is too many for a pack.",
                number=case_id,
                count=MOST_WITHDRAWN,
            )
        return None


class _Making:
    """The entries of a pack as they are written. entries: how many there are. by_case: of each
    case the SHA-256 of what went, and the digest of its entry."""

    def __init__(self, blocks: Iterator[tuple[int, str, bytes]]) -> None:
        self._blocks = blocks
        self.entries = 0
        self.by_case: dict[int, dict[str, str]] = {}

    def __iter__(self) -> Iterator[bytes]:
        for case_id, sha256, block in self._blocks:
            self.entries += 1
            self.by_case.setdefault(case_id, {})[sha256] = hashlib.sha256(block).hexdigest()
            yield block


def _withdrawal(beside: Path, header: PackHeader, key: bytes, digests: Iterable[str]) -> bytes:
    """A pack that takes back entries, and does nothing else."""
    target = beside / "withdrawal"
    file.write(target, key, replace(header, withdraws=tuple(digests)), ())
    try:
        return target.read_bytes()
    finally:
        target.unlink()
