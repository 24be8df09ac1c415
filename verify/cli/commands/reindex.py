"""`verify-desk reindex`: make what pictures are found by again, from the originals."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.cli.statuses import DONE, LEFT
from verify.jobs.kinds.reindex import Job, Result
from verify.records import say_many


@click.command()
@json_option
def command(as_json: bool) -> int:
    """Make what pictures and words are found by again, from the originals.

    Needed after a version that describes pictures differently, or when the index is damaged.
    Examinations, answers and verdicts stay as they are. An exhibit whose original is missing
    is left out.
    """
    status = DONE

    def show(made: Result) -> None:
        nonlocal status
        status = LEFT if made.left else DONE
        _show(made, as_json)

    carry_out("reindex", Job(), show)
    return status


def _show(made: Result, as_json: bool) -> None:
    if as_json:
        json_line({"exhibits": made.exhibits, "left": made.left})
        return
    tell(say_many("{count} exhibit was indexed.", "{count} exhibits were indexed.", made.exhibits))
    if made.left:
        tell(
            say_many("{count} exhibit was left out.", "{count} exhibits were left out.", made.left)
        )
