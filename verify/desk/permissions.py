"""What a role allows."""

from __future__ import annotations

from verify.errors import NotAllowed
from verify.records import Person, Role, say

_RANK = {role: rank for rank, role in enumerate(Role)}


def require(person: Person, least: Role) -> None:
    """Raise NotAllowed unless the person has at least that role."""
    if person.role is None:
        raise NotAllowed(say("You are not a member of this desk, or no longer."))
    if not at_least(person, least):
        raise NotAllowed(_NEEDED[least])


def at_least(person: Person, least: Role) -> bool:
    """Whether the person has at least that role."""
    return person.role is not None and _RANK[person.role] <= _RANK[least]


_NEEDED = {
    Role.OWNER: say("Only an owner of the desk may do this."),
    Role.EDITOR: say("Only an editor or an owner may do this."),
    Role.REPORTER: say("Viewers read only. Ask an owner for another role."),
    Role.VIEWER: say("You are not a member of this desk, or no longer."),
}
