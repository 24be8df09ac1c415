"""How a desk shares its cases: whose they are, who may see them, what belongs together."""

from __future__ import annotations

from datetime import datetime

from verify.desk.comparing import Comparing
from verify.desk.confidence import Confidence, known_member
from verify.desk.numbers import changing, demand_itself, standing, unlocked
from verify.desk.permissions import require
from verify.errors import BadInput, NotFound
from verify.records import (
    CaseFilter,
    CaseLine,
    Notice,
    Person,
    Priority,
    Role,
    say,
)
from verify.store.casework import cases, notices, sharing
from verify.store.database.connection import Store, stamp
from verify.store.keeping import custody, keep
from verify.store.pictures import exhibits

_LONGEST_TAG = 40
_JOINERS = "\u200c\u200d"  # stand within words of Persian and of Indic scripts


def as_tag(name: str) -> str:
    """A tag as it is kept: lower case, one word. Raises BadInput."""
    name = name.strip().lstrip("#").casefold()
    signs = [sign for sign in name if sign not in _JOINERS]
    odd = not signs or any(sign.isspace() or not sign.isprintable() for sign in signs)
    if odd or len(name) > _LONGEST_TAG or name.startswith("-"):
        raise BadInput(
            say(
                "A tag is one word of at most {limit} letters and begins with no hyphen.",
                limit=_LONGEST_TAG,
            )
        )
    return name


