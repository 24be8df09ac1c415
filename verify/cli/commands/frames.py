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
from verify.records import Footage, say, say_many

if TYPE_CHECKING:
    from verify.sandbox import Sandbox

_SIDE, _STRIP_SIDE = 1920, 480  # pixels
_AT_ONCE = 8  # pictures that are in memory


@click.command()
@click.argument("file", type=existing_file, metavar="FILE")
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="A new folder for them.",
)  # fmt: skip
@json_option
def command(file: Path, folder: Path, as_json: bool) -> None:
    """Write the key frames of a film or an animation, and one picture of all, into a new folder.

    They are those by which the desk finds it again: of each shot the first and those that differ,
    over the whole film. Their names have the time in milliseconds; `strip.jpg` shows it in grey.
    """
    from verify.sandbox import Sandbox
    from verify.store.folder.files import write_folder

    with closing(Sandbox(children=1, trust=read_config().trust)) as sandbox:
        seen = sandbox.watch(file)
        pictures = _pictures(sandbox, file, seen) if seen else {}
        if seen is None or not pictures:
            raise BadInput(
                say(
                    "{file} is no film or animation, or none of its pictures can be decoded.",
                    file=str(file),
                )
            )
        strip = _strip(sandbox, file, seen)
    named = {f"{at_ms:08}.jpg": picture for at_ms, picture in pictures.items()}
    write_folder(folder, {**named, "strip.jpg": strip})
    if as_json:
        json_line({"folder": str(folder), "duration": seen.seconds, "at": list(pictures)})
    else:
        tell(
            say_many(
                "{count} picture and the strip were written.",
                "{count} pictures and the strip were written.",
                len(pictures),
            )
        )


def _pictures(sandbox: Sandbox, file: Path, seen: Footage) -> dict[int, bytes]:
    """The key frames as JPEG, by when each begins, in milliseconds."""
    from verify.matching import filmstrip

    times = [one.at_ms or 0 for one in seen.keys] or [seen.samples[0].at_ms]
    return {
        at_ms: filmstrip.jpeg(pixels)
        for start in range(0, len(times), _AT_ONCE)
        for at_ms, pixels in sandbox.frames(file, _SIDE, times[start : start + _AT_ONCE])
    }


def _strip(sandbox: Sandbox, file: Path, seen: Footage) -> bytes:
    from verify.matching import filmstrip
    from verify.matching.film_pictures import chosen

    shown = sandbox.frames(file, _STRIP_SIDE, chosen(seen))
    shots = tuple(at_ms / 1000 for at_ms in seen.shots)
    timed = [(at_ms / 1000, pixels) for at_ms, pixels in shown]
    return filmstrip.draw(timed, filmstrip.Strip(seen.seconds, shots), colour=False)
