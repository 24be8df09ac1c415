"""`verify-desk unseal`: read the sealed sources of a case."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from verify.cli.arguments import json_option, key_file, number
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.cli.passphrases import read
from verify.cli.statuses import DONE, LEFT
from verify.errors import NotFound
from verify.records import Listing, SealedSource, say, say_many


@click.command()
@click.argument("case", type=number)
@click.option("--key", "key", type=key_file, required=True, help="The file of your key.")
@click.option("--passphrase", type=key_file, help="A file or pipe that holds the passphrase.")
@json_option
def command(case: int, key: Path, passphrase: Path | None, as_json: bool) -> int:
    """Show who is behind the sealed sources of a case, to whoever has a key.

    Everything is decrypted in memory and written nowhere. What was sealed before your key was
    made stays closed to it.
    """
    from verify.desk.sealing import opened
    from verify.store.keeping import age

    with desk_to_read() as (desk, person):
        bodies = desk.sealing.sources(person, case)
    if not bodies:
        raise NotFound(say("No source of case {number} is sealed.", number=case))
    secret = age.read_identity(key, read(passphrase))
    found = [opened(body, secret) for body in bodies]
    for source in found:
        if source and as_json:
            json_line({"case": case, **msgspec.to_builtins(source)})
        elif source:
            _show(source)
    if closed := found.count(None):
        tell(
            say_many(
                "{count} source is sealed to other keys.",
                "{count} sources are sealed to other keys.",
                closed,
            ),
            err=True,
        )
    return LEFT if closed else DONE


def _show(source: SealedSource) -> None:
    came = source.submission
    tell(say("File: {name}", name=came.filename))
    if source.name or source.account:
        sender = {"name": source.name, "service": source.service, "account": source.account}
        tell(say("Brought by {name} ({service} {account})", **sender), indent=2)
    if came.bot_id:
        where = {"chat": str(came.chat_id), "message": str(came.message_id)}
        tell(say("Chat {chat}, message {message}", **where), indent=2)
    if origin := came.origin:
        told = [origin.name, origin.username, origin.external_id, origin.signature]
        items = tuple(one for one in told if one)
        tell(say("Comes from {names}", names=Listing(items=items)), indent=2)
    if came.links:
        tell(say("Its links: {links}", links=" ".join(came.links)), indent=2)
    if came.caption:
        tell(say("Caption: {caption}", caption=came.caption), indent=2)
