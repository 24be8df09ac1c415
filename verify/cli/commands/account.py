"""`verify-desk account`: what the archive knows of an account."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from verify.cli.arguments import json_option, one_line, web_address
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.cli.statuses import DONE
from verify.jobs.kinds.account import Job
from verify.layouts import posts
from verify.records import AccountState
from verify.wording import accounts


@click.command()
@click.argument("name", type=one_line)
@click.option(
    "--saw",
    type=click.Choice([one.value for one in AccountState]),
    help="Note what you saw of it.",
)
@click.option("--link", type=web_address, metavar="URL", help="Where that is archived.")
@click.option("--note", metavar="WORDS", default="", help="What else you saw.")
@json_option
def command(name: str, saw: str | None, link: str | None, note: str, as_json: bool) -> int:
    """Say what the archive knows of an account: names, state, first and last seen, pictures.

    NAME is its id, its handle or one of its names. How often it was first or later counts the
    posts collected here alone. --saw notes that you looked, and what was there.
    """
    if saw:
        job = Job(name, AccountState(saw), datetime.now(UTC), link or "", note.strip())
        carry_out("account", job, lambda told: None)
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
