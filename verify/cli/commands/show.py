"""`verify-desk show`: one case as the desk knows it."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, print_lines, sentence
from verify.layouts.shapes import fields
from verify.layouts.text import case_lines


@click.command()
@click.argument("case", type=click.IntRange(min=1))
@json_option
def command(case: int, as_json: bool) -> None:
    """Show all that is known in one case.

    Pictures with matches and findings, claims, notes, verdicts and the checklist.
    """
    with desk_to_read() as (desk, person):
        report = desk.case(person, case)
    if as_json:
        json_line(fields(report, sentence))
    else:
        print_lines(case_lines(report, sentence))
