"""The team of a desk: who belongs to it, with which role, and who knocked in vain."""

from __future__ import annotations

import msgspec

from verify.desk.permissions import require
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import Member, Person, Role, Stranger, say
from verify.store.casework import members
from verify.store.chats import groups, strangers
from verify.store.database.connection import Store
from verify.store.keeping import custody

_MOST_STRANGERS = 20


class Team:
    """The members of one desk. Only owners change it; each change carries their name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def person(self, service: str, external_id: str, name: str, language: str = "") -> Person:
        """The person of that account, made known or renamed when needed."""
        return members.known(self._store, service, external_id, name, language)

    def at_console(self, external_id: str, name: str, language: str) -> Person:
        """Whoever works on the desk's own computer: an owner, to whom no case is a secret."""
        person = self.person("terminal", external_id, name, language)
        return msgspec.structs.replace(person, language=language, role=Role.OWNER, at_console=True)

    def works_here(self, at_console: str, service: str, external_id: str, name: str) -> None:
        """From now on who works at the desk's own computer is the owner with this account.

        at_console: their number there. What they did there before is counted as theirs.
        """
        owner = self.admit(service, external_id, name, Role.OWNER)
        members.act_as(self._store, "terminal", at_console, owner.id)

    def speak(self, person: Person, language: str) -> None:
        """Change the language in which this person reads."""
        members.set_language(self._store, person.id, language)

    def role(self, service: str, external_id: str) -> Role | None:
        """The role of an account; None for a stranger."""
        return members.role_of(self._store, service, external_id)

    def admit(self, service: str, external_id: str, name: str, role: Role) -> Person:
        """Make an account a member on the word of whoever runs the desk's computer."""
        person = members.known(self._store, service, external_id, name, "")
        if person.role is not role:
            self._set_role(person.id, person, role)
        return members.known(self._store, service, external_id, name, "")

    def owner_code(self) -> str | None:
        """A one-time code for the console, that makes an owner; None when there is one."""
        if any(member.role is Role.OWNER for member in self.members_for_console()):
            return None
        return members.new_code(self._store, Role.OWNER, None)

    def members_for_console(self) -> tuple[Member, ...]:
        """The team, for whoever runs the desk's computer."""
        return members.members(self._store)

    def owners(self, service: str) -> list[tuple[int, str]]:
        """The owners' accounts on a chat service, each with its language."""
        return members.owners(self._store, service)

    def members(self, person: Person) -> tuple[Member, ...]:
        """The team, for its members."""
        require(person, Role.VIEWER)
        return members.members(self._store)

    def invite(self, person: Person, role: Role) -> str:
        """A one-time code that admits one account with this role, for a day."""
        require(person, Role.OWNER)
        if person.among_others:
            raise NotAllowed(say("Other people read this chat. Write to me in private."))
        code = members.new_code(self._store, role, person.id)
        with self._store.transaction():
            custody.append(self._store, "invited", person.id, role=role)
        return code

    def join(self, service: str, external_id: str, name: str, code: str) -> Person | None:
        """Admit an account whose code is right; None otherwise, and the guess is counted."""
        with self._store.transaction():
            person = members.redeem(self._store, service, external_id, name, code)
            if person:
                role = person.role or Role.VIEWER
                custody.append(self._store, "admitted", person.id, person=person.id, role=role)
        return person

    def locked_out(self, service: str, external_id: str) -> bool:
        """Whether no code is accepted from this account, as too many were wrong."""
        return members.locked_out(self._store, service, external_id)

    def change_role(self, person: Person, member_id: int, role: Role | None) -> Member:
        """Give a member another role, or with None remove them: access ends at once.

        Raises BadInput for the last owner, who would lock everybody out.
        """
        require(person, Role.OWNER)
        team = members.members(self._store)
        member = next((one for one in team if one.id == member_id), None)
        if member is None:
            raise NotFound(say("There is no such member of this desk."))
        owners = [one for one in team if one.role is Role.OWNER]
        if role is not Role.OWNER and owners == [member]:
            raise BadInput(say("A desk keeps at least one owner. Make another one first."))
        self._set_role(member_id, person, role)
        return member

    def _set_role(self, member_id: int, by: Person, role: Role | None) -> None:
        with self._store.transaction():
            members.set_role(self._store, member_id, role)
            custody.append(
                self._store, "role changed", by.id, person=member_id, role=role or "none"
            )

    def knock(self, service: str, external_id: str, name: str) -> bool:
        """Count a message or a pressed button of a stranger. True when it is to be answered."""
        return strangers.knock(self._store, service, external_id, name)

    def blocked(self, service: str, external_id: str) -> bool:
        """Whether an owner blocked this account."""
        return strangers.blocked(self._store, service, external_id)

    def strangers(self, person: Person) -> list[Stranger]:
        """Who wrote without being a member, latest first."""
        require(person, Role.OWNER)
        return strangers.strangers(self._store, _MOST_STRANGERS)

    def block(self, person: Person, service: str, external_id: str, block: bool) -> None:
        """Block or unblock a stranger: a blocked one is not answered at all."""
        require(person, Role.OWNER)
        with self._store.transaction():
            if not strangers.block(self._store, service, external_id, block):
                raise NotFound(say("Nobody with this account has written to this desk."))
            kind = "blocked" if block else "unblocked"
            custody.append(self._store, kind, person.id, account=custody.digest(external_id))

    def group_enabled(self, service: str, chat_id: int) -> bool:
        """Whether the desk may answer in this group."""
        return groups.enabled(self._store, service, chat_id)

    def group_now(self, service: str, chat_id: int) -> int:
        """The number that a group has by now: a supergroup that it became has another."""
        return groups.number_now(self._store, service, chat_id)

    def move_group(self, service: str, old: int, new: int) -> bool:
        """A group became a supergroup: what is kept of it goes there. False: nothing is."""
        with self._store.transaction():
            enabled_by = groups.move(self._store, service, old, new)
            if enabled_by is not None:
                custody.append(self._store, "group moved", enabled_by, group=old, into=new)
        return enabled_by is not None

    def enable_group(self, person: Person, service: str, chat_id: int, enable: bool) -> None:
        """Let the desk answer in a group, whose members all see what it says; or no longer."""
        require(person, Role.OWNER)
        with self._store.transaction():
            groups.enable(self._store, person.id, service, chat_id, enable)
            kind = "group enabled" if enable else "group disabled"
            custody.append(self._store, kind, person.id, group=chat_id)
