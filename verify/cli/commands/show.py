"""`verify-desk show`: one case as the desk knows it."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option, number
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, print_lines, sentence
from verify.layouts.glance import glance_lines
from verify.layouts.shapes import fields
from verify.layouts.text import case_lines


@click.command()
@click.argument("case", type=number)
@click.option("--all", "in_full", is_flag=True, help="All that is known, however long.")
@json_option
def command(case: int, in_full: bool, as_json: bool) -> None:
    """Show one case on a screen.

    Where its pictures were seen before, what contradicts the claim, what is open. With --all also
    every match and finding, claims, notes, verdicts and the checklist; --json always has all.
    """
    with desk_to_read() as (desk, person):
        report = desk.reports.case(person, case)
    if as_json:
        json_line(fields(report, sentence))
    elif in_full:
        print_lines(case_lines(report, sentence))
    else:
        print_lines(glance_lines(report, sentence))
