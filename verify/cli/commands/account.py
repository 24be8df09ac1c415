"""`verify-desk account`: what the archive knows of an account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from verify.cli.arguments import day, json_option, one_line, web_address
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.cli.statuses import DONE
from verify.errors import BadInput
from verify.jobs.kinds.account import Job, Result
from verify.layouts import posts
from verify.records import AccountState, Instant, Relation, say
from verify.wording import accounts

_STATED = {
    "grade": Relation.RELIABLE,
    "speaks_for": Relation.SPEAKS_FOR,
    "successor_of": Relation.SUCCESSOR_OF,
    "rival_of": Relation.RIVAL_OF,
    "same_hands": Relation.SAME_HANDS,
    "same_owner": Relation.SAME_OWNER,
    "customer_of": Relation.CUSTOMER_OF,
}


@click.command()
@click.argument("name", type=one_line)
@click.option(
    "--saw",
    type=click.Choice([one.value for one in AccountState]),
    help="Note what you saw of it.",
)
@click.option("--link", type=web_address, metavar="URL", help="Where that is archived.")
@click.option(
    "--grade", metavar="GRADE", type=click.Choice("ABCDEF"), help="How reliable it is, A to F."
)
@click.option("--speaks-for", metavar="NAME", type=one_line, help="For whom it speaks.")
@click.option("--successor-of", metavar="NAME", type=one_line, help="Which account it follows.")
@click.option("--rival-of", metavar="NAME", type=one_line, help="Whom it rivals.")
@click.option("--same-hands", metavar="NAME", type=one_line, help="Who else posts from it.")
@click.option(
    "--same-owner",
    metavar="NAME",
    type=one_line,
    help="With which account it has one owner, which explains what both post.",
)
@click.option(
    "--customer-of",
    metavar="NAME",
    type=one_line,
    help="Of which agency it is a customer, which explains what customers post.",
)
@click.option("--look-again", metavar="DAY", type=day, default="", help="When to look again.")
@click.option("--note", metavar="WORDS", default="", help="What else you saw, or why you say so.")
@json_option
def command(name: str, note: str, as_json: bool, **noted: Any) -> int:
    """Say what the archive knows of an account: names, state, first and last seen, pictures.

    NAME is its id, its handle or one of its names. How often it was first or later counts the
    posts collected here alone. --saw notes that you looked, and what was there; --grade and those
    below it what you say of it, which needs a --note and stays inside the desk.
    """
    if job := _job(name, note.strip(), **noted):
        carry_out("account", job, _say_what_was_known)
    with desk_to_read() as (desk, person):
        found = desk.posts.accounts(person, name)
    for number, report in enumerate(found):
        if as_json:
            json_line(posts.account(report))
            continue
        if number:
            click.echo()
        for line in accounts.told(report):
            tell(line)
    return DONE


def _say_what_was_known(told: Result) -> None:
    if told.known:
        tell(
            say("You noted the same {when}: it was not noted again.", when=Instant(at=told.known)),
            err=True,
        )


def _job(
    name: str, note: str, saw: str | None, link: str | None, look_again: str, **stated: str | None
) -> Job | None:
    """What is to be noted; None where nothing is. Raises BadInput for more than one statement."""
    said = {_STATED[kind]: value for kind, value in stated.items() if value}
    if len(said) > 1:
        raise BadInput(say("State one thing at a time, each with its own reason."))
    if not said and not saw:
        return None
    [(relation, value)] = said.items() or [(None, "")]
    return Job(
        name=name,
        at=datetime.now(UTC),
        saw=AccountState(saw) if saw else None,
        link=link or "",
        relation=relation,
        value=value,
        look_again=look_again,
        note=note,
    )
