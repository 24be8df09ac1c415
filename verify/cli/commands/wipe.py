"""`verify-desk wipe`: take a case, a source or a sender out of the desk for good."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from verify.cli.arguments import json_option, number, one_line
from verify.cli.carrying import carry_out
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.errors import BadInput
from verify.jobs.kinds.wipe import Job, Result
from verify.records import Sentence, say, say_many


@click.command()
@click.argument("case", type=number, required=False)
@click.option("--source", type=one_line, default="", metavar="NAME", help="A source instead.")
@click.option("--account", type=one_line, default="", metavar="NAME", help="An account instead.")
@click.option("--sender", type=one_line, default="", metavar="NAME", help="A sender instead.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(
    case: int | None, source: str, account: str, sender: str, yes: bool, as_json: bool
) -> int:
    """Take all that a case holds out of the desk, for good.

    Originals that no other case holds, words, messages of the local chat and what matching
    knows go; the custody record keeps digests, times and who did it. Of a source goes what
    it stands behind, in whichever case, and what was made of it; of an account what it posted, of
    a sender what that person brought. What a legal hold keeps is not wiped.
    """
    if sum(map(bool, (case, source, account, sender))) != 1:
        raise BadInput(say("Name one case, one source, one account or one sender."))
    job = Job(case or 0, account, source, sender)
    _ask(job, yes)
    status = DONE

    def show(wiped: Result) -> None:
        nonlocal status
        status = LEFT if wiped.left or not wiped.compacted else DONE
        _show(job, wiped, as_json)

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
    if not job.case:
        return say(
            "Wipe all that came from {name}, in every case? Nothing brings it back.",
            name=job.source or job.account or job.sender,
        )
    with desk_to_read() as (desk, person):
        report = desk.reports.case(person, job.case)
    if report.id != job.case:
        raise BadInput(
            say(
                "Case {number} is part of case {into}: name that one.",
                number=job.case,
                into=report.id,
            )
        )
    return say_many(
        "Wipe case {number} with {count} file? Nothing brings it back.",
        "Wipe case {number} with {count} files? Nothing brings it back.",
        len(report.exhibits),
        number=job.case,
    )


def _show(job: Job, wiped: Result, as_json: bool) -> None:
    if as_json:
        told = {name: getattr(wiped, name) for name in wiped.__struct_fields__}
        json_line({**told, "remains": [sentence(line) for line in _remains(wiped)]})
        return
    done = (
        say_many(
            "All of it is wiped; {count} original was removed.",
            "All of it is wiped; {count} originals were removed.",
            len(wiped.removed),
        )
        if not job.case
        else say_many(
            "Case {number} is wiped; {count} original was removed.",
            "Case {number} is wiped; {count} originals were removed.",
            len(wiped.removed),
            number=wiped.case_id,
        )
    )
    tell(done)
    for line in _remains(wiped):
        tell(line)


def _remains(wiped: Result) -> Iterator[Sentence]:
    """What a wipe does not reach."""
    if wiped.shared:
        yield say_many(
            "{count} original stays: another case holds it too.",
            "{count} originals stay: other cases hold them too.",
            len(wiped.shared),
        )
    for sha256 in wiped.left:
        yield say(
            "The disk did not let go of the original {sha256}. The next start of the desk tries"
            " again.",
            sha256=sha256,
        )
    if not wiped.compacted:
        yield say(
            "The freed pages of the database are overwritten, but it is not rewritten "
            "yet. The desk does that when nobody is working, or at its next start; it "
            "needs room on the disk for it."
        )
    if wiped.telegram:
        yield say_many(
            "{count} message about it stays in Telegram's chats and servers: delete it there.",
            "{count} messages about it stay in Telegram's chats and servers: delete them there.",
            wiped.telegram,
        )
    if wiped.exports:
        yield say_many(
            "It was exported {count} time: that file still holds it.",
            "It was exported {count} times: those files still hold it.",
            wiped.exports,
        )
    if wiped.copies:
        yield say_many(
            "A copy for others was handed out {count} time: it still exists.",
            "Copies for others were handed out {count} times: they still exist.",
            wiped.copies,
        )
    for case_id in wiped.emptied:
        yield say(
            "Case {number} holds no file any more; what people wrote in it stays, until it is wiped"
            " too.",
            number=case_id,
        )
    yield say("Backups made before still hold it: replace them by a new one.")
    yield say(
        "The disk itself may keep what was deleted, above all an SSD, until it writes over it:"
        " only an encrypted disk is safe from that."
    )
    yield say("Notes in other cases may speak of it; the custody record keeps its digests.")
