"""`verify-desk hub`: many desks on one PostgreSQL; which of them have seen a picture."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option, one_line
from verify.cli.output import json_line, tell
from verify.config import hub_address, read_config
from verify.errors import BadInput
from verify.records import say

_on = click.option(
    "--on",
    "address",
    metavar="ADDRESS",
    help="The database, as its owner reaches it; VERIFY_HUB if none.",
)


@click.group()
def command() -> None:
    """Join many desks by a PostgreSQL, which learns no pictures.

    A hub holds fingerprints, local features, when a desk saw something first, and whom to ask. A
    desk shares per case, after it was shown what would go, and follows what others share into an
    index of its own.
    """


@command.command()
@_on
@json_option
def init(address: str | None, as_json: bool) -> None:
    """Make a hub in an empty database of PostgreSQL 14 or later.

    Made again, it changes nothing but what is missing.
    """
    from verify.hub.connection import opened
    from verify.hub.making import make

    with opened(_address(address)) as hub:
        made = make(hub)
        database = hub.info.dbname
    if as_json:
        json_line({"database": database, "made": made})
    elif made:
        tell(say("The database {name} is a hub now. `hub invite` lets desks in.", name=database))
    else:
        tell(say("The database {name} is a hub already.", name=database))


@command.command()
@click.argument("name", type=one_line)
@_on
@json_option
def invite(name: str, address: str | None, as_json: bool) -> None:
    """Let a desk in under a NAME that all others see, and say what to give it.

    It logs in by a TLS certificate of that name where the server has an authority for them
    (ssl_ca_file), else by a password, which is shown once.
    """
    from verify.hub.connection import opened
    from verify.hub.making import invite as let_in

    with opened(_address(address)) as hub:
        made = let_in(hub, name)
    files = f"&sslcert=…/{name}.crt&sslkey=…/{name}.key" if made.by_certificate else ""
    password = f":{made.password}" if made.password else ""
    url = (
        f"postgresql://{name}{password}@HOST/{made.database}"
        f"?sslmode=verify-full&sslrootcert=…/ca.crt{files}"
    )
    if as_json:
        json_line(
            {
                "desk": name,
                "address": url,
                "by_certificate": made.by_certificate,
                "password": made.password or None,
            }
        )
        return
    tell(say("The desk {name} is invited. It joins with this setting:", name=name))
    tell(f"VERIFY_HUB='{url}'", indent=2)
    if made.by_certificate:
        tell(
            say(
                "It needs a certificate with the common name {name}, signed by the server’s"
                " authority: docs/hub.md has the steps. HOST and … stand for what you know.",
                name=name,
            )
        )
    else:
        tell(
            say(
                "The password is shown once, and a new invitation makes a new one. HOST and … stand"
                " for what you know: docs/hub.md has the steps."
            )
        )


def _address(given: str | None) -> str:
    address = hub_address(given or "") or read_config().hub
    if not address:
        raise BadInput(say("Name the database of the hub: --on, or VERIFY_HUB."))
    return address
