"""Bags of other desks: their exhibits, in a case of their own, and what that desk says of them.

Nothing that another desk says becomes a claim, a note or a verdict here: it stands beside the case
as its words.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.desk.receiving import Receiving
from verify.errors import BadInput
from verify.lab.wire import Bag, BagFile
from verify.records import FromBag, Person, Receipt, Role, SentAs, Submission, say
from verify.store.casework import bags, submissions
from verify.store.folder.home import Home
from verify.store.keeping import custody, signing
from verify.store.posts import shelves
from verify.trust import DESKS, FOLDER


class Unbagging:
    """Takes bags in that the lab has checked, each once."""

    def __init__(self, home: Home, receiving: Receiving) -> None:
        self._home = home
        self._store = home.store
        self._receiving = receiving

    def known(self, person: Person, bag: Bag) -> FromBag | None:
        """The same bag, where all of it is here. Raises NotFound where it is in a case that this
        person may not see."""
        require(person, Role.REPORTER)
        found = bags.with_digest(self._store, _digest(bag))
        if found is None or not bags.whole(self._store, found.number):
            return None
        standing(self._store, person, found.case_id)
        return found

    def begin(self, person: Person, bag: Bag, *, confidential: bool = False) -> FromBag:
        """Open a case for a bag, or the one of the same bag whose import did not end. Raises
        BadInput for a signature that is not of the key that it names."""
        require(person, Role.REPORTER)
        digest = _digest(bag)
        key_known = self._key_known(bag)
        with self._store.transaction():
            if begun := bags.with_digest(self._store, digest):
                standing(self._store, person, begun.case_id)
                return begun
            what = custody.digest(f"bag {digest}")
            number = shelves.begin(self._store, person.id, what, confidential=confidential)
            at = datetime.now(UTC)
            case_id = submissions.open_case(self._store, person, at, confidential=confidential)
            bags.add(self._store, person.id, number, case_id, digest, bag, key_known=key_known)
            custody.append(
                self._store, "bag received", person.id, case=case_id, shelf=number, bag=digest
            )
        found = bags.of_import(self._store, number)
        assert found is not None  # noqa: S101 - just added
        return found

    def take(self, person: Person, begun: FromBag, file: BagFile, path: Path) -> Receipt:
        """Take in one of its files, which lies at `path`. Doing it again changes nothing. Raises
        BadInput where its bytes are not those that were checked."""
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != file.sha256:
                raise BadInput(say("The archive was changed while it was read."))
        submission = Submission(
            service="import",
            bot_id=0,
            chat_id=_chat(begun),
            message_id=int(file.sha256[:16], 16) >> 1,
            sent_as=SentAs.IMPORT,
            received_at=datetime.now(UTC),
            filename=file.filename,
        )
        return self._receiving.receive(person, submission, path, begun.case_id)

    def end(self, person: Person, begun: FromBag) -> None:
        """Note that all of a bag is here."""
        with self._store.transaction():
            shelves.end(self._store, begun.number)
            custody.append(self._store, "import ended", person.id, shelf=begun.number)

    def _key_known(self, bag: Bag) -> bool:
        """Whether a key that this desk knows signed it: one of its own, or of trust/desks.pem."""
        if not bag.signature:
            return False
        own = signing.every(self._store)
        known = [*own, *signing.listed(self._home.folder / FOLDER / DESKS)]
        if any(signing.signed(one, bag.tags, bag.signature) for one in known):
            return True
        if bag.signed_by in map(signing.fingerprint, known):
            raise BadInput(say("The signature is not of the key that the bag names."))
        return False


def demand_untouched(home: Home, bag: FromBag) -> None:
    """Raise BadInput where people worked in the case that a bag opened, or it holds more."""
    if bags.worked_in(home.store, bag.case_id, _chat(bag)):
        raise BadInput(
            say(
                "Case {number} holds more than this import brought. {command} takes all of it out.",
                number=bag.case_id,
                command=f"verify-desk wipe {bag.case_id}",
            )
        )


def _digest(bag: Bag) -> str:
    return hashlib.sha256(bag.tags).hexdigest()


def _chat(bag: FromBag) -> int:
    """By which the submissions of a bag are told, as those of a chat."""
    return int(bag.digest[:16], 16) >> 1
