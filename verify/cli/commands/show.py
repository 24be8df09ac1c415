"""`verify-desk show`: one case as the desk knows it."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence
from verify.cli.print import print_case
from verify.cli.shapes import fields


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
        print_case(report)
