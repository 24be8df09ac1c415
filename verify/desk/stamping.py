"""Time from outside on the custody record. Who is asked, and when, a person decides."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from verify.desk.permissions import require
from verify.errors import BadInput
from verify.records import Person, Role, Stamp, say
from verify.store.database.connection import Store
from verify.store.keeping import custody, rfc3161, stamps


class Stamping:
    """Asks for time stamps and keeps the replies. It sends nothing itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, person: Person, authority: str) -> Stamp:
        """A request for a stamp on the record as it stands now. authority: to whom it goes, ""
        where by a file."""
        require(person, Role.EDITOR)
        with self._store.transaction():
            if not self._store.row("SELECT 1 FROM custody_event"):
                raise BadInput(say("The custody record is empty: there is nothing to stamp."))
            events, head, text = stamps.text(self._store)
            asked = rfc3161.request(text)
            kept = stamps.add(self._store, events, head, text, asked, authority)
            digest = custody.digest(text)
            custody.append(self._store, "stamp asked for", person.id, stamp=kept.id, text=digest)
        return kept

    def take(self, person: Person, reply: bytes, certificates: str) -> tuple[Stamp, bool]:
        """Keep a reply to one of the requests; and whether an authority that is trusted signed it.

        certificates: of these, in PEM; "" where there are none. Raises BadInput.
        """
        require(person, Role.EDITOR)
        refused = BadInput(say("No request for a time stamp waits for a reply."))
        for asked in reversed([one for one in stamps.every(self._store) if not one.reply]):
            try:
                told = rfc3161.read(reply, asked.request, asked.text, certificates)
            except BadInput as error:
                refused = error
                continue
            answered = replace(asked, reply=reply, at=told.at)
            with self._store.transaction():
                stamps.answer(self._store, answered)
                digest = hashlib.sha256(reply).hexdigest()
                custody.append(self._store, "stamped", person.id, stamp=asked.id, reply=digest)
            return answered, told.trusted
        raise refused
