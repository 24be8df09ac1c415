"""Until when something is kept, legal holds, and the word that a day is over.

Nothing is wiped by itself: the desk reminds, a person wipes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput, NotFound
from verify.records import Keep, Keepable, Kept, Person, Role, Sentence, say
from verify.store.casework import notices, visibility
from verify.store.database.connection import Store
from verify.store.keeping import custody, gathering, keep
from verify.store.posts import accounts, shelves

_MOST_DIGITS = 19


class Keeping:
    """Sets days and holds, and tells people once a day is over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_case(self, person: Person, case_id: int) -> Keep:
        """Until when a case is kept. Raises NotFound."""
        return keep.of(self._store, Keepable.CASE, standing(self._store, person, case_id))

    def of(self, person: Person, kind: Keepable, name: str) -> Keep:
        """The same of a source or account, by its name or id, or of an import, by its number.
        Raises NotFound, BadInput."""
        return keep.of(self._store, kind, self._one(person, kind, name))

    def every(self, person: Person) -> list[Kept]:
        """All that has a day or a hold, as far as a person may see it; what is over first."""
        require(person, Role.VIEWER)
        return [
            Kept(kind, keep.named(self._store, kind, reference), how)
            for kind, reference, how in keep.each(self._store)
            if self._sees(person, self._cases(kind, reference))
        ]

    def keep_case(self, person: Person, case_id: int, until: date | None) -> Keep:
        """Keep a case until the end of a day; None for as long as nobody wipes it.

        A concluded case takes it too. Raises NotFound, NotAllowed, BadInput.
        """
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.EDITOR)
            return set_keep(self._store, person, Keepable.CASE, case_id, until=until)

    def hold_case(self, person: Person, case_id: int, held: bool) -> Keep:
        """Put a case under a legal hold, which stops each wipe, or lift that."""
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.EDITOR)
            return set_keep(self._store, person, Keepable.CASE, case_id, held=held)

    def keep(self, person: Person, kind: Keepable, name: str, until: date | None) -> Keep:
        """As `keep_case`, for a source in all cases, an account, or an import. name: as in `of`."""
        with self._store.transaction():
            reference = self._one(person, kind, name, Role.EDITOR)
            return set_keep(self._store, person, kind, reference, until=until)

    def hold(self, person: Person, kind: Keepable, name: str, held: bool) -> Keep:
        """As `hold_case`, for a source in all cases, an account, or an import."""
        with self._store.transaction():
            reference = self._one(person, kind, name, Role.EDITOR)
            return set_keep(self._store, person, kind, reference, held=held)

    def remind(self) -> None:
        """Leave word for watchers, editors and owners of what is over; each day once. Where nobody
        is there to be told, it waits for whoever becomes one."""
        today = datetime.now().astimezone().date()
        for kind, reference in keep.over(self._store, today):
            with self._store.transaction():
                if self._tell(kind, reference):
                    keep.reminded(self._store, kind, reference)

    def _tell(self, kind: Keepable, reference: int) -> int:
        """Leave a notice in the first case of it whose people can be told; gives for how many."""
        told = over(kind, reference)
        for case_id in sorted(self._cases(kind, reference), key=lambda one: (one < 0, abs(one))):
            if count := notices.tell_watchers(self._store, case_id, told, 0, deciders=True):
                return count
        return 0

    def _cases(self, kind: Keepable, reference: int) -> set[int]:
        """Where something lies; imports are below zero."""
        if kind is Keepable.CASE:
            return {reference}
        if kind is Keepable.IMPORT:
            return {shelves.case_of(reference)}
        of = gathering.of_source if kind is Keepable.SOURCE else gathering.of_account
        return gathering.cases_of(self._store, of(self._store, reference))

    def _sees(self, person: Person, cases: set[int]) -> bool:
        return all(visibility.sees(self._store, person, case_id) for case_id in cases)

    def _one(self, person: Person, kind: Keepable, name: str, least: Role = Role.VIEWER) -> int:
        """The number of something; of what is hidden from the person there is none."""
        require(person, least)
        if kind is Keepable.CASE:
            return standing(self._store, person, int(name), least)
        if kind is Keepable.SOURCE:
            return one_source(self._store, person, name)
        if kind is Keepable.IMPORT:
            return one_import(self._store, person, name)
        known = [
            gathering.Named(one.id, f"{one.network}:{one.key}")
            for one in accounts.named(self._store, person, name)
            if self._sees(person, self._cases(kind, one.id))
        ]
        return one_of(known, name)


