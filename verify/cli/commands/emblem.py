"""`verify-desk emblem`: a logo, a flag or a seal, and where else it stands."""

from __future__ import annotations

import click
import msgspec

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.emblem import Job, Result
from verify.records import MarkedEmblem, say
from verify.wording import emblems


@click.command()
@click.argument("exhibit", metavar="SHA256", required=False)
@click.option(
    "--box",
    metavar="BOX",
    help="Where it stands: left, top, right and bottom in percent, or squares of the grid.",
)
@click.option("--name", metavar="NAME", type=one_line, help="What it is called.")
@click.option("--list", "listing", is_flag=True, help="List the emblems and where they stood.")
@click.option("--remove", type=number, metavar="NUMBER", help="Forget an emblem.")
@json_option
def command(
    exhibit: str | None,
    box: str | None,
    name: str | None,
    listing: bool,
    remove: int | None,
    as_json: bool,
) -> None:
    """Mark a logo, a flag or a seal in a picture, and say where else it stands.

    All that is here is looked through, and all that comes later. It is found by details and proved
    by geometry and pixels; it may be missed where it is small or faint. That two pictures bear one
    emblem makes them neither the same nor a match.
    """
    if remove is not None:
        carry_out("emblem", Job(removed=remove), lambda done: _removed(remove, as_json))
        return
    if listing or exhibit is None:
        _list(as_json)
        return
    if not box or not name:
        raise BadInput(say("Give {one} and {other}.", one="--box", other="--name"))
    job = Job(exhibit.lower(), box, name)
    carry_out("emblem", job, lambda done: _show(done, as_json))


def _list(as_json: bool) -> None:
    with desk_to_read() as (desk, person):
        known, left = desk.emblems.every(person)
    for one in known:
        _line(one, as_json)
    if not as_json and not known:
        tell(say("No emblem is marked."))
    if not as_json and (told := emblems.unlooked(left)):
        tell(told)


def _show(done: Result, as_json: bool) -> None:
    if done.emblem:
        _line(done.emblem, as_json)


def _line(one: MarkedEmblem, as_json: bool) -> None:
    if as_json:
        json_line(msgspec.to_builtins(one))
    else:
        tell(emblems.marked(one))


def _removed(number: int, as_json: bool) -> None:
    if as_json:
        json_line({"removed": number})
    else:
        tell(say("Emblem {number} is forgotten.", number=number))
