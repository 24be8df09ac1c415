"""Until when cases and sources are kept, legal holds, and the word that a day is over.

Nothing is wiped by itself: the desk reminds, a person wipes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import replace

from verify.desk.numbers import standing
from verify.desk.permissions import require
from verify.errors import BadInput, NotFound
from verify.records import Keep, Keepable, Person, Role, say
from verify.store.casework import notices, visibility
from verify.store.database.connection import Store
from verify.store.keeping import custody, gathering, keep


class Keeping:
    """Sets days and holds, and tells people once a day is over."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_case(self, person: Person, case_id: int) -> Keep:
        """Until when a case is kept. Raises NotFound."""
        return keep.of(self._store, Keepable.CASE, standing(self._store, person, case_id))

    def of_source(self, person: Person, name: str) -> Keep:
        """The same of a source, by its name or account. Raises NotFound, BadInput."""
        return keep.of(self._store, Keepable.SOURCE, self._source(person, name))

    def keep_case(self, person: Person, case_id: int, until: date | None) -> Keep:
        """Keep a case until the end of a day; None for as long as nobody wipes it.

        A concluded case takes it too. Raises NotFound, NotAllowed, BadInput.
        """
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.EDITOR)
            return self._set(person, Keepable.CASE, case_id, until=until)

    def hold_case(self, person: Person, case_id: int, held: bool) -> Keep:
        """Put a case under a legal hold, which stops each wipe, or lift that."""
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.EDITOR)
            return self._set(person, Keepable.CASE, case_id, held=held)

    def keep_source(self, person: Person, name: str, until: date | None) -> Keep:
        """As `keep_case`, for a source in all cases."""
        with self._store.transaction():
            number = self._source(person, name, Role.EDITOR)
            return self._set(person, Keepable.SOURCE, number, until=until)

    def hold_source(self, person: Person, name: str, held: bool) -> Keep:
        """As `hold_case`, for a source in all cases."""
        with self._store.transaction():
            number = self._source(person, name, Role.EDITOR)
            return self._set(person, Keepable.SOURCE, number, held=held)

    def remind(self) -> None:
        """Leave word for watchers, editors and owners of what is over; each day once."""
        today = datetime.now().astimezone().date()
        for kind, reference, _ in keep.over(self._store, today):
            with self._store.transaction():
                self._tell(kind, reference)
                keep.reminded(self._store, kind, reference)

    def _tell(self, kind: Keepable, reference: int) -> None:
        if kind is Keepable.CASE:
            told = say(
                "The time for which case {number} is kept is over. An owner wipes it with"
                " {command}, or an editor sets another day.",
                number=reference,
                command=f"verify-desk wipe {reference}",
            )
            notices.tell_watchers(self._store, reference, told, 0, deciders=True)
            return
        told = say(
            "The time for which a source of this case is kept is over. An owner wipes it with"
            " {command}, or an editor sets another day.",
            command="verify-desk wipe --source",
        )
        cases = gathering.cases_of(self._store, gathering.of_source(self._store, reference))
        for case_id in sorted(one for one in cases if one > 0)[:1]:
            notices.tell_watchers(self._store, case_id, told, 0, deciders=True)

    def _set(
        self,
        person: Person,
        kind: Keepable,
        reference: int,
        *,
        until: date | None = None,
        held: bool | None = None,
    ) -> Keep:
        former = keep.of(self._store, kind, reference)
        if held is None:
            fresh, event = replace(former, until=until), "keep until"
        else:
            fresh, event = replace(former, held=held), "legal hold" if held else "hold lifted"
        keep.put(self._store, kind, reference, fresh)
        day = {"until": until.isoformat()} if held is None and until else {}
        custody.append(self._store, event, person.id, **{kind.value: reference}, **day)
        return fresh

    def _source(self, person: Person, name: str, least: Role = Role.VIEWER) -> int:
        require(person, least)
        return one_source(self._store, person, name)


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
    store: Store, cases: set[int], whole: set[int], submissions: Iterable[int] = ()
) -> None:
    """Raise BadInput where a legal hold stops a wipe: of a case, or of a source of what goes.

    whole: those of the cases that go with all they hold. submissions: the files that go of others.
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
    if keep.held_sources(store, whole, submissions):
        raise BadInput(
            say(
                "A source of this is under a legal hold: nothing of it is wiped before that is"
                " lifted with {command}.",
                command="verify-desk keep --source NAME --release",
            )
        )


def day(text: str) -> date:
    """A day that is written. Raises BadInput."""
    from verify.folding import digits

    try:
        return date.fromisoformat(digits(text.strip()))
    except ValueError as error:
        raise BadInput(say("Write the day as in {example}.", example="2027-03-31")) from error