class Casework:
    """The work on the cases of one desk. Every call is checked against role and case."""

    def __init__(self, store: Store, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing
        confidence = Confidence(store, comparing)
        self.close_to_others, self.let_in = confidence.close_to_others, confidence.let_in
        self.closed, self.take_over = confidence.closed, confidence.take_over

    # --- who, until when, how urgent -------------------------------------------------------

    def assign(self, person: Person, case_id: int, member_id: int | None) -> None:
        """Give a case to a member, who is told. Reporters may take one; editors give them."""
        least = Role.REPORTER if member_id == person.id else Role.EDITOR
        with changing(self._store, person, case_id, least) as case_id:
            name = known_member(self._store, member_id).name if member_id else ""
            sharing.change(self._store, case_id, "assignee_id", member_id)
            if member_id:
                sharing.add_to(self._store, "watcher", case_id, person_id=member_id)
                sharing.add_to(self._store, "case_member", case_id, person_id=member_id)
            notices.changed(
                self._store,
                person.id,
                case_id,
                "assigned",
                say("Case {number} was given to {name}.", number=case_id, name=name)
                if member_id
                else say("Case {number} is unassigned now.", number=case_id),
                member=member_id or 0,
            )

    def due(self, person: Person, case_id: int, at: datetime | None) -> None:
        """Set when a case is needed, or with None that no time is set."""
        with changing(self._store, person, case_id) as case_id:
            sharing.change(self._store, case_id, "due_at", stamp(at) if at else None)
            notices.changed(
                self._store,
                person.id,
                case_id,
                "due",
                say("Case {number} has a new due time.", number=case_id),
            )

    def prioritise(self, person: Person, case_id: int, priority: Priority) -> None:
        """Set how soon a case is needed."""
        with changing(self._store, person, case_id) as case_id:
            sharing.change(self._store, case_id, "priority", priority)
            custody.append(self._store, "prioritised", person.id, case=case_id, priority=priority)

    def tag(self, person: Person, case_id: int, name: str, *, remove: bool = False) -> str:
        """Put a tag on a case, or take it off. Gives the tag as kept: lower case, one word."""
        name = as_tag(name)
        with changing(self._store, person, case_id) as case_id:
            if remove:
                sharing.take_from(self._store, "tag", case_id, "name", name)
            else:
                sharing.add_to(self._store, "tag", case_id, name=name)
            custody.append(
                self._store,
                "untagged" if remove else "tagged",
                person.id,
                case=case_id,
                tag=custody.digest(name),
            )
        return name

    def watch(self, person: Person, case_id: int, *, stop: bool = False) -> None:
        """Be told quietly when something changes in a case, or no longer."""
        with self._store.transaction():
            case_id = standing(self._store, person, case_id)
            if stop:
                sharing.take_from(self._store, "watcher", case_id, "person_id", person.id)
            else:
                sharing.add_to(self._store, "watcher", case_id, person_id=person.id)

    def watches(self, person: Person, case_id: int) -> bool:
        """Whether the person is told when something changes in a case."""
        case_id = standing(self._store, person, case_id)
        return sharing.is_in(self._store, "watcher", case_id, person.id)

    # --- what belongs together -------------------------------------------------------------

    def mergeable(self, person: Person, case_id: int, into: int) -> int:
        """The case that another one would be put into, if the person may do that.

        Editors may; so may who opened the case, as when its picture turns out to be known. A
        case that is part of another one is not merged again: what was put into it meanwhile is
        no longer what the person means. Raises NotFound, NotAllowed, BadInput.
        """
        demand_itself(self._store, person, case_id)
        row = cases.case(self._store, case_id)
        least = Role.REPORTER if row and row["opened_by"] == person.id else Role.EDITOR
        unlocked(self._store, person, case_id, least)
        named, into = into, unlocked(self._store, person, into, least)
        if case_id == into:
            if named == into:
                raise BadInput(say("A case cannot be merged into itself."))
            raise BadInput(
                say("Case {number} is part of case {into} now.", number=named, into=into)
            )
        self._demand_alike(case_id, into)
        return into

    def merge(self, person: Person, case_id: int, into: int) -> int:
        """Put all of a case into another one; gives that one. Raises as `mergeable` does."""
        with self._store.transaction():
            into = self.mergeable(person, case_id, into)
            sharing.merge(self._store, case_id, into)
            keep.joined(self._store, case_id, into)
            custody.append(self._store, "merged", person.id, case=case_id, into=into)
            sentence = say("Case {number} is part of case {into} now.", number=case_id, into=into)
            notices.tell_watchers(self._store, into, sentence, person.id)
            self._comparing.changed(into)
        self._comparing.settle(into)
        return into

    def move(self, person: Person, exhibit_id: int, case_id: int, into: int | None) -> int:
        """Move an exhibit to another case, or with None to a new one. Gives that case."""
        with changing(self._store, person, case_id, Role.EDITOR) as case_id:
            if exhibit_id not in exhibits.of_case(self._store, case_id):
                raise NotFound(say("There is no such exhibit in this case."))
            if into is None:
                into = sharing.split_off(self._store, case_id, person.id)
            else:
                into = unlocked(self._store, person, into, Role.EDITOR)
                self._demand_alike(case_id, into)
            if into == case_id:
                raise BadInput(say("This exhibit is in case {number} already.", number=into))
            sharing.move_exhibit(self._store, exhibit_id, case_id, into)
            keep.joined(self._store, case_id, into)
            named = exhibits.named(self._store, exhibit_id)
            custody.append(self._store, "moved", person.id, case=case_id, into=into, **named)
            self._comparing.changed(case_id)
            self._comparing.changed(into)
        self._comparing.settle(case_id, into)
        return into

    def _demand_alike(self, case_id: int, into: int) -> None:
        """Raise BadInput where moving things would show them to more people, or to fewer."""
        rows = cases.case(self._store, case_id), cases.case(self._store, into)
        first, second = (bool(row and row["confidential"]) for row in rows)
        if first or second:
            raise BadInput(
                say("One of these cases is confidential. Make it open to the desk first.")
            )

    def relate(self, person: Person, case_id: int, other_id: int) -> int:
        """Link two cases; gives the other one."""
        with changing(self._store, person, case_id) as case_id:
            other_id = standing(self._store, person, other_id)
            if case_id == other_id:
                raise BadInput(say("A case cannot be linked with itself."))
            sharing.add_to(self._store, "related", case_id, other_id=other_id)
            custody.append(self._store, "related", person.id, case=case_id, other=other_id)
        return other_id

    def unrelate(self, person: Person, case_id: int, other_id: int) -> int:
        """Take the link between two cases away; gives the other one. Raises NotFound where there
        is none."""
        with changing(self._store, person, case_id) as case_id:
            other_id = standing(self._store, person, other_id)
            if not sharing.unrelate(self._store, case_id, other_id):
                raise NotFound(say("These two cases are not linked."))
            custody.append(self._store, "unrelated", person.id, case=case_id, other=other_id)
        return other_id

    # --- lists and news ----------------------------------------------------------------------

    def unfinished(self, person: Person, limit: int = 50) -> list[CaseLine]:
        """The cases that are not concluded: what is handed over at the end of a shift."""
        require(person, Role.VIEWER)
        return cases.lines(self._store, person, 0, limit, CaseFilter(unfinished=True))

    def notices(self, service: str, limit: int = 20) -> list[Notice]:
        """What watchers were not told yet, for the chat to tell."""
        return notices.waiting(self._store, service, limit)

    def told(self, *several: Notice) -> None:
        """Notices were told, or cannot be."""
        notices.told(self._store, [one.id for one in several])
