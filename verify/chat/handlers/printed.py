"""The buttons for text that was read in a picture: as a claim, an account or a link."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.claiming import tell_kept
from verify.chat.pages import Page, button
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.language import html
from verify.records import Addition, Role, say


async def _claim(turn: Turn, action: Action) -> None:
    """The text as a claim about its picture; a second press gives the same one."""
    exhibit = await turn.call(
        turn.desk.reports.exhibit, turn.person, action.case_id, action.exhibit_id
    )
    seen = exhibit.examination
    if seen is None or seen.text is None or not seen.text.text:
        raise NotFound(say("No text was read in this picture."))
    claim = await turn.call(
        turn.desk.claims.state,
        turn.person,
        action.case_id,
        seen.text.text[:_LONGEST],
        exhibit_id=action.exhibit_id,
        key=f"printed {action.case_id}:{action.exhibit_id}",
    )
    await tell_kept(turn, claim)


async def _add(turn: Turn, action: Action) -> None:
    kind = Addition(action.item)
    added = await turn.call(
        turn.desk.sources.add,
        turn.person,
        action.case_id,
        kind,
        [action.value],
        exhibit_id=action.exhibit_id,
    )
    if not added:
        await turn.tell(say("This was added already: {value}", value=action.value))
        return
    words = (
        say("Added to case {number} as named in the picture: {value}", **_values(action))
        if kind is Addition.ACCOUNT
        else say(
            "Added to case {number} as a place where the picture was posted: {value}",
            **_values(action),
        )
    )
    undo = Action(
        name="printed-undo",
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        item=action.item,
        value=action.value,
    )
    page = Page(html(words, turn.reader), ((button(say("Undo"), undo, turn.reader),),))
    await turn.out.send("printed", page, case_id=action.case_id, exhibit_id=action.exhibit_id)


def _values(action: Action) -> dict[str, str | int]:
    return {"number": action.case_id, "value": action.value}


async def _undo(turn: Turn, action: Action) -> None:
    await turn.call(
        turn.desk.sources.take_back,
        turn.person,
        action.case_id,
        Addition(action.item),
        [action.value],
        exhibit_id=action.exhibit_id,
    )
    await turn.show(
        Page(html(say("Taken back: {value}", value=action.value), turn.reader)),
        case_id=action.case_id,
    )


_LONGEST = 6000  # characters of a claim

LEAST = Role.REPORTER
ACTIONS = {"printed-claim": _claim, "printed-add": _add, "printed-undo": _undo}
