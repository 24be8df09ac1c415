"""`verify-desk import`: take pictures and whole folders into the desk."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from verify.cli.arguments import existing_path, json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.errors import Cancelled
from verify.jobs.kinds.import_ import Job, Result
from verify.jobs.place import Place
from verify.records import Sentence, say, say_many


@click.command()
@click.argument("paths", nargs=-1, required=True, type=existing_path, metavar="PATH...")
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Take files and folders into the desk.

    Each new file opens a case. Importing the same file from the same place again changes
    nothing. Hidden files in folders are left out, and links there are not followed. Of a ZIP
    archive the files in it are taken, within bounds.
    """
    counts: Counter[str] = Counter()

    def show(found: Result) -> None:
        counts[found.status] += 1
        counts["undecoded"] += bool(found.failed)
        _show(found, as_json)

    try:
        carry_out("import", Job(tuple(map(Place.of, paths))), show)
    except Cancelled:
        _sum_up(counts, as_json)
        raise
    _sum_up(counts, as_json)
    return LEFT if counts["left_out"] else DONE


def _show(found: Result, as_json: bool) -> None:
    file = os.fsdecode(found.file)
    if found.reason is None:
        if as_json:
            told = {name: getattr(found, name) for name in found.__struct_fields__}
            del told["reason"]
            json_line({**told, "file": file})
        return
    reason = sentence(found.reason)
    if as_json:
        json_line({"file": file, "status": found.status, "reason": reason})
    else:
        tell(say("{file}: {reason}", file=file, reason=reason), err=True)


def _sum_up(counts: Counter[str], as_json: bool) -> None:
    for total in _summary(counts):
        tell(total, err=as_json)


def _summary(counts: Counter[str]) -> Iterator[Sentence]:
    if n := counts["new"]:
        yield say_many("{count} new file.", "{count} new files.", n)
    if n := counts["known"]:
        yield say_many(
            "{count} file was known; this sighting was added to its case.",
            "{count} files were known; these sightings were added to their cases.",
            n,
        )
    if n := counts["repeated"]:
        yield say_many(
            "{count} file was imported before; nothing changed.",
            "{count} files were imported before; nothing changed.",
            n,
        )
    if n := counts["undecoded"]:
        yield say_many(
            "{count} file is kept, but something in it could not be checked.",
            "{count} files are kept, but something in them could not be checked.",
            n,
        )
    if n := counts["left_out"]:
        yield say_many(
            "{count} file could not be imported.", "{count} files could not be imported.", n
        )
    if not counts.total():
        yield say("There are no files to import there.")
