"""`verify-desk mark`: what an exhibit shows, so that it is shown in steps."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.errors import BadInput
from verify.jobs.kinds.mark import Job, Result
from verify.records import Sensitive, say


@click.command()
@click.argument("exhibit", metavar="SHA256")
@click.argument("kind", type=click.Choice([one.value for one in Sensitive]))
@click.option("--off", is_flag=True, help="Take the mark off, or ask for that.")
@click.option("--wrong", is_flag=True, help="Say that its caption's words are wrong about this.")
@click.option("--during", metavar="TIMES", default="", help="Of a film, only this stretch of it.")
@json_option
def command(exhibit: str, kind: str, off: bool, wrong: bool, during: str, as_json: bool) -> None:
    """Mark what an exhibit shows, so that it is shown in steps, with all that shows it.

    An own mark is taken off freely; another's goes when a second person agrees. TIMES are from when
    to when, as in 0:03-0:07.
    """
    if off and wrong:
        raise BadInput(say("Give {one} or {other}, not both.", one="--off", other="--wrong"))
    way = "off" if off else "refuse" if wrong else "mark"
    if during and way != "mark":
        raise BadInput(
            say("A mark goes as a whole: {option} is for setting one.", option="--during")
        )
    begins = ends = None
    if during:
        begins, ends = _stretch(during)
    job = Job(exhibit.lower(), Sensitive(kind), way, begins, ends)  # type: ignore[arg-type]
    carry_out("mark", job, lambda done: _show(job, done, as_json))


def _stretch(text: str) -> tuple[float, float]:
    from verify.care.boxes import stretch

    return stretch(text)


def _show(job: Job, done: Result, as_json: bool) -> None:
    from verify.wording.covers import KINDS, why

    if as_json:
        kinds = [one.value for one in done.cover.kinds]
        json_line({"sha256": job.sha256, "covered_as": kinds, "off": done.off})
        return
    name = KINDS[job.kind]
    if job.way == "mark":
        tell(say("Marked as {kind}: from now on it is shown in steps.", kind=name))
    elif job.way == "refuse":
        tell(say("Noted: its caption's words are wrong about this ({kind}).", kind=name))
    elif done.off:
        tell(say("The mark is off: {kind}.", kind=name))
    else:
        tell(say("It was set by somebody else: it goes when a second person agrees."))
    for line in why(done.cover):
        tell(line)
