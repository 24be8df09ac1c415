"""The list of matches, and the cards that show them."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.replies import matches
from verify.chat.replies.choosing import chosen
from verify.chat.turn import EXAMINATION, Turn
from verify.language import reads_leftwards
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
    jpeg = await _drawn(turn, match)
    await turn.out.photo(
        "card",
        jpeg,
        matches.card(match, report, turn.reader),
        reply_to=turn.pressed,
        case_id=report.id,
        exhibit_id=match.exhibit_id,
        purpose=f"card {match.id}",
    )


async def _view(turn: Turn, action: Action) -> None:
    """Another view of the card, in its place."""
    report, match = await _find(turn, action)
    caption = matches.card(match, report, turn.reader, action.value)
    if action.value == "changed":
        found, jpeg = await turn.call(turn.desk.pictures.changes, turn.person, match.id)
        caption = matches.changed(match, report, found, turn.reader)
    elif action.value in ("incoming", "earlier"):
        earlier = action.value == "earlier"
        jpeg = await turn.call(
            turn.desk.pictures.blink, turn.person, match.id, show_earlier=earlier
        )
    else:
        colour = action.value == "colour"
        jpeg = await _drawn(turn, match, colour=colour)
    if turn.pressed:
        await turn.out.replace_photo(turn.pressed, jpeg, caption)


async def _play(turn: Turn, action: Action) -> None:
    """The stretch of both films moving, in the place of their card."""
    report, match = await _find(turn, action)
    begins, ends, mp4 = await turn.call(
        turn.desk.pictures.clip, turn.person, match.id, action.page / 1000
    )
    if turn.pressed:
        caption = matches.playing(match, report, (begins, ends), turn.reader)
        await turn.out.replace_film(turn.pressed, mp4, ends - begins, caption)


async def _drawn(turn: Turn, match: Match, *, colour: bool = False) -> bytes:
    return await turn.call(
        turn.desk.pictures.card,
        turn.person,
        match.id,
        colour=colour,
        right_to_left=reads_leftwards(turn.reader),
    )


async def _words(turn: Turn, action: Action) -> None:
    """More or less words under the card; the picture stays."""
    report, match = await _find(turn, action)
    page = matches.card(match, report, turn.reader, action.item, in_full=bool(action.value))
    if turn.pressed:
        await turn.out.caption(turn.pressed, page)


async def _judge(turn: Turn, action: Action) -> None:
    """A person's word on a match, kept and counted."""
    same = action.value == "same"
    await turn.call(
        turn.desk.judging.judge, turn.person, action.case_id, action.match_id, same=same
    )
    report, match = await _find(turn, action)
    page = matches.card(match, report, turn.reader) if same else None
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
