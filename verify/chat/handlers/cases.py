"""/cases: the list of cases, narrowed by buttons or by a word."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies.lists import CASES_A_PAGE, MINE, cases_page
from verify.chat.turn import Turn
from verify.records import Person, Status, say
from verify.store.cases import Filter

COMMAND = "cases"
DESCRIPTION = say("List the cases, the latest first; “mine” or a #tag narrows the list")


async def handle(turn: Turn, words: str) -> None:
    """Show the first page of all cases, of one's own, of a status, or of a tag."""
    word = words.casefold().replace(" ", "_")
    known = {MINE, *Status}
    tagged = f"#{word.removeprefix('#')}" if word and word not in known else word
    await _page(turn, Action(name="cases", value=tagged))


async def _page(turn: Turn, action: Action) -> None:
    found = await turn.call(
        turn.desk.cases,
        turn.person,
        offset=action.page * CASES_A_PAGE,
        limit=CASES_A_PAGE + 1,  # one more tells whether there is another page
        wanted=_filter(action.value, turn.person),
    )
    await turn.show(cases_page(found, action, turn.reader))


def _filter(value: str, person: Person) -> Filter:
    if value == MINE:
        return Filter(assignee_id=person.id, unfinished=True)
    if value.startswith("#"):
        return Filter(tag=value[1:])
    return Filter(status=Status(value) if value else None)


ACTIONS = {"cases": _page}
