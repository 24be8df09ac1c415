"""`verify-desk derive`: what stands behind a picture in its file, as an exhibit of its own."""

from __future__ import annotations

import click

from verify.cli.arguments import json_option, number
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, tell
from verify.jobs.kinds.derive import Job, Result
from verify.records import ByteSize, say


@click.command()
@click.argument("exhibit", metavar="SHA256")
@click.argument("part", type=number)
@json_option
def command(exhibit: str, part: int, as_json: bool) -> None:
    """Take what stands behind a picture out of its file, as an exhibit.

    SHA256 names the exhibit; PART is the number of what stands there, from 1, in the order of
    `parts` in what `show --json` says of it. It comes into the same case, with its origin.
    """

    def show(taken: Result) -> None:
        if as_json:
            json_line({name: getattr(taken, name) for name in taken.__struct_fields__})
            return
        size = ByteSize(count=taken.size)
        tell(say("Taken out into case {number}: {size}.", number=taken.case, size=size))
        tell(say("SHA-256: {digest}", digest=taken.sha256))

    carry_out("derive", Job(exhibit.lower(), part), show)
