"""`verify-desk restore`: a desk from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.arguments import existing_file, json_option, key_file
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.records import say_many


@click.command()
@click.argument("file", type=existing_file, metavar="FILE")
@click.option(
    "--identity", type=key_file, metavar="KEYFILE", help="The age key of an encrypted backup."
)
@json_option
def command(file: Path, identity: Path | None, as_json: bool) -> None:
    """Fill VERIFY_HOME, which must be empty, from a backup. All of it is checked first."""
    from verify.store.keeping import backup

    home = read_config().home
    count = backup.restore(file, home, identity)
    if as_json:
        json_line({"home": str(home), "files": count})
    else:
        tell(say_many("{count} file was restored.", "{count} files were restored.", count))
