"""`verify-desk export`: one case in a file that is readable without this program."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import click

from verify.cli.arguments import json_option, recipients_option
from verify.cli.opened import opened_desk
from verify.cli.output import json_line, sentence, tell
from verify.cli.print import print_case
from verify.cli.shapes import fields
from verify.cli.sheet import exhibits_csv
from verify.records import say_many


@click.command()
@click.argument("case", type=click.IntRange(min=1))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@recipients_option
@json_option
def command(case: int, file: Path, recipients: tuple[str, ...], as_json: bool) -> None:
    """Write one case to a new ZIP file: report, table, originals, custody record."""
    with opened_desk() as (desk, person):
        report = desk.case(person, case)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            print_case(report)
        texts = {
            "report.txt": printed.getvalue(),
            "exhibits.csv": exhibits_csv(report),
            "case.json": json.dumps(fields(report, sentence), indent=2, ensure_ascii=False),
        }
        count = desk.export(person, case, file, texts, recipients)
    if as_json:
        entry = {"file": str(file), "case": report.id, "originals": count}
        json_line({**entry, "encrypted": bool(recipients)})
    else:
        tell(
            say_many(
                "The case and {count} original were written.",
                "The case and {count} originals were written.",
                count,
            )
        )
