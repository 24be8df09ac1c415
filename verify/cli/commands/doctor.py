"""`verify-desk doctor`: what stands, what is missing, and how matches fared with people."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.records import say


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Say which walls stand around the lab, and what people said of matches.

    Changes nothing, and may be run beside a desk that is being served.
    """
    with desk_to_read() as (desk, person):
        walls = desk.sandbox.walls()
        judged = desk.judgements(person)
    if as_json:
        json_line({"walls": walls, "matches": judged})
        return
    if not walls:
        tell(say("The lab cannot be started: files will be kept, but not examined."))
    for name, stands in sorted(walls.items()):
        if stands:
            tell(say("The wall against {name} stands.", name=name))
        else:
            tell(say("The wall against {name} does not stand on this system.", name=name))
    for method, counts in judged.items():
        tell(
            say(
                "Of matches found by {method}, people called {same} the same and {refused} not.",
                method=method,
                same=counts["same"],
                refused=counts["refused"],
            )
        )
    if not judged:
        tell(say("Nobody has judged a match yet."))
