"""The team in words: its members, an invitation, and who knocked in vain."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows
from verify.chat.replies.markup import bold, bullet, code, italic
from verify.language import Reader, clean, html
from verify.records import Instant, Member, Role, Stranger, say, say_many
from verify.wording.terms import word


def team_page(members: Sequence[Member], knocked: int | None, reader: Reader) -> Page:
    """The members. knocked: how many strangers wrote, for owners; None for everybody else."""
    lines = [bold(say("The team of this desk"), reader)]
    lines += [
        bullet(say("{name}: {role}", name=one.name, role=word(one.role)), reader) for one in members
    ]
    if knocked is None:
        return Page("\n".join(lines))
    change = [
        Button(clean(one.name, 30), Action(name="member", member_id=one.id)) for one in members
    ]
    knocks: tuple[Button, ...] = ()
    if knocked:
        label = say_many("{count} stranger", "{count} strangers", knocked)
        knocks = (button(label, Action(name="strangers"), reader),)
    return Page(
        "\n".join(lines),
        (
            (button(say("Invite"), Action(name="invite"), reader),),
            *in_rows(change, 3),
            knocks,
        ),
    )


def member_page(member: Member, reader: Reader) -> Page:
    """One member, with the roles to give them."""
    lines = [
        bold(say("{name}: {role}", name=member.name, role=word(member.role)), reader),
        html(say("Which role shall this member have?"), reader),
    ]
    to = Action(name="role", member_id=member.id)
    roles = [
        button(word(role), replace(to, value=role.value), reader)
        for role in Role
        if role is not member.role
    ]
    remove = Action(name="remove", member_id=member.id)
    return Page(
        "\n".join(lines),
        (tuple(roles), (button(say("Remove from the desk"), remove, reader),), _back(reader)),
    )


def remove_page(member: Member, reader: Reader) -> Page:
    """Asked once more, as access ends at once."""
    asked = say(
        "Remove {name}? Their access ends at once. What they wrote stays.", name=member.name
    )
    yes = Action(name="role", member_id=member.id)
    return Page(html(asked, reader), ((button(say("Yes, remove"), yes, reader),), _back(reader)))


def invite_page(reader: Reader) -> Page:
    """Which role the new member gets."""
    lines = [
        bold(say("Invite somebody. With which role?"), reader),
        html(say("Owners run the team. Editors run cases and confirm verdicts."), reader),
        html(say("Reporters work on cases. Viewers read."), reader),
    ]
    roles = [
        button(word(role), Action(name="invite-as", value=role.value), reader) for role in Role
    ]
    return Page("\n".join(lines), (tuple(roles), _back(reader)))


def invitation(role: Role, secret: str, username: str, reader: Reader) -> Page:
    """What to pass on. username: the bot's, for a link; "" where the chat knows no links."""
    lines = [
        bold(say("Invitation as: {role}", role=word(role)), reader),
        html(say("Pass this on to one person. It works once, for a day."), reader),
    ]
    if username:
        lines.append(code(f"https://t.me/{username}?start={secret}"))
    else:
        lines.append(html(say("They write to this desk:"), reader))
        lines.append(code(f"/start {secret}"))
    return Page("\n".join(lines))


def strangers_page(strangers: Sequence[Stranger], reader: Reader) -> Page:
    """Who wrote without being a member, latest first, with buttons to block them."""
    lines = [bold(say("Who wrote without being a member"), reader)]
    buttons: list[Button] = []
    for number, one in enumerate(strangers, start=1):
        line = say(
            "{name}: {messages}, the last {when}",
            name=one.name,
            messages=say_many("{count} message", "{count} messages", one.messages),
            when=Instant(at=one.last_at),
        )
        lines.append(f"{number}. {html(line, reader)}")
        label = (
            say("Unblock {number}", number=number)
            if one.blocked
            else say("Block {number}", number=number)
        )
        action = Action(name="unblock" if one.blocked else "block", value=one.external_id)
        buttons.append(button(label, action, reader))
    if not strangers:
        lines.append(html(say("Nobody."), reader))
    lines.append(
        italic(say("A stranger gets one answer in ten minutes, a blocked one none."), reader)
    )
    return Page("\n".join(lines), (*in_rows(buttons, 3), _back(reader)))


def _back(reader: Reader) -> tuple[Button, ...]:
    return (button(say("Back to the team"), Action(name="team"), reader),)
