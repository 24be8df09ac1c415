"""Where a picture stood, as people add it once its file is here: links and accounts."""

from __future__ import annotations

from collections.abc import Iterable

from verify.desk.comparing import Comparing
from verify.desk.numbers import changing
from verify.desk.permissions import require
from verify.errors import NotFound
from verify.records import Addition, Person, Role, say
from verify.store.casework import added, visibility
from verify.store.casework.added import Place
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.pictures import exhibits


class Sources:
    """Adds to sightings and takes back; compares again each time."""

    def __init__(self, store: Store, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing

    def brought(
        self, person: Person, bot_id: int, chat_id: int, message_id: int = 0
    ) -> Place | None:
        """The sighting that a message brought; without a number, this person's last one there.

        None where there is none, or not in a case that they may see.
        """
        require(person, Role.REPORTER)
        if message_id:
            place = added.of_message(self._store, bot_id, chat_id, message_id)
        else:
            place = added.last_of(self._store, person, bot_id, chat_id)
        return place if place and visibility.sees(self._store, person, place.case_id) else None

    def add(
        self,
        person: Person,
        case_id: int,
        kind: Addition,
        values: Iterable[str],
        *,
        exhibit_id: int = 0,
        message: tuple[int, int, int] | None = None,
    ) -> tuple[str, ...]:
        """Add to the sighting that a message brought, else to the last one of the exhibit, else
        of the case. Gives those that were not there. Raises NotFound, BadInput.

        message: the numbers of bot, chat and message.
        """
        return self._change(person, case_id, kind, values, exhibit_id, message, take_back=False)

    def take_back(
        self,
        person: Person,
        case_id: int,
        kind: Addition,
        values: Iterable[str],
        *,
        exhibit_id: int = 0,
        message: tuple[int, int, int] | None = None,
    ) -> tuple[str, ...]:
        """Take away again what was added; gives what was. Raises NotFound, BadInput."""
        return self._change(person, case_id, kind, values, exhibit_id, message, take_back=True)

    def _change(
        self,
        person: Person,
        case_id: int,
        kind: Addition,
        values: Iterable[str],
        exhibit_id: int,
        message: tuple[int, int, int] | None,
        *,
        take_back: bool,
    ) -> tuple[str, ...]:
        with changing(self._store, person, case_id) as case_id:
            place = added.of_message(self._store, *message) if message else None
            if place is None or place.case_id != case_id:
                place = added.last_in(self._store, case_id, exhibit_id)
            if place is None:
                raise NotFound(say("This is no longer in case {number}.", number=case_id))
            done = tuple(
                value
                for value in dict.fromkeys(values)
                if (
                    added.take_back(self._store, place, kind, value)
                    if take_back
                    else added.add(self._store, person, place, kind, value)
                )
            )
            for value in done:
                custody.append(
                    self._store,
                    "taken back" if take_back else "added",
                    person.id,
                    case=case_id,
                    sighting=place.sighting_id,
                    what=kind.value,
                    text=custody.digest(value),
                    **exhibits.named(self._store, place.exhibit_id),
                )
            if done:
                self._comparing.changed(case_id)
        if done:
            self._comparing.settle(case_id)
        return done
