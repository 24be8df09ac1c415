"""`verify-desk seal`: seal the sources of a case that stands already."""

from __future__ import annotations

import sys

import click

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.errors import BadInput
from verify.jobs.kinds.seal import Job, Result
from verify.records import say


@click.command()
@click.argument("case", type=number, required=False)
@click.option("--sender", type=one_line, default="", metavar="NAME", help="A sender instead.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(case: int | None, sender: str, yes: bool, as_json: bool) -> int:
    """Seal the sources of a case that came in openly, as far as that can be done.

    Who brought its files, where they come from, links, names and numbers are encrypted to the keys
    of this desk and taken out of every row, and their names out of what people wrote. It says what
    it cannot reach. Of a sender all that they brought is sealed, in every case.
    """
    status = DONE
    if bool(case) == bool(sender):
        raise BadInput(say("Name one case or one sender."))
    _sure(case, sender, yes)

    def show(done: Result) -> None:
        nonlocal status
        status = status if done.compacted else LEFT
        _show(done, as_json)

    carry_out("seal", Job(case or 0, sender), show)
    return status


def _sure(case: int | None, sender: str, yes: bool) -> None:
    from verify.wording.sealing import asked

    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput(say("Nothing was sealed. If you mean it, add {option}.", option="--yes"))
    question, meaning = asked(case or 0, sender)
    tell(meaning, err=True)
    click.confirm(sentence(question), abort=True, err=True)


def _show(done: Result, as_json: bool) -> None:
    from verify.wording import sealing

    stays = [*sealing.remains(done.events, done.telegram, done.exports, compacted=done.compacted)]
    if as_json:
        told = {name: getattr(done, name) for name in done.__struct_fields__}
        json_line({**told, "remains": [sentence(one) for one in stays]})
        return
    for line in (sealing.sealed(done.case_id, done.sealed), *stays):
        tell(line)
