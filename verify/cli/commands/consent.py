"""`verify-desk consent`: what the source of a case was asked and allowed."""

from __future__ import annotations

import click
import msgspec

from verify.cli.arguments import json_option, number
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.errors import BadInput
from verify.jobs.kinds.consent import Job, Result
from verify.records import Consent, ConsentEvent, Use, say

_LONGEST = 2000


@click.command()
@click.argument("case", type=number)
@click.option(
    "--event", type=click.Choice([one.value for one in ConsentEvent]), help="What happened."
)
@click.option(
    "--for",
    "use",
    type=click.Choice([one.value for one in Use]),
    default=None,
    help="What it is about.",
)
@click.option("--named/--unnamed", default=None, help="With the source's name, or without.")
@click.option("--until", metavar="DATE", default="", help="The last day on which it holds.")
@click.option(
    "--texts", is_flag=True, help="Print the texts with which a source is asked, in each language."
)
@json_option
def command(
    case: int,
    event: str | None,
    use: str | None,
    named: bool | None,
    until: str,
    texts: bool,
    as_json: bool,
) -> None:
    """Note what the source of a case was asked and allowed.

    Without options it shows what holds. Nothing is overwritten: the last answer counts, and a
    concluded case takes it too.
    """
    if event:
        if use is None:
            raise BadInput(
                say("Nothing was noted: say what it is about, with {option}.", option="--for")
            )
        job = Job(case, ConsentEvent(event), Use(use), named, until.strip())
        carry_out("consent", job, lambda done: _show(case, done, texts, as_json))
        return
    if use or named is not None or until:
        raise BadInput(
            say("Nothing was noted: say what happened, with {option}.", option="--event")
        )
    with desk_to_read() as (desk, person):
        report = desk.reports.case(person, case)
    _show(report.id, Result(report.consents), texts, as_json)


def _show(case: int, done: Result, texts: bool, as_json: bool) -> None:
    from verify.wording import consents

    asking = _texts() if texts else {}
    if as_json:
        told = {"case": case, "consents": [_plain(one) for one in done.consents]}
        json_line({**told, "texts": asking} if texts else told)
        return
    for line in consents.standing(done.consents):
        tell(line)
    for by_language in asking.values():
        for text in by_language.values():
            click.echo(f"\n{text}")


def _plain(one: Consent) -> object:
    return msgspec.to_builtins(one)


def _texts() -> dict[str, dict[str, str]]:
    """The texts by name and language."""
    from verify.language import Reader, languages, plain
    from verify.wording import consents

    readers = {code: Reader(code, read_config().zone) for code in languages()}
    made = {"original": consents.original(), "permission": consents.permission()}
    return {
        name: {code: plain(text, reader, limit=_LONGEST) for code, reader in readers.items()}
        for name, text in made.items()
    }
