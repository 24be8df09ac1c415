"""Sealed sources: what of a source is kept is encrypted to the keys of named people.

Of how a file came there stays what checking needs: its bytes, when it was received, and the words
of its caption without names and numbers. All the rest is encrypted before it is written.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import msgspec

from verify.contacts import HIDDEN, without_contacts
from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import SEALED, Origin, Person, Role, SealedSource, Submission, say
from verify.store.casework import members, sealed
from verify.store.database.connection import Store
from verify.store.keeping import age, custody

_SHORTEST = 3  # letters of a part of a name that is looked for in words


class Sealing:
    """Who can read sealed sources, and what is sealed by default."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add_key(self, person: Person, name: str, public: str) -> str:
        """Let a member read what is sealed from now on; "" is who asks. Gives their name.

        Raises BadInput where nobody or more than one has that name.
        """
        require(person, Role.OWNER)
        found = [
            (one.id, one.name) for one in members.members(self._store) if one.name == name
        ] or ([(person.id, person.name)] if name in ("", person.name) else [])
        if len(found) != 1:
            raise BadInput(say("There is no single member named {name}.", name=name))
        ((number, known),) = found
        with self._store.transaction():
            sealed.add_key(self._store, number, public)
            custody.append(self._store, "sealing key added", person.id, member=number)
        return known

    def take_keys(self, person: Person, name: str) -> int:
        """Seal nothing to a member's keys from now on; gives how many there were. What was sealed
        to them before stays open to them. Raises NotFound where nobody of that name has one."""
        require(person, Role.OWNER)
        with self._store.transaction():
            holders = sealed.holders(self._store, name)
            if not holders:
                raise NotFound(say("Nobody named {name} has a key here.", name=name))
            count = sum(sealed.drop_keys(self._store, one) for one in holders)
            for one in holders:
                custody.append(self._store, "sealing key taken away", person.id, member=one)
        return count

    def readers(self, person: Person) -> tuple[str, ...]:
        """The names of those who can read what is sealed now, each once."""
        require(person, Role.VIEWER)
        return tuple(dict.fromkeys(name for name, _ in sealed.keys(self._store)))

    def seals(self, service: str, chat_id: int) -> bool:
        """Whether all that comes into a chat is sealed."""
        return sealed.seals(self._store, service, chat_id)

    def covers(self, service: str, chat_id: int, bot_id: int, update_id: int) -> bool:
        """Whether an update is sealed: it came into a sealed chat, or the chat is one by now."""
        if sealed.marked(self._store, bot_id, update_id):
            return True
        if sealed.seals(self._store, service, chat_id):
            sealed.mark(self._store, bot_id, update_id)
            return True
        return False

    def seal_chat(self, person: Person, service: str, chat_id: int, on: bool) -> None:
        """Seal what comes into a chat from now on, or no longer. Raises BadInput without a key."""
        require(person, Role.EDITOR)
        if on:
            demand_keys(self._store)
        with self._store.transaction():
            sealed.set_seals(self._store, service, chat_id, person.id, on)
            kind = "sealing begun" if on else "sealing ended"
            custody.append(self._store, kind, person.id)

    def stand_in(self, person: Person, bot_id: int, update_id: int) -> Person:
        """Who is on record in place of who sent this update: somebody of whom nothing is known."""
        require(person, Role.REPORTER)
        demand_keys(self._store)
        found = sealed.arrival(self._store, bot_id, update_id)
        return msgspec.structs.replace(
            found, language=person.language, among_others=person.among_others
        )

    def sources(self, person: Person, case_id: int) -> list[bytes]:
        """What is encrypted of a case's sources. Raises NotFound, NotAllowed."""
        case_id = standing(self._store, person, case_id)
        if person.among_others:
            raise NotAllowed(say("Not in a group."))
        return sealed.bodies(self._store, case_id)


def demand_keys(store: Store) -> list[str]:
    """The public keys to which sources are sealed now. Raises BadInput where there are none."""
    known = [public for _, public in sealed.keys(store)]
    if not known:
        raise BadInput(
            say(
                "Nobody here has a key to read a sealed source with. Make one first: {command}",
                command="verify-desk key FILE",
            )
        )
    return known


def encrypted(store: Store, source: SealedSource) -> bytes:
    """A source, encrypted to all who have a key. Raises BadInput where nobody has."""
    return age.sealed(msgspec.json.encode(source), demand_keys(store))


def opened(body: bytes, secret: str) -> SealedSource | None:
    """A source, by a private key; None where it was sealed to others."""
    content = age.opened(body, secret)
    return None if content is None else msgspec.json.decode(content, type=SealedSource)


def masked(
    submission: Submission, sender: str = "", *, album: str = "", chat_id: int = 0
) -> Submission:
    """A submission as it is kept: without sender, chat, numbers, links and the file's own name.

    sender: the name of who brought it, which leaves the caption too. album, chat_id: what stands
    for those of an album, so that its files share a case.
    """
    return Submission(
        service=SEALED,
        bot_id=0,
        chat_id=chat_id or sealed.random_number(),
        message_id=sealed.random_number(),
        sent_as=submission.sent_as,
        received_at=submission.received_at,
        filename=ending_alone(submission.filename),
        declared_type=submission.declared_type,
        caption=without_source(submission.caption, submission.origin, sender),
        album=album,
    )


def without_source(text: str, origin: Origin | None, *more: str) -> str:
    """Words without what leads to a person, and without the parts of this source's names.

    more: further names of theirs.
    """
    text = without_contacts(text)
    names = (*((origin.name, origin.username, origin.signature) if origin else ()), *more)
    parts = {part for name in names for part in [name, *re.split(r"\W+", name)]}
    for part in sorted(parts, key=len, reverse=True):  # a whole name before its parts
        if len(part) >= _SHORTEST:
            text = re.sub(rf"(?i)(?<!\w){re.escape(part)}(?!\w)", HIDDEN, text)
    return text


def ending_alone(filename: str) -> str:
    """A file's name without all but its ending, as far as it is one; "" without."""
    suffix = PurePosixPath(filename).suffix
    return f"file{suffix}" if re.fullmatch(r"\.[A-Za-z0-9]{1,5}", suffix) else ""
