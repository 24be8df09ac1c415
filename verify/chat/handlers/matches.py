"""The list of matches, and the cards that show them."""

from __future__ import annotations

from verify.chat import showing
from verify.chat.action import Action
from verify.chat.match_cards import moving, of_match, view_of
from verify.chat.replies import matches
from verify.chat.replies.choosing import chosen
from verify.chat.turn import EXAMINATION, Turn
from verify.records import CaseReport, Match, Role


async def _list(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.open_case(action.case_id)
    exhibit = chosen(report, action.exhibit_id)
    uploads = turn.service == "telegram"
    page = matches.listed(report, exhibit, action.page, turn.reader, uploads=uploads)
    await turn.show(page, case_id=action.case_id, purpose=EXAMINATION)


async def _card(turn: Turn, action: Action) -> None:
    """The card of one match, because a person asked for it."""
    report, match = await _find(turn, action)
    shown = of_match(turn, match, report)
    await showing.send(turn, "card", shown, reply_to=turn.pressed, step=action.step)


async def _view(turn: Turn, action: Action) -> None:
    """Another view of the card, in its place."""
    report, match = await _find(turn, action)
    shown = of_match(turn, match, report, action.value)
    both = action.value in ("", "changed")  # hidden as the card was: nobody asked to look closer
    await showing.replace(turn, shown, step=action.step, spoiler=both)


async def _play(turn: Turn, action: Action) -> None:
    """The stretch of both films moving, in the place of their card."""
    report, match = await _find(turn, action)
    shown = moving(turn, match, report, action.page / 1000)
    await showing.replace(turn, shown, step=action.step)


async def _words(turn: Turn, action: Action) -> None:
    """More or less words under the card; the picture stays."""
    report, match = await _find(turn, action)
    page = matches.card(match, report, turn.reader, action.item, in_full=bool(action.value))
    if turn.pressed:
        here = view_of(match, report, action.item)
        await turn.out.caption(
            turn.pressed, showing.with_steps(page, action.step, here, turn.reader)
        )


async def _judge(turn: Turn, action: Action) -> None:
    """A person's word on a match, kept and counted."""
    same = action.value == "same"
    await turn.call(
        turn.desk.judging.judge, turn.person, action.case_id, action.match_id, same=same
    )
    report, match = await _find(turn, action)
    page = matches.card(match, report, turn.reader) if same else None
    if page:
        here = view_of(match, report)
        page = showing.with_steps(page, action.step, here, turn.reader)
    if turn.pressed:
        await turn.out.caption(turn.pressed, page or matches.refused(match, report, turn.reader))


async def _find(turn: Turn, action: Action) -> tuple[CaseReport, Match]:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    return report, await turn.call(turn.desk.pictures.match, turn.person, action.match_id)


NEEDS = {"judge": Role.REPORTER}
ACTIONS = {
    "matches": _list,
    "card": _card,
    "card-view": _view,
    "card-play": _play,
    "card-words": _words,
    "judge": _judge,
}
