"""`verify-desk wipe`: take a case, an import, a source or a sender out of the desk for good."""

from __future__ import annotations

import sys

import click

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import sentence, tell
from verify.cli.statuses import DONE
from verify.cli.wiped import show_wiped
from verify.errors import BadInput
from verify.jobs.kinds.wipe import Job, Result
from verify.records import Sentence, say, say_many


@click.command()
@click.argument("case", type=number, required=False)
@click.option("--source", type=one_line, default="", metavar="NAME", help="A source instead.")
@click.option("--account", type=one_line, default="", metavar="NAME", help="An account instead.")
@click.option("--sender", type=one_line, default="", metavar="NAME", help="A sender instead.")
@click.option("--import", "shelf", type=number, metavar="NUMBER", help="An import instead.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(
    case: int | None,
    source: str,
    account: str,
    sender: str,
    shelf: int | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Take all that a case holds out of the desk, for good.

    Originals that no other case holds, words, messages of the local chat and what matching
    knows go; the custody record keeps digests, times and who did it. Of a source goes what
    it stands behind, in whichever case, and what was made of it; of an account what it posted, of
    a sender what that person brought. What a legal hold keeps is not wiped.
    """
    if sum(map(bool, (case, source, account, sender, shelf))) != 1:
        raise BadInput(say("Name one case, one source, one account, one sender or one import."))
    job = Job(case or 0, account, source, sender, shelf or 0)
    _ask(job, yes)
    status = DONE

    def show(wiped: Result) -> None:
        nonlocal status
        status = show_wiped(job, wiped, as_json)

    carry_out("wipe", job, show)
    return status


def _ask(job: Job, yes: bool) -> None:
    """Have the person say that it is meant. Raises NotFound, BadInput, click.Abort."""
    question = _question(job)
    if yes:
        return
    if not sys.stdin.isatty():
        raise BadInput(say("Nothing was wiped. If you mean it, add {option}.", option="--yes"))
    click.confirm(sentence(question), abort=True, err=True)


def _question(job: Job) -> Sentence:
    if job.shelf:
        return say("Take all out that import {number} brought?", number=job.shelf)
    if not job.case:
        return say(
            "Wipe all that came from {name}, in every case? Nothing brings it back.",
            name=job.source or job.account or job.sender,
        )
    from verify.wording.wipes import pack

    with desk_to_read() as (desk, person):
        report = desk.reports.case(person, job.case)
        packs = desk.wiping.going_with(person, job.case)
    if report.id != job.case:
        raise BadInput(
            say(
                "Case {number} is part of case {into}: name that one.",
                number=job.case,
                into=report.id,
            )
        )
    for one in packs:
        tell(pack(one), err=True)
    return say_many(
        "Wipe case {number} with {count} file? Nothing brings it back.",
        "Wipe case {number} with {count} files? Nothing brings it back.",
        len(report.exhibits),
        number=job.case,
    )
