"""Keeps a note and says in which case it is, with Undo."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.arguments import case_number, names_a_case
from verify.chat.pages import Button, Page, button
from verify.chat.turn import Turn
from verify.desk.permissions import at_least
from verify.errors import BadInput
from verify.language import html
from verify.records import Role, say


async def keep_note(
    turn: Turn,
    case_id: int,
    text: str,
    *,
    key: str = "",
    exhibit_id: int | None = None,
    more: tuple[Button, ...] = (),
) -> None:
    """Add the words to a case once, however often this update is worked off.

    key: what the note is known by; the message's own when empty. exhibit_id: what it is about.
    more: buttons beside Undo.
    """
    note = await turn.call(
        turn.desk.cases.note,
        turn.person,
        case_id,
        text,
        key=key or turn.key,
        exhibit_id=exhibit_id,
    )
    undo = Action(name="undo-note", case_id=note.case_id, note_id=note.id)
    await turn.out.send(
        "noted",
        Page(
            html(say("Noted in case {number}.", number=note.case_id), turn.reader),
            ((button(say("Undo"), undo, turn.reader), *more),),
        ),
        case_id=note.case_id,
    )


async def open_case_of(turn: Turn) -> int:
    """The case this person last opened here. Raises BadInput when there is none."""
    case_id = await turn.opened_case()
    if case_id is None and not at_least(turn.person, Role.REPORTER):
        raise BadInput(say("No case is open here. Choose one with {command}.", command="/cases"))
    if case_id is None:
        raise BadInput(
            say(
                "No case is open here. Send a picture, or choose one with {command}.",
                command="/cases",
            )
        )
    return case_id


async def case_meant(turn: Turn, words: str) -> int:
    """The case of a number that is all that was written, from now on the open one; else the one
    that is open. Raises BadInput when there is none, NotFound."""
    if not names_a_case(words):
        return await open_case_of(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, case_number(words))
    await turn.open_case(report.id)
    return report.id
