"""`verify-desk reexamine`: run today's lab on all exhibits again; what stood stays."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.cli.statuses import DONE, LEFT
from verify.jobs.kinds.reexamine import Job, Result
from verify.records import say, say_many


@click.command()
@json_option
def command(as_json: bool) -> int:
    """Examine every exhibit again.

    The lab and the checks of this version add an examination to each; earlier ones stay, and
    so do answers and verdicts. An exhibit whose original is missing is left out, and named.
    """
    count = left = 0

    def show(seen: Result) -> None:
        nonlocal count, left
        count += not seen.reason
        left += bool(seen.reason)
        if as_json:
            json_line(_line(seen))
        elif seen.reason:
            tell(say("{file}: {reason}", file=seen.sha256, reason=seen.reason), err=True)

    carry_out("reexamine", Job(), show)
    tell(
        say_many(
            "{count} exhibit was examined again.", "{count} exhibits were examined again.", count
        ),
        err=as_json,
    )
    if left:
        tell(say_many("{count} exhibit was left out.", "{count} exhibits were left out.", left),
             err=as_json)  # fmt: skip
    return LEFT if left else DONE


def _line(seen: Result) -> dict[str, object]:
    line: dict[str, object] = {name: getattr(seen, name) for name in seen.__struct_fields__}
    reason = line.pop("reason")
    return {**line, "reason": sentence(seen.reason)} if reason and seen.reason else line
