"""What a role allows, and what a case allows whom."""

from __future__ import annotations

from verify.errors import BadInput, NotAllowed, NotFound, VerifyError
from verify.records import Person, Role, Status, say
from verify.store import casework, visibility
from verify.store.store import Store

_RANK = {role: rank for rank, role in enumerate(Role)}


def require(person: Person, least: Role) -> None:
    """Raise NotAllowed unless the person has at least that role."""
    if person.role is None:
        raise NotAllowed(say("You are not a member of this desk, or no longer."))
    if _RANK[person.role] > _RANK[least]:
        raise NotAllowed(_NEEDED[least])


_NEEDED = {
    Role.OWNER: say("Only an owner of the desk may do this."),
    Role.EDITOR: say("Only an editor or an owner may do this."),
    Role.REPORTER: say("Viewers read only. Ask an owner for another role."),
    Role.VIEWER: say("You are not a member of this desk, or no longer."),
}


def require_seen(store: Store, person: Person, case_id: int) -> None:
    """Raise NotFound unless the person may see this case."""
    require(person, Role.VIEWER)
    if not visibility.sees(store, person, case_id):
        raise NotFound(say("There is no case {number}.", number=case_id))


def require_open(store: Store, person: Person, case_id: int, least: Role = Role.REPORTER) -> None:
    """Raise NotFound or NotAllowed unless the person may change this case, BadInput when it is
    concluded."""
    require(person, least)
    require_seen(store, person, case_id)
    if casework.status(store, case_id) is Status.CONCLUDED:
        raise BadInput(
            say("Case {number} is concluded and locked. Reopen it first.", number=case_id)
        )


def may_write(store: Store, person: Person, case_id: int) -> bool:
    """Whether the person may change this case as it stands."""
    try:
        require_open(store, person, case_id)
    except VerifyError:
        return False
    return True
