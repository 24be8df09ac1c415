"""`verify-desk keep`: until when a case or a source is kept, and a legal hold."""

from __future__ import annotations

from datetime import date, datetime

import click

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.keep import Job, Result
from verify.records import Keep, say


@click.command()
@click.argument("case", type=number, required=False)
@click.option("--source", type=one_line, default="", metavar="NAME", help="A source instead.")
@click.option("--until", metavar="DATE", default="", help="The last day on which it is kept.")
@click.option("--no-date", is_flag=True, help="Keep it for as long as nobody wipes it.")
@click.option("--hold/--release", "held", default=None, help="Set or lift a legal hold.")
@json_option
def command(
    case: int | None,
    source: str,
    until: str,
    no_date: bool,
    held: bool | None,
    as_json: bool,
) -> None:
    """Say until when a case or a source is kept, or put it under a legal hold.

    Without options it shows what is set. Once the day is over, watchers, editors and owners are
    told; nothing is wiped by itself. A legal hold stops each wipe, until it is lifted.
    """
    if bool(case) == bool(source):
        raise BadInput(say("Name one case or one source."))
    if until and no_date:
        raise BadInput(say("Give a day or {option}, not both.", option="--no-date"))
    if not (until or no_date or held is not None):
        _show(_kept(case or 0, source), as_json)
        return
    job = Job(case or 0, source, bool(until or no_date), _day(until) if until else None, held)

    def show(done: Result) -> None:
        _show(done.keep, as_json)

    carry_out("keep", job, show)


def _day(text: str) -> date:
    from verify.desk.keeping import day

    return day(text)


def _kept(case: int, source: str) -> Keep:
    with desk_to_read() as (desk, person):
        if source:
            return desk.keeping.of_source(person, source)
        return desk.keeping.of_case(person, case)


def _show(keep: Keep, as_json: bool) -> None:
    from verify.wording.keeping import in_full

    if as_json:
        json_line({"until": keep.until and keep.until.isoformat(), "held": keep.held})
        return
    for line in in_full(keep, datetime.now().astimezone().date()):
        tell(line)
