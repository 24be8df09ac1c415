"""/claim and the Claim button: what is said about a picture, by whom, of which day and place."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.managing import ask
from verify.chat.notes import open_case_of
from verify.chat.replies import claim_pages as replies
from verify.chat.turn import Turn
from verify.errors import BadInput
from verify.reading.claimed import Reading, read_date, read_place
from verify.records import Claim, Role, Spot, say

LEAST = Role.REPORTER
COMMAND = "claim"
DESCRIPTION = say("State what is said about the picture")


async def handle(turn: Turn, words: str) -> None:
    """Keep the words as a claim in the open case; without words, ask for them."""
    case_id = await open_case_of(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, case_id)
    only = report.exhibits[0].exhibit_id if len(report.exhibits) == 1 else 0
    action = Action(name="claim", case_id=case_id, exhibit_id=only)
    if words:
        await _written(turn, action, words)
    else:
        await _asked(turn, action)


async def _asked(turn: Turn, action: Action) -> None:
    """The Claim button: the claims there are, to correct them; without any, ask for one."""
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    if not report.claims:
        await turn.demand_unlocked(report.id)
        await _ask(turn, action)
    elif len(report.claims) == 1:
        await _kept(turn, report.claims[0])
    else:
        page = replies.listed(report, turn.reader)
        await turn.out.send("shown", page, case_id=report.id)


async def _ask(turn: Turn, action: Action) -> None:
    await turn.open_case(action.case_id)
    asked = say(
        "Reply to this message with what is said about the picture of case {number}:"
        " what it is to show, where and when.",
        number=action.case_id,
    )
    await ask(turn, replace(action, page=0), asked)


async def _new(turn: Turn, action: Action) -> None:
    await _ask(turn, Action(name="claim", case_id=action.case_id))


async def _written(turn: Turn, action: Action, text: str) -> None:
    claim = await turn.call(
        turn.desk.claims.state,
        turn.person,
        action.case_id,
        text,
        exhibit_id=action.exhibit_id or None,
        key=turn.key,
    )
    await _kept(turn, claim)


async def _kept(turn: Turn, claim: Claim) -> None:
    await _sent(turn, claim, await turn.call(turn.desk.claims.reading, claim))


async def _sent(turn: Turn, claim: Claim, reading: Reading) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, claim.case_id)
    page = replies.kept(claim, reading, report, turn.reader)
    await turn.out.send("claimed", page, case_id=claim.case_id)


async def _turned(turn: Turn, claim: Claim) -> None:
    """Show it in the place of the message whose button was pressed."""
    report = await turn.call(turn.desk.reports.case, turn.person, claim.case_id)
    page = replies.kept(
        claim, await turn.call(turn.desk.claims.reading, claim), report, turn.reader
    )
    await turn.show(page, case_id=claim.case_id)


async def _shown(turn: Turn, action: Action) -> None:
    await _turned(turn, await _claim(turn, action))


async def _claim(turn: Turn, action: Action) -> Claim:
    return await turn.call(turn.desk.claims.latest, turn.person, action.case_id, action.claim_id)


async def _ask_who(turn: Turn, action: Action) -> None:
    await ask(
        turn, replace(action, page=0), say("Reply to this message with the name of who claims it.")
    )


async def _named(turn: Turn, action: Action, name: str) -> None:
    claim = await _claim(turn, action)
    named = await turn.call(
        turn.desk.claims.state,
        turn.person,
        action.case_id,
        claim.text,
        claimant=name,
        revises=claim.id,
        key=turn.key,
    )
    await _kept(turn, named)


async def _ask_date(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with the date that is meant: a day, a month or a year, as in "
        "{example}. A time may follow.",
        example="14 June 2014",
    )
    await ask(turn, replace(action, page=0), asked)


async def _ask_place(turn: Turn, action: Action) -> None:
    asked = say(
        "Reply to this message with the place that is meant: a town, a country or coordinates, "
        "as in {example}.",
        example="Tikrit, Iraq",
    )
    await ask(turn, replace(action, page=0), asked)


async def _dated(turn: Turn, action: Action, text: str) -> None:
    read = await turn.call(read_date, text)
    if not read.dates:
        raise BadInput(
            say("I read no date there. Write one as in {example}.", example="14 June 2014")
        )
    await _corrected(turn, action, read, claimed_at=read.date or None)


async def _placed(turn: Turn, action: Action, text: str) -> None:
    read = await turn.call(read_place, text)
    if not read.places:
        raise BadInput(
            say(
                "I do not know this place. Write a large town, with its country behind a comma if "
                "need be, or coordinates in degrees, as in {example}.",
                example="33.51, 36.29",
            )
        )
    await _corrected(turn, action, read, spot=read.place if read.place.name else None)


async def _corrected(
    turn: Turn,
    action: Action,
    read: Reading,
    *,
    claimed_at: str | None = None,
    spot: Spot | None = None,
) -> None:
    """Keep what was stated for certain; else offer what the answer can mean."""
    claim = await _claim(turn, action)
    if claimed_at or spot:
        claim = await turn.call(
            turn.desk.claims.correct,
            turn.person,
            action.case_id,
            action.claim_id,
            claimed_at=claimed_at,
            spot=spot,
            key=turn.key,
        )
    await _sent(turn, claim, read)


async def _date_is(turn: Turn, action: Action) -> None:
    claim = await turn.call(
        turn.desk.claims.correct,
        turn.person,
        action.case_id,
        action.claim_id,
        claimed_at=action.value,
    )
    await _turned(turn, claim)


async def _place_is(turn: Turn, action: Action) -> None:
    degrees = [float(number) for number in action.item.split()]
    latitude, longitude = degrees or (None, None)
    claim = await turn.call(
        turn.desk.claims.correct,
        turn.person,
        action.case_id,
        action.claim_id,
        spot=Spot(name=action.value, latitude=latitude, longitude=longitude),
    )
    await _turned(turn, claim)


UNLOCKED = frozenset({"claim-new", "claim-date", "claim-place", "claimant"})
ACTIONS = {
    "claim": _asked,
    "claim-new": _new,
    "claim-show": _shown,
    "claim-date": _ask_date,
    "claim-place": _ask_place,
    "claim-date-is": _date_is,
    "claim-place-is": _place_is,
    "claim-undated": _date_is,  # their actions carry no date and no place
    "claim-unplaced": _place_is,
    "claimant": _ask_who,
}
REPLIES = {
    "claim": _written,
    "claimant": _named,
    "claim-date": _dated,
    "claim-place": _placed,
}
