"""`verify-desk ledger`: what was said of a picture or an event, by whom and when."""

from __future__ import annotations

import os
from pathlib import Path

import click

from verify.cli.arguments import json_option, number
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.ledger import Job, Result
from verify.layouts import ledger
from verify.records import say
from verify.regular import descriptor_of
from verify.wording import ledger as wording


@click.command()
@click.argument("what", metavar="CASE|FILE")
@click.option("--says", metavar="WORDS", help="Note what else contradicts: numbers, actors.")
@click.option("--take-back", type=number, metavar="NUMBER", help="Take back what was noted.")
@click.option("--why", metavar="WORDS", default="", help="The reason, which both need.")
@json_option
def command(what: str, says: str | None, take_back: int | None, why: str, as_json: bool) -> None:
    """Say what was said of a picture or an event, by whom and when, and what contradicts.

    Of a case, or of a file that this desk has: claims, captions and posts, over all copies of its
    pictures and films that show them. Dates and places that contradict each other stand one above
    the other; what merely differs in how fine it is does not count. What else contradicts a person
    notes, with a --why; it stays inside the desk and is never deleted.
    """
    if says is not None or take_back is not None:
        if says is not None and take_back is not None:
            raise BadInput(
                say("Give {one} or {other}, not both.", one="--says", other="--take-back")
            )
        job = Job(number(what), says or "", why, take_back or 0)
        carry_out("ledger", job, lambda done: _noted(done, as_json))
        return
    if why:
        raise BadInput(
            say("Nothing was noted: say what contradicts, with {option}.", option="--says")
        )
    _show(what, as_json)


def _noted(done: Result, as_json: bool) -> None:
    if as_json:
        json_line({"stated": [ledger.stated(one) for one in done.stated]})
        return
    for one in done.stated:
        for line in wording.stated(one):
            tell(line)


def _show(what: str, as_json: bool) -> None:
    with desk_to_read() as (desk, person):
        if what.isdecimal() and not Path(what).is_file():
            made = desk.ledgers.ledger(person, number(what))
        else:
            made = desk.ledgers.of_file(person, _digest(Path(what)))
    if as_json:
        json_line(ledger.plain(made))
        return
    for line in wording.told(made):
        tell(line)


def _digest(file: Path) -> str:
    """The SHA-256 of a file. Raises BadInput where it cannot be read."""
    from hashlib import file_digest

    if not file.exists():
        raise BadInput(say("{what} is no number of a case and no file.", what=str(file)))
    try:
        with os.fdopen(descriptor_of(file), "rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(say("{file} cannot be read.", file=str(file))) from error
