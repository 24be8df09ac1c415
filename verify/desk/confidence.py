"""Who may see a case: the whole desk, or its members alone; and what owners see of the latter."""

from __future__ import annotations

from verify.desk.comparing import Comparing
from verify.desk.numbers import changing, followed
from verify.desk.permissions import at_least, require
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import Member, Person, Role, say
from verify.store.casework import cases, members, notices, sharing, visibility
from verify.store.database.connection import Store
from verify.store.keeping import custody


class Confidence:
    """Closes cases and opens them, and lets people in."""

    def __init__(self, store: Store, comparing: Comparing) -> None:
        self._store = store
        self._comparing = comparing

    def close_to_others(self, person: Person, case_id: int, confidential: bool) -> None:
        """Make a case visible to its members alone, or to the whole desk again.

        Editors and owners close any case; who opened it does while nobody else works in it.
        Who does it becomes a member, as does who opened it and whose case it is.
        """
        with changing(self._store, person, case_id) as case_id:
            row = cases.case(self._store, case_id)
            if confidential:
                self._demand_own(person, case_id)
            for member in {person.id, row and row["opened_by"], row and row["assignee_id"]}:
                if member:
                    sharing.add_to(self._store, "case_member", case_id, person_id=member)
            sharing.change(self._store, case_id, "confidential", confidential)
            kind = "made confidential" if confidential else "made open"
            custody.append(self._store, kind, person.id, case=case_id)
            # in the same transaction: no kill may leave what other cases quote of it
            self._comparing.hidden(case_id)
        self._comparing.settle(case_id)

    def _demand_own(self, person: Person, case_id: int) -> None:
        """Raise NotAllowed where a reporter would hide what others work on."""
        row = cases.case(self._store, case_id)
        own = row is not None and row["opened_by"] == person.id
        if at_least(person, Role.EDITOR):
            return
        if not own or sharing.others_work_in(self._store, case_id, person.id):
            raise NotAllowed(
                say("Others work in this case: only an editor or an owner may close it to them.")
            )

    def let_in(self, person: Person, case_id: int, member_id: int, *, out: bool = False) -> str:
        """Make a member of the desk a member of a case, or no longer. Gives their name.

        Whoever may close the case to others may shut them out, but no owner; all may leave.
        """
        with changing(self._store, person, case_id) as case_id:
            member = known_member(self._store, member_id)
            if out and member.id != person.id:
                self._demand_own(person, case_id)
                if member.role is Role.OWNER:
                    raise NotAllowed(say("An owner of the desk cannot be shut out of a case."))
            if out:
                sharing.take_from(self._store, "case_member", case_id, "person_id", member_id)
            else:
                sharing.add_to(self._store, "case_member", case_id, person_id=member_id)
            custody.append(
                self._store,
                "shut out" if out else "let in",
                person.id,
                case=case_id,
                person=member_id,
            )
        return member.name

    def closed(self, person: Person) -> list[tuple[int, tuple[str, ...]]]:
        """The confidential cases that an owner is not in, latest first: number and members."""
        self._demand_owner(person)
        return [
            (number, sharing.people_of(self._store, "case_member", number))
            for number in visibility.closed(self._store, person)
        ]

    def take_over(self, person: Person, case_id: int) -> None:
        """Make an owner a member of a confidential case. All its members are told."""
        self._demand_owner(person)
        with self._store.transaction():
            named, case_id = case_id, followed(self._store, case_id)
            if case_id not in visibility.closed(self._store, person):
                raise BadInput(say("Case {number} is not closed to you.", number=named))
            notices.tell_members(
                self._store,
                case_id,
                say(
                    "{person}, an owner of the desk, took over case {number} and sees it now.",
                    person=person.name,
                    number=case_id,
                ),
            )
            sharing.add_to(self._store, "case_member", case_id, person_id=person.id)
            custody.append(self._store, "taken over", person.id, case=case_id)

    def _demand_owner(self, person: Person) -> None:
        require(person, Role.OWNER)
        if person.among_others:
            raise NotAllowed(say("Other people read this chat. Write to me in private."))


def known_member(store: Store, member_id: int) -> Member:
    """A member of the desk. Raises NotFound."""
    for member in members.members(store):
        if member.id == member_id:
            return member
    raise NotFound(say("There is no such member of this desk."))
