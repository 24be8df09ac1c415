"""`verify-desk cases`: the cases of the desk, latest first."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import all_cases, desk_to_read
from verify.cli.output import json_line, sentence, table
from verify.layouts.shapes import fields
from verify.records import CaseLine, Instant, Value, say


@click.command()
@json_option
def command(as_json: bool) -> None:
    """List the cases, latest first."""
    with desk_to_read() as (desk, person):
        lines = all_cases(desk, person)
    if as_json:
        for line in lines:
            json_line(fields(line, sentence))
        return
    header = (
        say("Case"),
        say("Opened"),
        say("Pictures"),
        say("Answered"),
        say("Verdict"),
        say("What"),
    )
    table(header, map(_row, lines))


def _row(line: CaseLine) -> tuple[Value, ...]:
    from verify.wording.terms import word

    answered = say("{answered} of {items}", answered=line.answered, items=line.items)
    rating = word(line.rating) if line.rating else "-"
    return line.id, Instant(at=line.opened_at), line.exhibits, answered, rating, line.title
