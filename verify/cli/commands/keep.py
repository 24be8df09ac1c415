"""`verify-desk keep`: until when a case, a source, an import or an account is kept, and holds."""

from __future__ import annotations

from datetime import date, datetime

import click

from verify.cli.arguments import json_option, last_day, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.keep import Job
from verify.records import Keep, Keepable, say


@click.command()
@click.argument("case", type=number, required=False)
@click.option("--source", type=one_line, default="", metavar="NAME", help="A source instead.")
@click.option("--account", type=one_line, default="", metavar="NAME", help="An account instead.")
@click.option("--import", "shelf", type=number, metavar="NUMBER", help="An import instead.")
@click.option("--until", type=last_day, metavar="DATE", help="The last day on which it is kept.")
@click.option("--no-date", is_flag=True, help="Keep it for as long as nobody wipes it.")
@click.option("--hold/--release", "held", default=None, help="Set or lift a legal hold.")
@json_option
def command(
    case: int | None,
    source: str,
    account: str,
    shelf: int | None,
    until: date | None,
    no_date: bool,
    held: bool | None,
    as_json: bool,
) -> None:
    """Say until when something is kept, or put it under a legal hold.

    A case, a source, an account of the archive, or an import. Without options it shows what is
    set; without a name, all that has a day or a hold. Once the day is over, watchers, editors and
    owners are told; nothing is wiped by itself. A legal hold stops each wipe, until it is lifted.
    """
    given = {
        Keepable.CASE: str(case or ""),
        Keepable.SOURCE: source,
        Keepable.ACCOUNT: account,
        Keepable.IMPORT: str(shelf or ""),
    }
    named = [(kind, name) for kind, name in given.items() if name]
    changes = bool(until or no_date or held is not None)
    if len(named) > 1 or (changes and not named):
        raise BadInput(say("Name one case, one source, one account or one import."))
    if until and no_date:
        raise BadInput(say("Give a day or {option}, not both.", option="--no-date"))
    if not named:
        _show_every(as_json)
        return
    [(kind, name)] = named
    if not changes:
        with desk_to_read() as (desk, person):
            keep = desk.keeping.of(person, kind, name)
        _show(keep, as_json)
        return
    job = Job(kind, name, bool(until or no_date), until, held)
    carry_out("keep", job, lambda done: _show(done.keep, as_json))


def _show_every(as_json: bool) -> None:
    from verify.wording.keeping import kept, named

    with desk_to_read() as (desk, person):
        every = desk.keeping.every(person)
    if as_json:
        for one in every:
            json_line({"kind": one.kind.value, "name": one.name, **_told(one.keep)})
        return
    for one in every:
        tell(named(one))
        for line in kept(one.keep, _today()):
            tell(line, indent=2)
    if not every:
        tell(say("Nothing here has a day until which it is kept, or a legal hold."))


def _show(keep: Keep, as_json: bool) -> None:
    from verify.wording.keeping import in_full

    if as_json:
        json_line(_told(keep))
        return
    for line in in_full(keep, _today()):
        tell(line)


def _told(keep: Keep) -> dict[str, object]:
    return {"until": keep.until and keep.until.isoformat(), "held": keep.held}


def _today() -> date:
    return datetime.now().astimezone().date()
