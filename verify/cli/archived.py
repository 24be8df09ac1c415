"""What an import brings to the archive, asked about before and said afterwards."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from verify.cli.arguments import last_day
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE
from verify.cli.wiped import show_wiped
from verify.errors import BadInput
from verify.jobs.kinds.preview import Job as PreviewJob
from verify.jobs.kinds.wipe import Job, Result
from verify.records import Archived, ExportPreview, FromBag, say
from verify.wording import bags, exports

_DAY = "2027-03-31"


def ask_about_exports(
    job: PreviewJob, confidential: bool, until: date | None
) -> tuple[bool, date | None]:
    """Show what the exports among these would bring, and ask whether that is meant, who sees it
    and until when it is kept, as far as no option says so. Raises click.Abort."""
    found: list[ExportPreview] = []
    carry_out("preview", job, found.append)
    for one in found:
        for line in exports.would_bring(one):
            tell(line)
    if not found:
        return confidential, until
    click.confirm(sentence(say("Take this in?")), default=True, abort=True, err=True)
    if not confidential and any(not one.hashes for one in found):
        alone = say("Shall only you see its posts?")
        confidential = click.confirm(sentence(alone), default=False, err=True)
    if until is None:
        asked = say("Until which day is it kept, as in {example}? Empty for no day", example=_DAY)
        until = click.prompt(
            sentence(asked), default="", show_default=False, value_proc=_day, err=True
        )
    return confidential, until


def _day(text: str) -> date | None:
    """A day that is written behind a question, which comes again where it is none."""
    try:
        return last_day(text) if text.strip() else None
    except BadInput as error:
        raise click.UsageError(sentence(error.sentence)) from error


def show_archived(found: Archived, as_json: bool) -> None:
    """What came of one kind of export."""
    file = os.fsdecode(found.file)
    if as_json:
        refused = [{"what": one.what, "why": sentence(one.why)} for one in found.refused]
        told = {name: getattr(found, name) for name in found.__struct_fields__}
        number = told.pop("number")
        told["hashes"] = dict(found.hashes)
        status = "list" if found.hashes else "posts"
        json_line({**told, "file": file, "status": status, "import": number, "refused": refused})
        return
    tell(
        say(
            "{file}: {format}, import {number}", file=file, format=found.format, number=found.number
        )
    )
    for line in exports.brought(found):
        tell(line, indent=2)
    for line in exports.left_out(found):
        tell(line, indent=2, err=True)


def show_bag(bag: FromBag, file: str, as_json: bool, *, again: bool) -> None:
    """What came of a bag of another desk. again: all of it was here before."""
    if as_json:
        told = {name: getattr(bag, name) for name in bag.__struct_fields__}
        number, at, words = told.pop("number"), told.pop("at"), told.pop("words")
        status = "repeated" if again else "bag"
        case = told.pop("case_id")
        more = {"import": number, "at": at.isoformat(), "words": len(words)}
        json_line({"file": file, "status": status, "case": case, **told, **more})
        return
    if again:
        tell(
            say(
                "{file}: this bag is here already, in case {number}; nothing changed.",
                file=file,
                number=bag.case_id,
            )
        )
        return
    for line in bags.brought(bag):
        tell(line)


def taken_out(number: int, paths: tuple[Path, ...], *, yes: bool, as_json: bool) -> int:
    """Take what an import brought out of the desk. Raises BadInput, NotFound, click.Abort."""
    if paths:
        raise BadInput(say("{option} takes no files.", option="--undo"))
    if not yes:
        if not sys.stdin.isatty():
            raise BadInput(
                say("Nothing was taken out. If you mean it, add {option}.", option="--yes")
            )
        question = say("Take all out that import {number} brought?", number=number)
        click.confirm(sentence(question), abort=True, err=True)

    status, job = DONE, Job(shelf=number)

    def show(wiped: Result) -> None:
        nonlocal status
        status = show_wiped(job, wiped, as_json)

    carry_out("wipe", job, show)
    return status
