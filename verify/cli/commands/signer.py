"""`verify-desk signer`: the key by which the desk signs what it hands out."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.arguments import json_option, key_file
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.cli.passphrases import new
from verify.config import read_config
from verify.errors import BadInput
from verify.jobs.kinds.signer import Job, Result
from verify.records import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE", required=False)
@click.option("--lost", is_flag=True, help="Note that the key is lost or in other hands.")
@click.option("--passphrase", type=key_file, help="A file or pipe that holds the passphrase.")
@json_option
def command(file: Path | None, lost: bool, passphrase: Path | None, as_json: bool) -> None:
    """Make the key by which the desk signs what it hands out, in a new file.

    Without a FILE it shows the key's public half: publish its fingerprint where readers find it.
    The file is encrypted by a passphrase; keep it outside of the desk's folder. It opens no sealed
    source: for that there is `key`. A signature says who made a bag, and not when.
    """
    if file is None:
        carry_out("signer", Job("lost" if lost else "current"), lambda one: _show(one, as_json))
        return
    if lost:
        raise BadInput(say("Give {option} alone.", option="--lost"))
    if file.resolve().is_relative_to(read_config().home.resolve()):
        raise BadInput(
            say("{file} is in the desk's folder: keep keys outside of it.", file=str(file))
        )
    from verify.store.folder.files import demand_new
    from verify.store.keeping import signing

    demand_new(file)
    if not file.absolute().parent.is_dir():
        raise BadInput(say("There is no {file}.", file=str(file.parent)))
    public = signing.make(file, new(passphrase))
    try:
        carry_out("signer", Job("made", public), lambda one: _show(one, as_json))
    except BaseException:
        file.unlink(missing_ok=True)  # no desk knows it
        raise


def _show(key: Result, as_json: bool) -> None:
    if as_json:
        json_line({"fingerprint": key.fingerprint, "public": key.public or None})
    elif key.public:
        tell(say("The desk signs by the key {fingerprint}.", fingerprint=key.fingerprint))
        click.echo(key.public, nl=False)
    else:
        tell(say("The desk signs no more by the key {fingerprint}.", fingerprint=key.fingerprint))
