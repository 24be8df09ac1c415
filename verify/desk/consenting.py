"""Writes down what a source was asked and what they allowed."""

from __future__ import annotations

from datetime import date

from verify.desk.numbers import standing
from verify.errors import BadInput
from verify.records import Consent, ConsentEvent, Person, Role, Use, say
from verify.store.casework import consents, notices
from verify.store.database.connection import Store


class Consenting:
    """Consent and permission, event by event; none is changed, a later one counts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(
        self,
        person: Person,
        case_id: int,
        event: ConsentEvent,
        use: Use,
        *,
        named: bool | None = None,
        until: str = "",
        key: str = "",
    ) -> tuple[Consent, ...]:
        """Write down that it was asked, given, refused or withdrawn; gives all of the case.

        A concluded case takes it too: consent is often withdrawn after that. Watchers are told
        what was refused or withdrawn. The same non-empty key writes it once. Raises BadInput for
        a day that is none, or an end of what was not given.
        """
        if until:
            until = _day(until)
            if event is not ConsentEvent.GIVEN:
                raise BadInput(say("Only what was given ends on a day."))
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            number = consents.add(
                self._store, person.id, case_id, event, use, named=named, until=until, key=key
            )
            if number is not None:
                news = _NEWS[event, use](case_id)
                notices.changed(
                    self._store, person.id, case_id, f"consent {event}", news, consent=number
                )
        return consents.of_case(self._store, case_id)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadInput(say("Write the day as in {example}.", example="2027-03-31")) from error


_NEWS = {
    (ConsentEvent.ASKED, Use.CHECKING): lambda number: say(
        "In case {number} the source was asked whether it may be checked.", number=number
    ),
    (ConsentEvent.ASKED, Use.PUBLISHING): lambda number: say(
        "In case {number} the source was asked whether it may be published.", number=number
    ),
    (ConsentEvent.GIVEN, Use.CHECKING): lambda number: say(
        "In case {number} the source allowed checking.", number=number
    ),
    (ConsentEvent.GIVEN, Use.PUBLISHING): lambda number: say(
        "In case {number} the source allowed publishing.", number=number
    ),
    (ConsentEvent.REFUSED, Use.CHECKING): lambda number: say(
        "In case {number} the source refused checking.", number=number
    ),
    (ConsentEvent.REFUSED, Use.PUBLISHING): lambda number: say(
        "In case {number} the source refused publishing.", number=number
    ),
    (ConsentEvent.WITHDRAWN, Use.CHECKING): lambda number: say(
        "In case {number} the source took back that it may be checked.", number=number
    ),
    (ConsentEvent.WITHDRAWN, Use.PUBLISHING): lambda number: say(
        "In case {number} the source took back that it may be published.", number=number
    ),
}
