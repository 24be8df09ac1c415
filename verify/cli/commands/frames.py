"""`verify-desk frames`: pictures of a film, as files. Keeps nothing in the desk."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import existing_file, json_option
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.errors import BadInput
from verify.records import WHOLE, Examination, Pixels, SentAs, ViewKind, say, say_many

if TYPE_CHECKING:
    from verify.sandbox import Sandbox

_SIDE = 1920  # pixels


@click.command()
@click.argument("file", type=existing_file, metavar="FILE")
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="A new folder for them.",
)  # fmt: skip
@json_option
def command(file: Path, folder: Path, as_json: bool) -> None:
    """Write pictures of a film or an animation, and one of all of them, into a new folder.

    They are those that the desk looks for: spread over the whole film, the first and those that
    differ most. Their names have the time in milliseconds; `strip.jpg` has all in grey.
    """
    from verify.matching import filmstrip
    from verify.sandbox import Sandbox
    from verify.store.folder.files import write_folder

    with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox:
        seen = sandbox.examine(file, filename=file.name, sent_as=SentAs.IMPORT)
        shown = _shown(sandbox, file, seen)
    if not shown:
        raise BadInput(
            say(
                "{file} is no film or animation, or none of its pictures can be decoded.",
                file=str(file),
            )
        )
    timed = [(at_ms / 1000, pixels) for at_ms, pixels in shown]
    strip = filmstrip.draw(timed, filmstrip.Strip(seen.seconds or timed[-1][0]), colour=False)
    pictures = {f"{at_ms:08}.jpg": filmstrip.jpeg(pixels) for at_ms, pixels in shown}
    write_folder(folder, {**pictures, "strip.jpg": strip})
    if as_json:
        json_line(
            {"folder": str(folder), "duration": seen.seconds, "at": [at_ms for at_ms, _ in shown]}
        )
    else:
        tell(
            say_many(
                "{count} picture and the strip were written.",
                "{count} pictures and the strip were written.",
                len(shown),
            )
        )


def _shown(sandbox: Sandbox, file: Path, seen: Examination) -> list[tuple[int, Pixels]]:
    """The pictures, each with when it begins, in milliseconds; none of what does not move."""
    if seen.media_type.startswith("video/"):
        return sandbox.frames(file, _SIDE, [0, *(one.at_ms or 0 for one in seen.frames)])
    frames = [one.bare() for one in seen.views if one.kind is ViewKind.FRAME]
    if not frames:
        return []
    found = ((one.at_ms or 0, sandbox.pixels(file, _SIDE, one)) for one in (WHOLE, *frames))
    return [(at_ms, pixels) for at_ms, pixels in found if pixels]
