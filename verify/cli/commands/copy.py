"""`verify-desk copy`: a copy of an exhibit for others, with boxes over what is to stay yours."""

from __future__ import annotations

import os
from pathlib import Path

import click

from verify.cli.arguments import demand_outside, json_option
from verify.cli.carrying import carry_out
from verify.cli.output import json_line, sentence, tell
from verify.errors import BadInput
from verify.jobs.kinds.copy import Job, Result
from verify.jobs.place import Place
from verify.records import say
from verify.store.folder.files import demand_new


@click.command()
@click.argument("exhibit", metavar="SHA256")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--box", "boxes", multiple=True, metavar="BOX",
    help="What to cover: left, top, right and bottom in percent, or squares of the grid.",
)  # fmt: skip
@click.option("--sound", is_flag=True, help="Take the sound of a film along, as one channel.")
@json_option
def command(exhibit: str, file: Path, boxes: tuple[str, ...], sound: bool, as_json: bool) -> None:
    """Write a copy of an exhibit for others, in which solid boxes cover what you name.

    A box is left, top, right and bottom in percent, as in 10,20,30.5,40, or squares of the grid
    that /copy shows in the chat, as in B2:D4; of a film also from when to when, as in
    "10,20,30,40 0:03-0:07". The copy is made of pixels alone and kept in the case as an exhibit of
    its own. Name FILE so that its name says nothing.
    """
    demand_new(file)
    demand_outside(file)
    if not all(box.strip() for box in boxes):
        raise BadInput(say("A box is empty: write what it covers, or leave it out."))
    job = Job(
        exhibit.lower(), "; ".join(boxes), sound, Place.of(file.parent), os.fsencode(file.name)
    )
    carry_out("copy", job, lambda made: _show(made, file, as_json))


def _show(made: Result, file: Path, as_json: bool) -> None:
    if as_json:
        json_line(
            {
                "file": str(file),
                "sha256": made.sha256,
                "case": made.case,
                "boxes": made.boxes,
                "removed": [sentence(one) for one in made.removed],
            }
        )
        return
    tell(made.made)
    tell(say("SHA-256: {digest}", digest=made.sha256))
    tell(say("Not in it:"))
    for one in made.removed:
        tell(say("  - {what}", what=one))
    for one in made.cautions:
        tell(one)
