"""`verify-desk backup`: the whole desk in one file, also while it runs."""

from __future__ import annotations

from pathlib import Path

import click

from verify.cli.arguments import demand_outside, json_option, recipients_option
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.records import say_many


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@recipients_option
@json_option
def command(file: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Write the whole desk to a new file, and read it back.

    May be done while the desk is being served.
    """
    from verify.store.keeping import backup

    demand_outside(file)
    count = backup.write(read_config().home, file, recipients)
    if as_json:
        json_line({"file": str(file), "files": count, "encrypted": bool(recipients)})
    else:
        tell(
            say_many(
                "{count} file is in the backup, and was read back.",
                "{count} files are in the backup, and were read back.",
                count,
            )
        )
