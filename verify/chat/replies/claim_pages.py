"""A claim with the buttons that correct it; the claims of a case, to choose from."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Button, Page, button, in_rows
from verify.chat.replies.locked import reopen
from verify.chat.replies.markup import bold, bullet, italic
from verify.language import Reader, clean, html, plain
from verify.reading.claimed import Reading
from verify.records import CalendarDate, CaseReport, Claim, Sentence, Spot, Status, say
from verify.wording.cases import about
from verify.wording.claim_lines import against, claimed, read

_MOST = 9  # claims in a list, which must fit into one message
_BRIEF = 120  # characters of each
_LONG = 1500  # characters of one by itself: the case has it whole
_MOST_FLAGGED = 4


def readings(claim: Claim, reader: Reader) -> str:
    """The date and the place that are kept with a claim, as lines under it."""
    return "\n".join(italic(line, reader) for line in read(claim))


def kept(claim: Claim, reading: Reading, report: CaseReport, reader: Reader) -> Page:
    """A claim with its date and place, what corrects them, and what speaks against it now.

    reading: what else its words, or an answer just given, can mean. report: its case.
    """
    title = say(
        "Claim in case {number}, version {version}", number=claim.case_id, version=claim.version
    )
    lines = [
        bold(title, reader),
        html(about(report, claim.exhibit_id, claimed(claim)), reader, limit=_LONG),
        readings(claim, reader),
    ]
    dates = [_date_button(claim, at, reader) for at in reading.dates if at != claim.claimed_at]
    places = [_place_button(claim, spot) for spot in reading.places if spot.name != claim.place]
    locked = report.status is Status.CONCLUDED
    if locked:
        dates, places = [], []
    if dates and not claim.claimed_at:
        lines.append(html(say("More than one can be meant. Tap the one that is."), reader))
    if places and not claim.place:
        lines.append(html(say("Which place is meant?"), reader))
        lines += [italic(doubt, reader) for doubt in reading.where.why]
    if reading.where.disputed and claim.place:
        lines.append(italic(say("More than one state claims this ground."), reader))
    if not claim.claimed_at:
        lines += [italic(doubt, reader) for doubt in reading.when.why]

    if opposed := against(claim, report):
        lines += ["", bold(say("Look at these"), reader)]
        lines += [bullet(one, reader) for one in opposed[:_MOST_FLAGGED]]

    if locked:
        return Page("\n".join(lines), (reopen(report.id, reader),))

    def to(name: str, label: Sentence) -> Button:
        return button(label, Action(name=name, case_id=claim.case_id, claim_id=claim.id), reader)

    nothing = []
    if claim.claimed_at or dates:
        nothing.append(to("claim-undated", say("No date is meant")))
    if claim.place or places:
        nothing.append(to("claim-unplaced", say("No place is meant")))
    rows = (
        *in_rows(dates + places, 2),
        (
            to("claim-date", say("Another date")),
            to("claim-place", say("Another place")),
        ),
        tuple(nothing),
        (to("claimant", say("Say who claims it")), to("claim-new", say("State another claim"))),
    )
    return Page("\n".join(lines), tuple(row for row in rows if row))


def _date_button(claim: Claim, at: str, reader: Reader) -> Button:
    chosen = Action(name="claim-date-is", case_id=claim.case_id, claim_id=claim.id, value=at)
    return Button(plain(CalendarDate(at=at), reader), chosen)


def _place_button(claim: Claim, spot: Spot) -> Button:
    position = "" if spot.latitude is None else f"{spot.latitude} {spot.longitude}"
    chosen = Action(
        name="claim-place-is",
        case_id=claim.case_id,
        claim_id=claim.id,
        value=spot.name,
        item=position,
    )
    return Button(clean(spot.name, 40), chosen)


def listed(report: CaseReport, reader: Reader) -> Page:
    """The latest claims of a case, to correct one or to state another."""
    lines = [bold(say("Claims in case {number}", number=report.id), reader)]
    buttons = []
    for number, claim in [*enumerate(report.claims, start=1)][-_MOST:]:
        said = about(report, claim.exhibit_id, claimed(claim))
        line = say("{number}. {claim}", number=number, claim=said)
        lines += [html(line, reader, limit=_BRIEF), readings(claim, reader)]
        show = Action(name="claim-show", case_id=report.id, claim_id=claim.id)
        buttons.append(button(say("Claim {number}", number=number), show, reader))
    another = Action(name="claim-new", case_id=report.id)
    on = reopen(report.id, reader)
    if report.status is not Status.CONCLUDED:
        on = (button(say("State another claim"), another, reader),)
    rows = (*in_rows(buttons, 3), on)
    return Page("\n".join(lines), rows)
