"""/cases: the list of cases, narrowed by buttons or by a word."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import meant
from verify.chat.pages import Page, button
from verify.chat.replies.lists import CASES_A_PAGE, MINE, cases_page
from verify.chat.turn import Turn
from verify.records import CaseFilter, Person, Role, Status, say, say_many
from verify.wording.terms import word

COMMAND = "cases"
DESCRIPTION = say("List the cases, the latest first; “mine” or a #tag narrows the list")
_NAMED = {"": say("all"), MINE: say("mine")} | {one.value: word(one) for one in Status}


async def handle(turn: Turn, words: str) -> None:
    """Show the first page of all cases, of one's own, of a status, or of a tag."""
    named = meant(words, _NAMED)
    if named is None and words:
        named = f"#{words.casefold().removeprefix('#')}"
    await _page(turn, Action(name="cases", value=named or ""))


async def _page(turn: Turn, action: Action) -> None:
    found = await turn.call(
        turn.desk.reports.cases,
        turn.person,
        offset=action.page * CASES_A_PAGE,
        limit=CASES_A_PAGE + 1,  # one more tells whether there is another page
        wanted=_filter(action.value, turn.person),
    )
    if action.page and not found:  # fewer cases than when the button was made
        await _page(turn, replace(action, page=action.page - 1))
        return
    page = cases_page(found, action, turn.reader)
    if turn.person.role is Role.OWNER and not turn.person.among_others:
        closed = len(await turn.call(turn.desk.casework.closed, turn.person))
        label = say_many("{count} case closed to you", "{count} cases closed to you", closed)
        row = (button(label, Action(name="closed"), turn.reader),) if closed else ()
        page = Page(page.text, (*page.rows, row))
    await turn.show(page)


def _filter(value: str, person: Person) -> CaseFilter:
    if value == MINE:
        return CaseFilter(of_person=person.id)
    if value.startswith("#"):
        return CaseFilter(tag=value[1:])
    return CaseFilter(status=Status(value) if value else None)


ACTIONS = {"cases": _page}
