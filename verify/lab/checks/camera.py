"""Which camera and which software does the file name?

Reads make, model and lens from EXIF, XMP, PNG text or QuickTime, and every field that names a
program: EXIF, XMP with its history, IPTC, Photoshop's resources, PNG text and comments.

Outcomes: noted, the camera and the software that are named, with editing software said to be that;
inconclusive, no camera is named.

Errs: the fields can be changed with any metadata editor, and most platforms remove them. The
software of a phone is often the version of its system.

Example: `Adobe Photoshop 25.0` says that the file is not as the camera wrote it. Newsrooms crop
and convert with it every day.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.lab.words import raw
from verify.lab.written.programs import edits, read_programs
from verify.records import Finding, Metadata, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the camera with its lens, and every program named; editing programs with a caution."""
    metadata, read_from = specimen.readings.metadata, specimen.readings.read_from
    camera = _camera(metadata)
    if camera:
        yield Finding(
            check="camera",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=(
                say("The file names the camera {camera}.", camera=camera)
                if not metadata.lens
                else say(
                    "The file names the camera {camera} with the lens {lens}.",
                    camera=camera,
                    lens=metadata.lens,
                )
            ),
            read_from=", ".join(
                dict.fromkeys(
                    read_from[name] for name in ("make", "model", "lens") if name in read_from
                )
            ),
            raw=raw(camera),
            caution=say("These fields can be written and changed with any metadata editor."),
            items=("original", "uploader"),
        )
    else:
        yield Finding(
            check="camera",
            pillar=PILLAR,
            outcome=Outcome.INCONCLUSIVE,
            summary=say("The file names no camera."),
            read_from="EXIF, XMP, PNG text, QuickTime",
            caution=say(
                "Most apps and platforms remove this on upload, and screenshots never have it: "
                "its absence proves nothing."
            ),
            items=("original",),
        )
    for name, place in read_programs(specimen.fields, specimen.readings).items():
        yield _program(name, place)


def _camera(metadata: Metadata) -> str:
    """Make and model, without saying the maker twice. Some generators write their graph there."""
    make, model = metadata.make or "", metadata.model or ""
    if "{" in make + model:
        return ""
    if model.lower().startswith(make.lower()):
        return model
    return f"{make} {model}".strip()


def _program(name: str, place: str) -> Finding:
    if not edits(name):
        return Finding(
            check="camera",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say("The file names the software {software}.", software=name),
            read_from=place,
            raw=raw(name),
            caution=say("On phones and cameras this is often the version of their own system."),
            items=("original",),
        )
    return Finding(
        check="camera",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=say("The file names editing software: {software}.", software=name),
        read_from=place,
        raw=raw(name),
        caution=say(
            "Newsrooms use such programs to crop, rotate and convert every day. It shows that the "
            "file is not as the camera wrote it, not that its content was altered."
        ),
        items=("original",),
    )
