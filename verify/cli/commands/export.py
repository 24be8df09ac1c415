"""`verify-desk export`: one case in a file that is readable without this program."""

from __future__ import annotations

import os
from pathlib import Path

import click

from verify.cli.arguments import json_option, number, recipients_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.jobs.kinds.export import Job, Result
from verify.jobs.place import Place
from verify.records import say_many


@click.command()
@click.argument("case", type=number)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@recipients_option
@json_option
def command(case: int, file: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Write one case to a new ZIP file: report, table, originals, custody record."""
    job = Job(case, Place.of(file.parent), os.fsencode(file.name), recipients)
    carry_out("export", job, lambda written: _show(written, file, bool(recipients), as_json))


def _show(written: Result, file: Path, encrypted: bool, as_json: bool) -> None:
    if as_json:
        entry = {"file": str(file), "case": written.case, "originals": written.originals}
        json_line({**entry, "encrypted": encrypted})
    else:
        tell(
            say_many(
                "The case and {count} original were written.",
                "The case and {count} originals were written.",
                written.originals,
            )
        )
