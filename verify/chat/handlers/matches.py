"""The list of matches, and the cards that show them."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies import matches
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import NotFound
from verify.records import CaseReport, Match, say


async def _list(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.case, turn.person, action.case_id)
    turn.open_case(action.case_id)
    exhibit = next(one for one in report.exhibits if one.exhibit_id == action.exhibit_id)
    page = matches.listed(report, exhibit, action.page, turn.reader)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _card(turn: Turn, action: Action) -> None:
    """The card of one match, because a person asked for it."""
    report, match = await _find(turn, action)
    jpeg = await turn.call(turn.desk.card, turn.person, match.id)
    await turn.out.photo(
        "card",
        jpeg,
        matches.card(match, report, turn.reader),
        reply_to=turn.pressed,
        case_id=report.id,
        exhibit_id=match.exhibit_id,
        purpose=f"card {match.id}",
    )


async def _colour(turn: Turn, action: Action) -> None:
    report, match = await _find(turn, action)
    jpeg = await turn.call(turn.desk.card, turn.person, match.id, colour=True)
    if turn.pressed:
        caption = matches.card(match, report, turn.reader, colour=True)
        await turn.out.replace_photo(turn.pressed, jpeg, caption)


async def _find(turn: Turn, action: Action) -> tuple[CaseReport, Match]:
    report = await turn.call(turn.desk.case, turn.person, action.case_id)
    for exhibit in report.exhibits:
        for match in exhibit.matches:
            if match.id == action.match_id:
                return report, match
    raise NotFound(say("There is no such match."))


ACTIONS = {"matches": _list, "card": _card, "card-colour": _colour}
