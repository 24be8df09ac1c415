"""By which key the desk signs what it hands out. A signature is no time."""

from __future__ import annotations

from verify.desk.permissions import require
from verify.errors import BadInput, NotFound
from verify.records import Person, Role, say
from verify.store.database.connection import Store
from verify.store.keeping import custody, signing


class Signing:
    """Knows the public half of the desk's key; who holds the file signs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def made(self, person: Person, public: str) -> str:
        """Sign by this key from now on, and by no former one; gives its fingerprint."""
        require(person, Role.OWNER)
        with self._store.transaction():
            former = signing.retire(self._store)
            if former:
                custody.append(self._store, "signing key replaced", person.id, key=former)
            told = signing.put(self._store, public)
            custody.append(self._store, "signing key made", person.id, key=told)
        return told

    def lost(self, person: Person) -> str:
        """Sign by no key any more; gives the fingerprint of the one that is lost. Raises
        NotFound."""
        require(person, Role.OWNER)
        with self._store.transaction():
            former = signing.retire(self._store)
            if former is None:
                raise NotFound(say("This desk has no key by which it signs."))
            custody.append(self._store, "signing key lost", person.id, key=former)
        return former

    def current(self, person: Person) -> tuple[str, str]:
        """Fingerprint and public half, in PEM, of the key. Raises NotFound."""
        require(person, Role.VIEWER)
        known = signing.current(self._store)
        if known is None:
            raise NotFound(say("This desk has no key by which it signs."))
        return known


def demand_current(store: Store, key: bytes) -> str:
    """The fingerprint of the desk's own key, which this must be. Raises BadInput."""
    known = signing.current(store)
    if known is None or known[1] != signing.public(key):
        raise BadInput(say("This is not the key by which this desk signs."))
    return known[0]
