"""`verify-desk claim`: what is said about a picture, with its day and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verify.cli.arguments import json_option
from verify.cli.opened import opened_desk
from verify.cli.output import json_line, sentence, tell
from verify.cli.shapes import fields
from verify.errors import BadInput, NotFound
from verify.records import CaseReport, Claim, Person, Spot, say

if TYPE_CHECKING:
    from verify.desk import Desk


@click.command()
@click.argument("case", type=click.IntRange(min=1))
@click.argument("words", nargs=-1, metavar="[WORDS...]")
@click.option("--by", "claimant", metavar="NAME", default="", help="Who claims it.")
@click.option("--date", metavar="DATE", help="The date that is meant, in words; none if empty.")
@click.option("--place", metavar="PLACE", help="The place that is meant; none if empty.")
@click.option("--claim", "number", type=click.IntRange(min=1), help="The id of one to correct.")
@json_option
def command(
    case: int,
    words: tuple[str, ...],
    claimant: str,
    date: str | None,
    place: str | None,
    number: int | None,
    as_json: bool,
) -> None:
    """State or correct what is said about a picture.

    The date and the place are read from the words and shown. Without words, the latest claim of the
    case is corrected, or the one that --claim names.
    """
    claimed_at, spot = _date(date), _place(place)
    with opened_desk() as (desk, person):
        if words and number is None:
            claim = desk.claim(person, case, " ".join(words), claimant=claimant)
        else:
            claim = _former(desk.case(person, case), number)
            if words or claimant:
                text = " ".join(words) or claim.text
                claim = desk.claim(person, case, text, claimant=claimant, revises=claim.id)
        if claimed_at is not None or spot is not None:
            claim = desk.correct(person, case, claim.id, claimed_at=claimed_at, spot=spot)
        _show(desk, person, claim, as_json)


def _date(text: str | None) -> str | None:
    """The date as a claim keeps it. Raises BadInput where none or several can be meant."""
    from verify.reading.claims import read_date

    if not text:
        return text
    read = read_date(text)
    if read.date:
        return read.date
    if read.dates:
        raise BadInput(
            say("That date can mean {readings}. Say which.", readings=", ".join(read.dates))
        )
    raise BadInput(say("I read no date there. Write one as in {example}.", example="14 June 2014"))


def _place(text: str | None) -> Spot | None:
    """The place. Raises BadInput where none or several can be meant."""
    from verify.reading.claims import read_place

    if not text:
        return None if text is None else Spot()
    read = read_place(text)
    if read.place.name:
        return read.place
    if read.places:
        names = "; ".join(spot.name for spot in read.places)
        raise BadInput(say("That place can mean {readings}. Say which.", readings=names))
    raise BadInput(
        say(
            "I do not know this place. Write a large town, with its country behind a comma if "
            "need be, or coordinates in degrees, as in {example}.",
            example="33.51, 36.29",
        )
    )


def _former(report: CaseReport, number: int | None) -> Claim:
    claims = [claim for claim in report.claims if number in (None, claim.id)]
    if not claims:
        raise NotFound(say("There is no such claim in this case, or it has a newer version."))
    return claims[-1]


def _show(desk: Desk, person: Person, claim: Claim, as_json: bool) -> None:
    from verify.chat.replies.claims import claimed, flagged, read

    if as_json:
        json_line(fields(claim, sentence))
        return
    tell(say("Claim: {claim}", claim=claimed(claim)))
    for line in read(claim):
        tell(line)
    for finding in flagged(claim, desk.case(person, claim.case_id)):
        tell(say("! {finding}", finding=finding.summary))
