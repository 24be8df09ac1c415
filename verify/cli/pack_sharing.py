"""`verify-desk pack share` and `pack key`: unpublished work, for desks that are chosen."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from verify.cli.arguments import (
    demand_outside,
    json_option,
    key_file,
    last_day,
    number,
    one_line,
    recipients_option,
)
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, tell
from verify.cli.pack_lines import plain_given
from verify.cli.passphrases import new as new_passphrase
from verify.cli.passphrases import read as passphrase_of
from verify.errors import BadInput
from verify.jobs.kinds import pack_key, pack_share
from verify.jobs.place import Place
from verify.records import GivenPack, PackHeader, say, say_many

_A_YEAR = timedelta(days=365)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Write the pack to this new file.",
)
passphrase_option = click.option(
    "--passphrase", type=key_file, metavar="FILE", help="A file or pipe that holds the passphrase."
)
name_option = click.option("--name", type=one_line, metavar="NAME", help="What the pack is called.")
expires_option = click.option(
    "--expires",
    type=last_day,
    metavar="DATE",
    help="The last day on which it counts; without, a year from now.",
)


@click.command()
@click.option(
    "--case",
    "cases",
    type=number,
    multiple=True,
    required=True,
    metavar="NUMBER",
    help="Share what is in this case.",
)
@recipients_option
@click.option(
    "--ask", type=one_line, required=True, metavar="WHOM", help="Whom to ask about it, and how."
)
@output_option
@click.option(
    "--sign",
    "signer",
    type=key_file,
    required=True,
    metavar="KEYFILE",
    help="Sign it by this key of `signer`.",
)
@passphrase_option
@click.option(
    "--publisher", type=one_line, required=True, metavar="NAME", help="Which desk this is."
)
@name_option
@expires_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def share(
    cases: tuple[int, ...],
    recipients: tuple[str, ...],
    ask: str,
    output: Path,
    signer: Path,
    passphrase: Path | None,
    publisher: str,
    name: str | None,
    expires: date | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Make a pack of cases that are not published, for desks that you choose.

    Of their pictures and films go fingerprints and keypoints, and whom to ask; no picture, however
    small, no words, no names, no verdicts. Confidential cases and those with a sealed source are
    refused. What goes is shown first. It is encrypted to the keys that the other desks tell you
    (`pack key`), and what left is on record: a wipe names it, and writes what takes it back.
    """
    from verify.store.folder.files import demand_new
    from verify.store.keeping import signing

    if not recipients:
        raise BadInput(say("Name the key of a desk that it is for: {option}.", option="--to"))
    demand_outside(output)
    demand_new(output)
    _show_going(cases, recipients, ask, yes)
    job = pack_share.Job(
        cases=cases,
        folder=Place.of(output.absolute().parent),
        name=os.fsencode(output.name),
        header=header_of(name or output.stem, publisher, expires),
        ask=ask,
        key=signing.read(signer, passphrase_of(passphrase)),
        recipients=recipients,
    )
    carry_out("pack_share", job, lambda done: _shared(output, done.given, as_json))


def _show_going(cases: tuple[int, ...], recipients: tuple[str, ...], ask: str, yes: bool) -> None:
    """Show what is to leave, and have the person say that it is meant."""
    from verify.wording.packs import going

    with desk_to_read() as (desk, person):
        for line in going(desk.pack_sharing.going(person, cases), recipients, ask):
            tell(line, err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput(say("Nothing was shared. If you mean it, add {option}.", option="--yes"))
    click.confirm(sentence(say("Make the pack?")), abort=True, err=True)


def _shared(output: Path, given: GivenPack, as_json: bool) -> None:
    if as_json:
        json_line({"file": str(output), **plain_given(given)})
        return
    tell(
        say_many(
            "{file} has {count} entry. Hand it to whom it is for; it is on record as pack {number}"
            " that left.",
            "{file} has {count} entries. Hand it to whom it is for; it is on record as pack"
            " {number} that left.",
            given.entries,
            file=str(output),
            number=given.number,
        )
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option("--passphrase", type=key_file, help="A file or pipe that holds the passphrase.")
@json_option
def key(file: Path | None, passphrase: Path | None, as_json: bool) -> None:
    """Make the key to which others encrypt packs for this desk, in a new file.

    Without a FILE it shows the public half: tell it to the desks that share with you. The file is
    encrypted by a passphrase, as age does it; keep it outside of the desk's folder. Packs made for
    a former key open by that.
    """
    if file is None:
        carry_out("pack_key", pack_key.Job(), lambda one: _key_shown(one.public, as_json))
        return
    from verify.store.folder.files import demand_new
    from verify.store.keeping import age

    demand_outside(file)
    demand_new(file)
    if not file.absolute().parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(file.parent)))
    job = pack_key.Job(age.make_identity(file.absolute(), new_passphrase(passphrase)))
    try:
        carry_out("pack_key", job, lambda one: _key_shown(one.public, as_json))
    except BaseException:
        file.unlink(missing_ok=True)  # no desk knows it
        raise


def _key_shown(public: str, as_json: bool) -> None:
    if as_json:
        json_line({"public": public})
    else:
        tell(say("Packs for this desk are encrypted to {key}", key=public))


def header_of(
    name: str, publisher: str, expires: date | None, withdraws: tuple[str, ...] = ()
) -> PackHeader:
    """What a pack that is made now says of itself. expires: the last day; a year where there is
    none."""
    now = datetime.now(UTC).replace(microsecond=0)
    last = datetime.combine(expires, time.max, UTC).replace(microsecond=0) if expires else None
    if last and last <= now:
        raise BadInput(say("{day} is over: a pack expires on a day to come.", day=str(expires)))
    return PackHeader(
        name=name,
        publisher=publisher,
        made_at=now,
        expires_at=last or now + _A_YEAR,
        withdraws=withdraws,
    )
