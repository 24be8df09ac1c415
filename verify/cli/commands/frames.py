"""`verify-desk frames`: pictures of a film, as files. Keeps nothing in the desk."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verify.cli.arguments import demand_outside, existing_file, json_option
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.config import read_config
from verify.errors import BadInput, Covered, NotFound
from verify.records import Footage, Step, say, say_many
from verify.wording.covers import SHOWN, in_short

if TYPE_CHECKING:
    from PIL import Image

    from verify.desk.viewing import Looking
    from verify.records import Pixels
    from verify.sandbox import Sandbox

_SIDE, _STRIP_SIDE = 1920, 480  # pixels
_AT_ONCE = 8  # pictures that are in memory


@click.command()
@click.argument("file", type=existing_file, metavar="FILE")
@click.option(
    "-o", "--output", "folder", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="A new folder for them.",
)  # fmt: skip
@click.option(
    "--show", "step", type=click.Choice([Step.DRAWING.value, Step.SMALL.value, Step.FULL.value]),
    help="How a covered film is written: as line drawings, small and grey, or in full.",
)  # fmt: skip
@json_option
def command(file: Path, folder: Path, step: str | None, as_json: bool) -> None:
    """Write the key frames of a film or an animation, and one picture of all, into a new folder.

    They are those by which the desk finds it again: of each shot the first and those that differ,
    over the whole film. Their names have the time in milliseconds; `strip.jpg` shows it in grey.
    A film that is covered at this desk is written once --show says how.
    """
    from verify.sandbox import Sandbox
    from verify.store.folder.files import write_folder

    demand_outside(folder)
    with ExitStack() as stack:
        sandbox = stack.enter_context(closing(Sandbox(children=1, trust=read_config().trust)))
        way_out = _WayOut(_looking(stack, sandbox, file, step))
        seen = sandbox.watch(file)
        pictures = _pictures(sandbox, way_out, file, seen) if seen else {}
        if seen is None or not pictures:
            raise BadInput(
                say(
                    "{file} is no film or animation, or none of its pictures can be decoded.",
                    file=str(file),
                )
            )
        strip = _strip(sandbox, way_out, file, seen)
        named = {f"{at_ms:08}.jpg": picture for at_ms, picture in pictures.items()}
        write_folder(folder, {**named, "strip.jpg": strip})
    if as_json:
        json_line({"folder": str(folder), "duration": seen.seconds, "at": list(pictures)})
        return
    tell(
        say_many(
            "{count} picture and the strip were written.",
            "{count} pictures and the strip were written.",
            len(pictures),
        )
    )
    for line in way_out.told:
        tell(line)


class _WayOut:
    """What is written of a film: as it is, or as far as a step shows one that is covered."""

    def __init__(self, looking: tuple[Looking, int] | None) -> None:
        self._looking = looking
        covered = looking[0].covered.values() if looking else ()
        self.told = [in_short(cover) for cover in covered]
        if looking and covered:
            self.told.append(SHOWN[looking[0].step])

    def veil(self, pixels: Pixels) -> Pixels:
        if self._looking is None:
            return pixels
        looking, exhibit_id = self._looking
        return looking.veil(exhibit_id, pixels)

    def written(self, image: Image.Image) -> bytes:
        from verify.care.leaving import leaving

        if self._looking is None:
            return leaving(image, Step.FULL, ()).jpeg
        return self._looking[0].picture(image).jpeg


def _looking(
    stack: ExitStack, sandbox: Sandbox, file: Path, step: str | None
) -> tuple[Looking, int] | None:
    """How a film is looked at that the desk holds; None for another. Raises BadInput for one that
    is covered, unless a step is named."""
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    try:
        desk, person = stack.enter_context(desk_to_read(sandbox))
        exhibit_id = desk.viewing.held(sha256)
        if exhibit_id is None:
            return None
        return desk.viewing.looking(person, Step(step) if step else None, exhibit_id), exhibit_id
    except NotFound:  # there is no desk
        return None
    except Covered as covered:
        raise BadInput(
            say(
                "{covers} Say how its pictures are to be written: {first}, {second} or {third}.",
                covers=in_short(covered.covers[0]),
                first="--show drawing",
                second="--show small",
                third="--show full",
            )
        ) from covered


def _pictures(sandbox: Sandbox, way_out: _WayOut, file: Path, seen: Footage) -> dict[int, bytes]:
    """The key frames as JPEG, by when each begins, in milliseconds."""
    from verify.matching import filmstrip

    times = [one.at_ms or 0 for one in seen.keys] or [seen.samples[0].at_ms]
    return {
        at_ms: way_out.written(filmstrip.large(way_out.veil(pixels), colour=True))
        for start in range(0, len(times), _AT_ONCE)
        for at_ms, pixels in sandbox.frames(file, _SIDE, times[start : start + _AT_ONCE])
    }


def _strip(sandbox: Sandbox, way_out: _WayOut, file: Path, seen: Footage) -> bytes:
    from verify.matching import filmstrip
    from verify.matching.film_pictures import chosen

    shown = sandbox.frames(file, _STRIP_SIDE, chosen(seen))
    shots = tuple(at_ms / 1000 for at_ms in seen.shots)
    timed = [(at_ms / 1000, way_out.veil(pixels)) for at_ms, pixels in shown]
    strip = filmstrip.draw(timed, filmstrip.Strip(seen.seconds, shots), colour=False)
    return way_out.written(strip)
