"""Which camera and which software does the file name?

Reads make, model and lens from EXIF, XMP, PNG text or QuickTime, whether a scanner is named
instead, and every field that names a program: EXIF, XMP with its history, IPTC, Photoshop's
resources, PNG text and comments.

Outcomes: noted, the camera and the software that are named, with editing software said to be that;
inconclusive, no camera is named.

Errs: the fields can be changed with any metadata editor, and most platforms remove them. The
software of a phone is often the version of its system.

Example: `Adobe Photoshop 25.0` says that the file is not as the camera wrote it. Newsrooms crop
and convert with it every day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PIL.ExifTags import Base

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.written.programs import edits, read_programs
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})

_DIGITAL_CAMERA = 3


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the camera with its lens, and every program named; editing programs with a caution."""
    metadata, read_from = specimen.readings.metadata, specimen.readings.read_from
    camera = _camera(specimen)
    if scanner := _scanner(specimen):
        yield _scanned(camera, *scanner)
    elif camera:
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


# Exif 3.0, 4.6.6, tag 0xA300: 1 is a scanner for film, 2 one for prints, 3 a camera.
_SCANNERS = {1: "film", 2: "print"}
_SCANNER_NAMES = re.compile(
    r"\b(?:scan(?:ner|jet|maker|snap)?|perfection|expression \d+|opticfilm|opticpro|coolscan|"
    r"canoscan|lide ?\d+|imagerunner|workcentre|mfp|mfc-|fi-\d{4}|(?:office|laser|desk)jet|"
    r"bizhub|aficio|taskalfa|ecosys|docucentre|apeosport|versalink|altalink|plustek|pixma|"
    r"workforce|ix\d{3,4}\b)",
    re.IGNORECASE,
)
# They drive scanners alone; apps that photograph documents with a phone are not among them.
_SCANNING = re.compile(
    r"\b(?:vuescan|silverfast|epson ?scan|naps2|scangear|ij scan|hp scan|twain|paperport)\b",
    re.IGNORECASE,
)


def _scanner(specimen: Specimen) -> tuple[str, str] | None:
    """What a scanner read (`film`, `print` or ``), and the field that names it or (`program`) the
    program that drove it."""
    source = specimen.fields.exif.detail.get(Base.FileSource)
    number = source[0] if isinstance(source, bytes) and source else source
    if number in _SCANNERS:
        return _SCANNERS[number], "EXIF FileSource"
    model = specimen.readings.metadata.model or ""
    if number != _DIGITAL_CAMERA and not model:
        for name, place in read_programs(specimen.fields, specimen.readings).items():
            if _SCANNING.search(name):
                return "program", place
    if number != _DIGITAL_CAMERA and _SCANNER_NAMES.search(model):
        return "", specimen.readings.read_from["model"]
    return None


def _scanned(name: str, kind: str, place: str) -> Finding:
    if not name or kind == "program":
        summary = say("The file says that a scanner made it.")
    elif kind == "film":
        summary = say("The file says that {name} scanned it from film.", name=name)
    elif kind == "print":
        summary = say("The file says that {name} scanned it from a print.", name=name)
    else:
        summary = say("The file names {name}, a scanner.", name=name)
    return Finding(
        check="camera",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=raw(name),
        caution=say("What was scanned is older than the file; its times are those of the scan."),
        items=("original", "captured-when"),
    )


def _camera(specimen: Specimen) -> str:
    """Make and model, without saying the maker twice; no generator that stands in their place."""
    metadata, read_from = specimen.readings.metadata, specimen.readings.read_from
    marks = specimen.generator.evidence if specimen.generator else ""
    places = [read_from[name] for name in ("make", "model") if name in read_from]
    make, model = metadata.make or "", metadata.model or ""
    if "{" in make + model or any(marks.startswith(f"{place}:") for place in places):
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
