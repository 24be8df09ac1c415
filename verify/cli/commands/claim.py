"""`verify-desk claim`: what is said about a picture, with its day and place."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option, number
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.errors import BadInput
from verify.jobs.kinds.claim import Job, Result
from verify.layouts.shapes import fields
from verify.records import CalendarDate, Spot, say


@click.command()
@click.argument("case", type=number)
@click.argument("words", nargs=-1, metavar="[WORDS...]")
@click.option("--by", "claimant", metavar="NAME", default="", help="Who claims it.")
@click.option("--date", metavar="DATE", help="The date that is meant, in words; none if empty.")
@click.option("--place", metavar="PLACE", help="The place that is meant; none if empty.")
@click.option("--claim", "claim_id", type=number, help="The id of one to correct.")
@json_option
def command(
    case: int,
    words: tuple[str, ...],
    claimant: str,
    date: str | None,
    place: str | None,
    claim_id: int | None,
    as_json: bool,
) -> None:
    """State or correct what is said about a picture.

    The date and the place are read from the words and shown. Without words, the latest claim of the
    case is corrected, or the one that --claim names.
    """
    job = Job(case, " ".join(words), claimant, claim_id, _date(date), _place(place))
    carry_out("claim", job, lambda stated: _show(stated, as_json))


def _date(text: str | None) -> str | None:
    """The date as a claim keeps it. Raises BadInput where none or several can be meant."""
    from verify.reading.claimed import read_date
    from verify.wording.claim_lines import either

    if not text:
        return text
    read = read_date(text)
    if read.date:
        return read.date
    if read.dates:
        dates = either([CalendarDate(at=one) for one in read.dates])
        raise BadInput(say("That date can mean {readings}. Say which.", readings=dates))
    raise BadInput(say("I read no date there. Write one as in {example}.", example="14 June 2014"))


def _place(text: str | None) -> Spot | None:
    """The place. Raises BadInput where none or several can be meant."""
    from verify.reading.claimed import read_place
    from verify.wording.claim_lines import either

    if not text:
        return None if text is None else Spot()
    read = read_place(text)
    if read.place.name:
        return read.place
    if read.places:
        names = either([spot.name for spot in read.places])
        raise BadInput(say("That place can mean {readings}. Say which.", readings=names))
    raise BadInput(
        say(
            "I do not know this place. Write a large town, with its country behind a comma if "
            "need be, or coordinates in degrees, as in {example}.",
            example="33.51, 36.29",
        )
    )


def _show(stated: Result, as_json: bool) -> None:
    from verify.wording.claim_lines import claimed, read

    if as_json:
        json_line(fields(stated.claim, sentence))
        return
    tell(say("Claim: {claim}", claim=claimed(stated.claim)))
    for line in read(stated.claim):
        tell(line)
    for finding in stated.against:
        tell(say("! {finding}", finding=finding))
