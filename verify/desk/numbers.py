"""From a number to a case: the one way for every number that comes from outside.

It follows merges, and finds no case that is wiped or not the person's to see. What changes a case
asks inside the transaction that changes it, so that nobody locks, hides, merges or wipes it
between the question and the change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from verify.desk.permissions import require
from verify.errors import BadInput, Locked, NotAllowed, NotFound, VerifyError
from verify.records import Person, Role, Status, listed, say
from verify.store.casework import sharing, visibility
from verify.store.database.connection import Store

_LARGEST = 2**63 - 1  # what SQLite holds


def standing(store: Store, person: Person, number: int, least: Role = Role.VIEWER) -> int:
    """The case that stands for a number now: itself, or the one that it was merged into.

    Raises NotAllowed for a lower role, NotFound for a case that is not there, wiped, or not
    theirs to see; of the last, owners are told in a NotAllowed who sees it.
    """
    require(person, least)
    case_id = followed(store, number)
    if not visibility.sees(store, person, case_id):
        raise _unseen(store, person, number, case_id)
    return case_id


def followed(store: Store, number: int) -> int:
    """The case that stands for a number, whoever may see it; 0 for what no case can have."""
    return sharing.merged_into(store, number) if 0 < number <= _LARGEST else 0


def _unseen(store: Store, person: Person, number: int, case_id: int) -> VerifyError:
    """What to say of a case that a person may not see: owners learn whose it is."""
    owns = person.role is Role.OWNER and not person.among_others
    if not owns or case_id not in visibility.closed(store, person):
        return NotFound(say("There is no case {number}.", number=number))
    if members := sharing.people_of(store, "case_member", case_id):
        people = listed(members)
        return NotAllowed(
            say("Case {number} is confidential, for {people} only.", number=number, people=people)
        )
    return NotAllowed(say("Case {number} is confidential and has no members.", number=number))


def unlocked(store: Store, person: Person, number: int, least: Role = Role.REPORTER) -> int:
    """The case that stands for a number, to change it: call it inside the transaction.

    Raises as `standing` does, and Locked when the case is concluded.
    """
    case_id = standing(store, person, number, least)
    if sharing.status(store, case_id) is Status.CONCLUDED:
        raise Locked(
            say("Case {number} is concluded and locked. Reopen it first.", number=case_id), case_id
        )
    return case_id


@contextmanager
def changing(
    store: Store, person: Person, number: int, least: Role = Role.REPORTER
) -> Iterator[int]:
    """A transaction that changes the case which stands for a number; gives that case.

    Raises as `unlocked` does.
    """
    with store.transaction():
        yield unlocked(store, person, number, least)


def may_write(store: Store, person: Person, number: int) -> bool:
    """Whether the person may change this case as it stands."""
    try:
        unlocked(store, person, number)
    except VerifyError:
        return False
    return True


def demand_itself(store: Store, person: Person, number: int, least: Role = Role.VIEWER) -> None:
    """Raise BadInput for the number of a case that is part of another one; else as `standing`."""
    if (into := standing(store, person, number, least)) != number:
        raise BadInput(
            say("Case {number} is part of case {into}: name that one.", number=number, into=into)
        )
