"""`verify-desk reexamine`: run today's lab on all exhibits again; what stood stays."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.jobs.kinds.reexamine import Job, Result
from verify.records import say_many


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Examine every exhibit again.

    The lab and the checks of this version add an examination to each; earlier ones stay, and
    so do answers and verdicts.
    """
    count = 0

    def show(seen: Result) -> None:
        nonlocal count
        count += 1
        if as_json:
            json_line({name: getattr(seen, name) for name in seen.__struct_fields__})

    carry_out("reexamine", Job(), show)
    total = say_many(
        "{count} exhibit was examined again.",
        "{count} exhibits were examined again.",
        count,
    )
    tell(total, err=as_json)
