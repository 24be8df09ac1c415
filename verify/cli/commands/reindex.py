"""`verify-desk reindex`: make what pictures are found by again, from the originals."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.jobs.kinds.reindex import Job
from verify.records import say_many


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Make what pictures and words are found by again, from the originals.

    Needed after a version that describes pictures differently, or when the index is damaged.
    Examinations, answers and verdicts stay as they are.
    """
    carry_out("reindex", Job(), lambda made: _show(made.exhibits, as_json))


def _show(count: int, as_json: bool) -> None:
    if as_json:
        json_line({"exhibits": count})
    else:
        tell(say_many("{count} exhibit was indexed.", "{count} exhibits were indexed.", count))
