"""A pin on the map, or a venue: the place of a claim, as the person who sends it states it."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from verify.chat.action import Action
from verify.chat.notes import open_case_of
from verify.chat.pages import Button, Page, button
from verify.chat.turn import Turn
from verify.desk.permissions import require
from verify.language import clean, html
from verify.reading.claimed import read_place
from verify.records import CaseReport, Claim, Role, Sentence, Spot, say

LEAST = Role.REPORTER
FILTER = filters.UpdateType.MESSAGE & (filters.LOCATION | filters.VENUE)
_MOST = 9  # claims to choose from
_LONGEST = 80  # characters of a venue's name


async def handle(turn: Turn) -> None:
    """The one claim of the case replied to, else of the open one, has this place now.

    Of several claims the person says which. A live location tells where somebody is: it is taken
    only once they say so.
    """
    message = turn.message
    spot = await _spot(turn, message) if message else None
    if message is None or spot is None:
        return
    answered = message.reply_to_message
    replied = await turn.case_of(answered.message_id) if answered else None
    if replied is None and message.chat.type != message.chat.PRIVATE:
        return  # in a group people talk to each other
    require(turn.person, LEAST)
    case_id = replied or await open_case_of(turn)
    report = await turn.call(turn.desk.reports.case, turn.person, case_id)
    live = message.location is not None and "live_period" in message.location.to_dict()
    if live:
        asked = say(
            "This is a live location, which shows where somebody is now, so it was not taken."
        )
        await _ask(turn, report, spot, asked)
    elif len(report.claims) > 1:
        await _ask(turn, report, spot, say("A place: {place}", place=spot.name))
    else:
        await _state(turn, report, spot)


async def _spot(turn: Turn, message: Message) -> Spot | None:
    """Where the pin stands, by the venue's name or by its degrees. None for no place on Earth."""
    venue = message.venue
    location = venue.location if venue else message.location
    if location is None:
        return None
    read = await turn.call(read_place, f"{location.latitude:.5f}, {location.longitude:.5f}")
    if not read.place.name:
        await turn.tell(say("This is no place on Earth."))
        return None
    title = " ".join(venue.title.split())[:_LONGEST] if venue else ""
    return Spot(
        name=title or read.place.name,
        latitude=read.place.latitude,
        longitude=read.place.longitude,
    )


async def _state(turn: Turn, report: CaseReport, spot: Spot) -> None:
    """Say it of the only claim; where there is none, the place is all that is claimed."""
    if not report.claims:
        only = report.exhibits[0].exhibit_id if len(report.exhibits) == 1 else None
        made = await turn.call(
            turn.desk.claims.state,
            turn.person,
            report.id,
            spot.name,
            exhibit_id=only,
            key=f"{turn.key}:made",
        )
    else:
        made = report.claims[0]
    claim = await turn.call(
        turn.desk.claims.correct, turn.person, report.id, made.id, spot=spot, key=turn.key
    )
    said = say(
        "Place of the claim in case {number}, stated at this desk: {place}",
        number=report.id,
        place=claim.place,
    )
    show = Action(name="claim-show", case_id=report.id, claim_id=claim.id)
    page = Page(html(said, turn.reader), ((button(say("Claim"), show, turn.reader),),))
    await turn.out.send("placed", page, case_id=report.id)


async def _ask(turn: Turn, report: CaseReport, spot: Spot, asked: Sentence) -> None:
    """A button for each claim; without any, a pin can still be sent."""
    rows = tuple((_choice(claim, spot),) for claim in report.claims[-_MOST:])
    lines = [html(asked, turn.reader)]
    if rows:
        lines.append(html(say("Tap the claim whose place it is."), turn.reader))
    await turn.out.send("which", Page("\n".join(lines), rows), case_id=report.id)


def _choice(claim: Claim, spot: Spot) -> Button:
    chosen = Action(
        name="claim-place-is",
        case_id=claim.case_id,
        claim_id=claim.id,
        value=spot.name,
        item=f"{spot.latitude} {spot.longitude}",
    )
    return Button(clean(claim.text, 40), chosen)
