"""How a desk shares its cases: whose they are, who concludes, what belongs together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from verify.desk.permissions import require
from verify.errors import BadInput, NotAllowed, NotFound, VerifyError
from verify.records import (
    CaseFilter,
    CaseLine,
    ChecklistItem,
    Notice,
    Person,
    Priority,
    Role,
    Sentence,
    Status,
    Verdict,
    VerdictState,
    say,
)
from verify.store import cases, casework, custody, exhibits, notes, people, verdicts, visibility
from verify.store.store import Store, stamp

_LONGEST_TAG = 40
_DECIDERS = (Role.OWNER, Role.EDITOR)


def caption_waits(case_id: int) -> Sentence:
    """What became of a caption that came to a locked case."""
    return say(
        "Case {number} is concluded and locked, so the caption did not become a claim. It is kept"
        " with the file, and can be claimed once the case is reopened.",
        number=case_id,
    )


class Casework:
    """The work on the cases of one desk. Every call is checked against role and case."""

    def __init__(self, store: Store, compare_around: Callable[[int], None]) -> None:
        """compare_around: compares again wherever pictures of a case, or alike ones, stand."""
        self._store = store
        self._compare_around = compare_around

    def open(self, person: Person, case_id: int, least: Role = Role.REPORTER) -> None:
        """Whether the person may change this case. Raises NotFound, NotAllowed, or BadInput
        when it is concluded."""
        require(person, least)
        self.seen(person, case_id)
        if casework.status(self._store, case_id) is Status.CONCLUDED:
            raise BadInput(
                say("Case {number} is concluded and locked. Reopen it first.", number=case_id)
            )

    def may_write(self, person: Person, case_id: int) -> bool:
        """Whether `open` would let this person change the case."""
        try:
            self.open(person, case_id)
        except VerifyError:
            return False
        return True

    def seen(self, person: Person, case_id: int) -> None:
        """Raise NotFound unless the person may see this case."""
        require(person, Role.VIEWER)
        if not visibility.sees(self._store, person, case_id):
            raise NotFound(say("There is no case {number}.", number=case_id))

    # --- who, until when, how urgent -------------------------------------------------------

    def assign(self, person: Person, case_id: int, member_id: int | None) -> None:
        """Give a case to a member, who is told. Reporters may take one; editors give them."""
        self.open(person, case_id, Role.REPORTER if member_id == person.id else Role.EDITOR)
        name = self._member(member_id) if member_id else ""
        with self._store.transaction():
            casework.change(self._store, case_id, "assignee_id", member_id)
            if member_id:
                casework.add_to(self._store, "watcher", case_id, person_id=member_id)
                casework.add_to(self._store, "case_member", case_id, person_id=member_id)
            self._changed(
                person,
                case_id,
                "assigned",
                say("Case {number} was given to {name}.", number=case_id, name=name)
                if member_id
                else say("Case {number} is nobody's now.", number=case_id),
                member=member_id or 0,
            )

    def _member(self, member_id: int) -> str:
        for member in people.members(self._store):
            if member.id == member_id:
                return member.name
        raise NotFound(say("There is no such member of this desk."))

    def due(self, person: Person, case_id: int, at: datetime | None) -> None:
        """Set when a case is needed, or with None that no time is set."""
        self.open(person, case_id)
        with self._store.transaction():
            casework.change(self._store, case_id, "due_at", stamp(at) if at else None)
            self._changed(
                person, case_id, "due", say("Case {number} has a new due time.", number=case_id)
            )

    def prioritise(self, person: Person, case_id: int, priority: Priority) -> None:
        """Set how soon a case is needed."""
        self.open(person, case_id)
        with self._store.transaction():
            casework.change(self._store, case_id, "priority", priority)
            custody.append(self._store, "prioritised", person.id, case=case_id, priority=priority)

    def tag(self, person: Person, case_id: int, name: str, *, remove: bool = False) -> str:
        """Put a tag on a case, or take it off. Gives the tag as kept: lower case, one word."""
        self.open(person, case_id)
        name = name.strip().lstrip("#").casefold()
        if not name or len(name) > _LONGEST_TAG or any(c.isspace() for c in name):
            raise BadInput(say("A tag is one word of at most {limit} letters.", limit=_LONGEST_TAG))
        with self._store.transaction():
            if remove:
                casework.take_from(self._store, "tag", case_id, "name", name)
            else:
                casework.add_to(self._store, "tag", case_id, name=name)
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
        self.seen(person, case_id)
        with self._store.transaction():
            if stop:
                casework.take_from(self._store, "watcher", case_id, "person_id", person.id)
            else:
                casework.add_to(self._store, "watcher", case_id, person_id=person.id)

    def watches(self, person: Person, case_id: int) -> bool:
        """Whether the person is told when something changes in a case."""
        return casework.is_in(self._store, "watcher", case_id, person.id)

    # --- who may see it --------------------------------------------------------------------

    def close_to_others(self, person: Person, case_id: int, confidential: bool) -> None:
        """Make a case visible to its members alone, or to the whole desk again.

        Who does it becomes a member, as does who opened it and whose case it is.
        """
        self.open(person, case_id, Role.REPORTER)
        row = cases.case(self._store, case_id)
        with self._store.transaction():
            for member in {person.id, row and row["opened_by"], row and row["assignee_id"]}:
                if member:
                    casework.add_to(self._store, "case_member", case_id, person_id=member)
            casework.change(self._store, case_id, "confidential", confidential)
            kind = "made confidential" if confidential else "made open"
            custody.append(self._store, kind, person.id, case=case_id)
        self._compare_around(case_id)

    def let_in(self, person: Person, case_id: int, member_id: int, *, out: bool = False) -> str:
        """Make a member of the desk a member of a case, or no longer. Gives their name."""
        self.open(person, case_id)
        name = self._member(member_id)
        with self._store.transaction():
            if out:
                casework.take_from(self._store, "case_member", case_id, "person_id", member_id)
            else:
                casework.add_to(self._store, "case_member", case_id, person_id=member_id)
            custody.append(
                self._store,
                "shut out" if out else "let in",
                person.id,
                case=case_id,
                person=member_id,
            )
        return name

    # --- verdicts by two -------------------------------------------------------------------

    def alone(self) -> bool:
        """Whether nobody else could confirm: then a verdict needs one person only."""
        team = people.members(self._store)
        return len(team) <= 1 or not any(member.role in _DECIDERS for member in team)

    def confirmable(self, proposer: Person) -> bool:
        """Whether somebody else at this desk may confirm what this person proposes."""
        return any(
            member.role in _DECIDERS and member.id != proposer.id
            for member in people.members(self._store)
        )

    def decides(self, person: Person, verdict_id: int) -> bool:
        """Whether this person may confirm or return a verdict: it must be another's."""
        return person.role in _DECIDERS and not verdicts.proposed_by(
            self._store, person.id, verdict_id
        )

    def decide(
        self, person: Person, verdict_id: int, state: VerdictState, remark: str = ""
    ) -> Verdict:
        """Confirm somebody else's verdict, which concludes the case, or return it with a remark."""
        verdict = verdicts.verdict(self._store, verdict_id)
        if verdict is None:
            raise NotFound(say("There is no such verdict."))
        self.open(person, verdict.case_id, Role.EDITOR)
        if state is VerdictState.RETURNED and not remark.strip():
            raise BadInput(say("Please write what is missing."))
        with self._store.transaction():
            if not verdicts.decide(self._store, person.id, verdict_id, state, remark.strip()):
                raise NotAllowed(
                    say("A verdict is decided once, by somebody else than who proposed it.")
                )
            confirmed = state is VerdictState.CONFIRMED
            self._set_status(verdict.case_id, Status.CONCLUDED if confirmed else Status.OPEN)
            self._changed(
                person,
                verdict.case_id,
                "confirmed" if confirmed else "returned",
                say("The verdict on case {number} was confirmed.", number=verdict.case_id)
                if confirmed
                else say("The verdict on case {number} was returned.", number=verdict.case_id),
                verdict=verdict_id,
                text=custody.digest(remark),
            )
        return verdicts.verdict(self._store, verdict_id) or verdict

    def proposed(self, person: Person, case_id: int) -> None:
        """A verdict was written: it waits for somebody else, or at a desk of one it stands."""
        if self.alone():
            self._set_status(case_id, Status.CONCLUDED)
            return
        self._set_status(case_id, Status.IN_REVIEW)
        casework.add_to(self._store, "watcher", case_id, person_id=person.id)
        news = say("A verdict on case {number} waits to be confirmed.", number=case_id)
        casework.tell_watchers(self._store, case_id, news, person.id, deciders=True)

    def reopen(self, person: Person, case_id: int, why: str) -> None:
        """Unlock a concluded case. The reason must be written, and becomes a note."""
        require(person, Role.EDITOR)
        self.seen(person, case_id)
        if casework.status(self._store, case_id) is not Status.CONCLUDED:
            raise BadInput(say("Case {number} is not concluded.", number=case_id))
        if not why.strip():
            raise BadInput(say("Please write why it is reopened."))
        with self._store.transaction():
            self._set_status(case_id, Status.REOPENED)
            notes.add(self._store, person, case_id, why.strip(), "")
            self._changed(
                person,
                case_id,
                "reopened",
                say("Case {number} was reopened.", number=case_id),
                text=custody.digest(why),
            )

    def _set_status(self, case_id: int, status: Status) -> None:
        casework.change(self._store, case_id, "status", status)

    def missing(self, checklist: tuple[ChecklistItem, ...]) -> tuple[ChecklistItem, ...]:
        """The starred items that nobody answered: named before a verdict is signed."""
        return tuple(item for item in checklist if item.starred and item.answer is None)

    # --- what belongs together -------------------------------------------------------------

    def mergeable(self, person: Person, case_id: int, into: int) -> None:
        """Raise NotFound, NotAllowed or BadInput unless the person may put a case into another.

        Editors may; so may who opened the case, as when its picture turns out to be known.
        """
        self.seen(person, case_id)
        row = cases.case(self._store, case_id)
        own = row is not None and row["opened_by"] == person.id
        for one in (case_id, into):
            self.open(person, one, Role.REPORTER if own else Role.EDITOR)
        if case_id == into:
            raise BadInput(say("A case cannot be merged into itself."))
        self._demand_alike(case_id, into)

    def merge(self, person: Person, case_id: int, into: int) -> None:
        """Put all of a case into another one. Raises as `mergeable` does."""
        self.mergeable(person, case_id, into)
        with self._store.transaction():
            casework.merge(self._store, case_id, into)
            custody.append(self._store, "merged", person.id, case=case_id, into=into)
            sentence = say("Case {number} is now part of case {into}.", number=case_id, into=into)
            casework.tell_watchers(self._store, into, sentence, person.id)
        self._compare_around(into)

    def move(self, person: Person, exhibit_id: int, case_id: int, into: int | None) -> int:
        """Move an exhibit to another case, or with None to a new one. Gives that case."""
        self.open(person, case_id, Role.EDITOR)
        if exhibit_id not in exhibits.of_case(self._store, case_id):
            raise NotFound(say("There is no such exhibit in this case."))
        if into is not None:
            self.open(person, into, Role.EDITOR)
            self._demand_alike(case_id, into)
        with self._store.transaction():
            into = into or casework.split_off(self._store, case_id, person.id)
            casework.move_exhibit(self._store, exhibit_id, case_id, into)
            custody.append(
                self._store, "moved", person.id, exhibit=exhibit_id, case=case_id, into=into
            )
        self._compare_around(case_id)
        self._compare_around(into)
        return into

    def _demand_alike(self, case_id: int, into: int) -> None:
        """Raise BadInput where moving things would show them to more people, or to fewer."""
        rows = cases.case(self._store, case_id), cases.case(self._store, into)
        first, second = (bool(row and row["confidential"]) for row in rows)
        if first or second:
            raise BadInput(
                say("One of these cases is confidential. Make it open to the desk first.")
            )

    def relate(self, person: Person, case_id: int, other_id: int) -> None:
        """Link two cases."""
        self.open(person, case_id)
        self.seen(person, other_id)
        if case_id == other_id:
            raise BadInput(say("A case cannot be linked with itself."))
        with self._store.transaction():
            casework.add_to(self._store, "related", case_id, other_id=other_id)
            custody.append(self._store, "related", person.id, case=case_id, other=other_id)

    def unrelate(self, person: Person, case_id: int, other_id: int) -> None:
        """Take the link between two cases away. Raises NotFound where there is none."""
        self.open(person, case_id)
        self.seen(person, other_id)
        with self._store.transaction():
            if not casework.unrelate(self._store, case_id, other_id):
                raise NotFound(say("These two cases are not linked."))
            custody.append(self._store, "unrelated", person.id, case=case_id, other=other_id)

    # --- lists and news ----------------------------------------------------------------------

    def unfinished(self, person: Person, limit: int = 50) -> list[CaseLine]:
        """The cases that are not concluded: what is handed over at the end of a shift."""
        require(person, Role.VIEWER)
        return cases.lines(self._store, person, 0, limit, CaseFilter(unfinished=True))

    def notices(self, platform: str, limit: int = 20) -> list[Notice]:
        """What watchers were not told yet, for the chat to tell."""
        return casework.notices(self._store, platform, limit)

    def told(self, notice: Notice) -> None:
        """A notice was told, or cannot be."""
        casework.notices_told(self._store, [notice.id])

    def _changed(
        self, person: Person, case_id: int, kind: str, news: Sentence, **subject: str | int
    ) -> None:
        custody.append(self._store, kind, person.id, case=case_id, **subject)
        casework.tell_watchers(self._store, case_id, news, person.id)
