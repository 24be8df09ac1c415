"""`verify-desk reindex`: make what pictures are found by again, from the originals."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import opened_desk
from verify.cli.output import json_line, tell
from verify.cli.progress import with_progress
from verify.records import say_many


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Make the index of local features again from the originals.

    Needed after a version that describes pictures differently, or when the index is damaged.
    Examinations, answers and verdicts stay as they are.
    """
    with opened_desk() as (desk, person):
        count = sum(1 for _ in with_progress(desk.reindex(person)))
    if as_json:
        json_line({"exhibits": count})
    else:
        tell(say_many("{count} exhibit was indexed.", "{count} exhibits were indexed.", count))
