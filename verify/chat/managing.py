"""What the handlers of case work share: the open case, the page after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection

from verify.chat.action import Action, encode
from verify.chat.notes import case_meant
from verify.chat.pages import Page
from verify.chat.replies.manage import manage_page
from verify.chat.turn import EXAMINATION, Turn
from verify.language import html
from verify.records import CaseFilter, Sentence

_MOST_OFFERED = 8
_ALL = CaseFilter()

Written = Callable[[Turn, Action, str], Awaitable[None]]
Choose = Callable[[Turn, Action], Awaitable[None]]


async def managed(turn: Turn, case_id: int, said: Sentence | None = None) -> None:
    """Show how the case stands now, under a sentence on what was just done."""
    report = await turn.call(turn.desk.reports.case, turn.person, case_id)
    await turn.open_case(report.id)
    watching = await turn.call(turn.desk.casework.watches, turn.person, report.id)
    hub = turn.desk.hub.joined
    page = manage_page(report, turn.reader, watching=watching, said=said, hub=hub)
    await turn.show(page, case_id=report.id, purpose=EXAMINATION)


async def other_cases(turn: Turn, known: Collection[int], wanted: CaseFilter = _ALL) -> list[int]:
    """The latest cases to choose from, without those that are known already."""
    lines = await turn.call(
        turn.desk.reports.cases, turn.person, limit=_MOST_OFFERED + len(known), wanted=wanted
    )
    return [line.id for line in lines if line.id not in known][:_MOST_OFFERED]


async def ask(turn: Turn, action: Action, asked: Sentence) -> None:
    """Ask for words; the reply comes back under the action's name."""
    page = Page(html(asked, turn.reader), asks=True)
    await turn.out.send(
        "ask",
        page,
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(action),
    )


async def word_or_choice(
    turn: Turn, words: str, name: str, written: Written, choose: Choose
) -> None:
    """A command about the open case: what is written behind it, or else what it asks for."""
    action = await about_open_case(turn, name)
    if words:
        await written(turn, action, words)
    else:
        await choose(turn, action)


async def about_open_case(turn: Turn, name: str, words: str = "") -> Action:
    """An action on the case that is open here, or on that of a number behind the command, which
    is opened."""
    return Action(name=name, case_id=await case_meant(turn, words))
