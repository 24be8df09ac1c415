"""What people say that an exhibit shows, so that it is shown in steps.

Who marked takes their own mark off; another's goes when a second person agrees. What a caption's
words propose nobody has said, so anybody who works on the case may say that it is not so.
"""

from __future__ import annotations

from msgspec.structs import replace

from verify.desk.numbers import standing
from verify.desk.permissions import at_least
from verify.desk.viewing import Viewing
from verify.errors import BadInput, NotFound
from verify.records import Cover, Person, Role, Sensitive, film_time, say
from verify.store.care import marks, withheld
from verify.store.casework import members
from verify.store.database.connection import Store
from verify.store.keeping import custody
from verify.store.pictures import examinations, exhibits, views


class Marking:
    """Sets marks and takes them off; each is on record. A concluded case can be marked, too."""

    def __init__(self, store: Store, viewing: Viewing) -> None:
        self._store = store
        self._viewing = viewing

    def cover(self, person: Person, case_id: int, exhibit_id: int) -> Cover:
        """Why an exhibit is covered; empty where it is not. Raises NotFound."""
        case_id = standing(self._store, person, case_id)
        exhibits.known(self._store, exhibit_id, case_id)
        return self._viewing.covers(person, [exhibit_id]).get(exhibit_id, Cover())

    def place(self, person: Person, sha256: str) -> tuple[int, int]:
        """The first case that a person may see with an exhibit, and the exhibit. Raises NotFound,
        also for what is withheld."""
        exhibit_id = exhibits.with_bytes(self._store, sha256)
        cases = exhibits.cases_of(self._store, person, exhibit_id) if exhibit_id else []
        if exhibit_id is None or not cases or withheld.is_withheld(self._store, exhibit_id):
            raise NotFound(say("There is no such exhibit."))
        return cases[0], exhibit_id

    def mark(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        kind: Sensitive,
        stretch: tuple[float, float] | None = None,
    ) -> Cover:
        """Say that an exhibit shows something. Raises NotFound, NotAllowed, and
        BadInput for a stretch that it does not have.

        stretch: of a film, from when to when, in seconds: what shows another part of it alone does
        not inherit. A mark that stands already only becomes wider.
        """
        with self._store.transaction():
            self._say(person, case_id, exhibit_id, kind, holds=True, stretch=stretch)
        return self.cover(person, case_id, exhibit_id)

    def refuse(self, person: Person, case_id: int, exhibit_id: int, kind: Sensitive) -> Cover:
        """Say that an exhibit does not show what its captions propose. Raises NotFound,
        NotAllowed."""
        with self._store.transaction():
            if marks.standing(self._store, exhibit_id, kind) is None:
                self._say(person, case_id, exhibit_id, kind, holds=False)
        return self.cover(person, case_id, exhibit_id)

    def _say(
        self,
        person: Person,
        case_id: int,
        exhibit_id: int,
        kind: Sensitive,
        *,
        holds: bool,
        stretch: tuple[float, float] | None = None,
    ) -> None:
        case_id = standing(self._store, person, case_id, Role.REPORTER)
        exhibits.known(self._store, exhibit_id, case_id)
        if stretch:
            self._demand_within(exhibit_id, *stretch)
        if marks.add(
            self._store, person.id, exhibit_id, case_id, kind, holds=holds, stretch=stretch
        ):
            self._note("marked" if holds else "mark refused", person, case_id, exhibit_id, kind)

    def _demand_within(self, exhibit_id: int, begins: float, ends: float) -> None:
        """Raise BadInput for a stretch that an exhibit does not have, as far as that is known."""
        latest = examinations.latest(self._store, exhibit_id)
        if latest is None:
            return
        lasts, seen = latest.examination.seconds, views.of_exhibit(self._store, exhibit_id)
        if not replace(latest.examination, views=seen).moves:
            raise BadInput(say("This is no film: a mark concerns all of it."))
        if lasts is not None and (begins >= lasts or ends >= lasts + 1):  # which people round up
            raise BadInput(
                say("This film ends at {end}: name a stretch of it.", end=film_time(lasts))
            )

    def take_off(
        self, person: Person, case_id: int, exhibit_id: int, kind: Sensitive
    ) -> tuple[bool, Cover]:
        """Take a mark off, or ask for it where it is another's and nobody has yet.

        Gives whether it is off. Raises NotFound, NotAllowed.
        """
        with self._store.transaction():
            case_id = standing(self._store, person, case_id, Role.REPORTER)
            exhibits.known(self._store, exhibit_id, case_id)
            mark = marks.standing(self._store, exhibit_id, kind)
            if mark is None:
                raise NotFound(say("This exhibit does not bear that mark, or no longer."))
            asked = mark.off_asked_by
            agreed = asked is not None and asked != person.id
            off = mark.person_id == person.id or agreed or self._alone(person)
            if off:
                marks.end(self._store, mark.id, person.id)
                self._note("mark taken off", person, case_id, exhibit_id, kind)
            elif asked is None:
                marks.ask_off(self._store, mark.id, person.id)
                self._note("mark disputed", person, case_id, exhibit_id, kind)
        return off, self.cover(person, case_id, exhibit_id)

    def _alone(self, person: Person) -> bool:
        """Whether nobody else at this desk could agree."""
        return not any(
            one.id != person.id and at_least(Person(id=one.id, name="", role=one.role), _AGREES)
            for one in members.members(self._store)
        )

    def _note(
        self, event: str, person: Person, case_id: int, exhibit_id: int, kind: Sensitive
    ) -> None:
        named = exhibits.named(self._store, exhibit_id)
        custody.append(self._store, event, person.id, case=case_id, mark=kind.value, **named)


_AGREES = Role.REPORTER
