"""/relate: link two cases that have to do with each other."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.managing import managed, other_cases, word_or_choice
from verify.chat.pages import Page, button, in_rows
from verify.chat.replies.manage import choose_case
from verify.chat.turn import Turn
from verify.records import Role, say

LEAST = Role.REPORTER
COMMAND = "relate"
DESCRIPTION = say("Link the open case with another one")


async def handle(turn: Turn, words: str) -> None:
    """Link with the case of this number; without one, offer the latest."""
    await word_or_choice(turn, words, "relate", _written, _choose)


async def _written(turn: Turn, action: Action, text: str) -> None:
    await _relate(turn, replace(action, other_id=case_number(text)))


async def _choose(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    others = await other_cases(turn, {report.id, *report.related})
    asked = say("With which case is case {number} linked?", number=report.id)
    page = choose_case(asked, others, replace(action, name="relate-with"), turn.reader)
    cut = replace(action, name="unrelate")
    cuts = [
        button(say("Unlink case {number}", number=other), replace(cut, other_id=other), turn.reader)
        for other in report.related
    ]
    await turn.show(Page(page.text, (*in_rows(cuts, 3), *page.rows)))


async def _relate(turn: Turn, action: Action) -> None:
    await turn.call(turn.desk.casework.relate, turn.person, action.case_id, action.other_id)
    await managed(turn, action.case_id)


async def _unrelate(turn: Turn, action: Action) -> None:
    other = await turn.call(
        turn.desk.casework.unrelate, turn.person, action.case_id, action.other_id
    )
    said = say("No longer linked with case {number}.", number=other)
    await managed(turn, action.case_id, said)


UNLOCKED = frozenset({"relate"})
ACTIONS = {"relate": _choose, "relate-with": _relate, "unrelate": _unrelate}