def set_keep(
    store: Store,
    person: Person,
    kind: Keepable,
    reference: int,
    *,
    until: date | None = None,
    held: bool | None = None,
) -> Keep:
    """Set a hold, or else a day, and put that on record. In a transaction."""
    former = keep.of(store, kind, reference)
    if held is None:
        fresh, event = replace(former, until=until), "keep until"
    else:
        fresh, event = replace(former, held=held), "legal hold" if held else "hold lifted"
    keep.put(store, kind, reference, fresh)
    day = {"until": until.isoformat()} if held is None and until else {}
    custody.append(store, event, person.id, **{kind.value: reference}, **day)
    return fresh


def over(kind: Keepable, reference: int) -> Sentence:
    """That the time is over for which something is kept. It names no source and no account, for
    what is told outlives them."""
    if kind is Keepable.CASE:
        return say(
            "The time for which case {number} is kept is over. An owner wipes it with"
            " {command}, or an editor sets another day.",
            number=reference,
            command=f"verify-desk wipe {reference}",
        )
    if kind is Keepable.IMPORT:
        return say(
            "The time for which import {number} is kept is over. An editor takes it out with"
            " {command}, or sets another day.",
            number=reference,
            command=f"verify-desk import --undo {reference}",
        )
    which = "verify-desk keep"
    if kind is Keepable.ACCOUNT:
        return say(
            "The time for which an account in the archive is kept is over: {list} tells which. An"
            " owner wipes it with {command}, or an editor sets another day.",
            list=which,
            command="verify-desk wipe --account",
        )
    return say(
        "The time for which a source is kept is over: {list} tells which. An owner"
        " wipes it with {command}, or an editor sets another day.",
        list=which,
        command="verify-desk wipe --source",
    )


def one_import(store: Store, person: Person, name: str) -> int:
    """The import of this number, where the person may see it and it was not undone. Raises
    NotFound."""
    number = int(name) if name.isdecimal() and len(name) < _MOST_DIGITS else 0
    seen = visibility.sees(store, person, shelves.case_of(number))
    if not (number and shelves.stands(store, number) and seen):
        raise NotFound(say("There is no import {number}.", number=name))
    return number


def one_source(store: Store, person: Person, name: str) -> int:
    """The source with this name or account, where the person may see all of its cases.

    Raises NotFound, and BadInput where several have the name.
    """
    found = gathering.sources(store, name)
    seen = [
        one
        for one in found
        if all(
            visibility.sees(store, person, case_id)
            for case_id in gathering.cases_of(store, gathering.of_source(store, one.id))
        )
    ]
    return one_of(seen, name)


def one_of(found: list[gathering.Named], name: str) -> int:
    """The only one. Raises NotFound, BadInput."""
    if not found:
        raise NotFound(say("There is no {name} here from whom something came.", name=name))
    if len(found) > 1:
        raise BadInput(
            say(
                "{name} is the name of several: {which}. Write service and account.",
                name=name,
                which="; ".join(one.told for one in found[:10]),
            )
        )
    return found[0].id


def demand_unheld(
    store: Store,
    cases: set[int],
    whole: set[int],
    submissions: Iterable[int] = (),
    posts: Iterable[int] = (),
) -> None:
    """Raise BadInput where a legal hold stops a wipe: of a case, an import, or of a source or an
    account of what goes.

    cases: those of which something goes; imports are below zero. whole: those of them that go with
    all they hold. submissions, posts: what goes of others.
    """
    for number in sorted(keep.held(store, Keepable.CASE, cases)):
        raise BadInput(
            say(
                "Case {number} is under a legal hold: nothing of it is wiped before that is"
                " lifted with {command}.",
                number=number,
                command=f"verify-desk keep {number} --release",
            )
        )
    shelved = [-one for one in cases | whole if one < 0]
    for number in sorted(keep.held(store, Keepable.IMPORT, shelved)):
        raise BadInput(
            say(
                "Import {number} is under a legal hold: nothing of it is wiped before that is"
                " lifted with {command}.",
                number=number,
                command=f"verify-desk keep --import {number} --release",
            )
        )
    if keep.held_sources(store, whole, submissions):
        raise BadInput(
            say(
                "A source of this is under a legal hold: nothing of it is wiped before that is"
                " lifted with {command}.",
                command="verify-desk keep --source NAME --release",
            )
        )
    if keep.held_accounts(store, whole, submissions, posts):
        raise BadInput(
            say(
                "An account of this is under a legal hold: nothing of it is wiped before that is"
                " lifted with {command}.",
                command="verify-desk keep --account NAME --release",
            )
        )


def day(text: str) -> date:
    """A day that is written. Raises BadInput."""
    from verify.folding import digits

    try:
        return date.fromisoformat(digits(text.strip()))
    except ValueError as error:
        raise BadInput(say("Write the day as in {example}.", example="2027-03-31")) from error
