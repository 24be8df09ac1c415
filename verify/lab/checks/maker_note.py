"""Is the data there that a camera's maker adds to its EXIF, and is it this maker's?

Reads MakerNote (EXIF tag 0x927C), its size and how it begins, against the make and model that EXIF
names; where it is missing from a JPEG or HEIC file, whether the camera's settings are there, and
which programs are named.

Outcomes: noted, it is there; it is damaged; or it is missing though this maker's cameras always
write it. Flagged, it has the form of another maker than the one that is named. Where the maker does
not always write it, or no maker is named, a missing one gives no finding.

Errs: many editors, photo libraries and camera apps leave it out, so missing data are common in
pictures that nobody altered; others copy it whatever they change. Whose cameras always write it was
counted in 140 files; a model that does not is possible.

Example: `iPhone 14` with exposure and lens, without MakerNote: it went through a program, or was
taken with an app other than Apple's. Ask for the original file.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL.ExifTags import Base

from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.written.maker_notes import always_written, foreign, form, listed, settings
from verify.lab.written.programs import edits, read_programs
from verify.records import ByteSize, Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*"})

_AS_CAMERAS_WRITE = ("image/jpeg", "image/heic", "image/heif")


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the maker's data, or that it is missing; flag that of another maker."""
    exif = specimen.fields.exif
    note = exif.detail.get(Base.MakerNote)
    if isinstance(note, bytes) and note.strip(b"\0 "):
        yield _present(specimen, note)
    elif listed(specimen.blocks.exif, exif):
        yield _finding(
            say("The data of the camera's maker (MakerNote) are empty, cut off or damaged."),
            say("Programs that move them within the file damage them, without anybody's intent."),
        )
    elif specimen.media_type in _AS_CAMERAS_WRITE and settings(exif):
        yield from _missing(specimen)


def _present(specimen: Specimen, note: bytes) -> Finding:
    metadata, size = specimen.readings.metadata, ByteSize(count=len(note))
    make, value = metadata.make or "", raw(note[:12].decode("ascii", "replace"))
    maker = form(note, make)
    if maker and foreign(note, make):
        return _finding(
            say(
                "The file names the make {make}, but the data of the camera's maker (MakerNote) "
                "have the form of {maker}.",
                make=make,
                maker=maker,
            ),
            say(
                "The metadata may have been put together from two files. A maker may also have "
                "sold a camera that another one built."
            ),
            value,
            Outcome.FLAGGED,
        )
    caution = say(
        "Programs often copy them when they save: this does not show that the file is as the "
        "camera wrote it."
    )
    if maker:
        summary = say(
            "The file carries data of the camera's maker (MakerNote): {size}, in the form of "
            "{maker}.",
            size=size,
            maker=maker,
        )
    else:
        summary = say(
            "The file carries data of the camera's maker (MakerNote): {size}, in a form that is "
            "not known here.",
            size=size,
        )
    return _finding(summary, caution, value)


def _missing(specimen: Specimen) -> Iterator[Finding]:
    metadata = specimen.readings.metadata
    maker = always_written(metadata.make or "", metadata.model or "")
    if not maker:
        return
    caution = say(
        "Many editors, photo libraries and platforms leave them out, and so do other apps than the "
        "phone's own camera: the file is probably not as the camera wrote it. This says nothing "
        "about what the picture shows."
    )
    programs = read_programs(specimen.fields, specimen.readings)
    if editor := next((name for name in programs if edits(name)), None):
        summary = say(
            "The data of the camera's maker (MakerNote), which cameras by {maker} write, are "
            "missing. The file names {software}, which may have left them out.",
            maker=maker,
            software=editor,
        )
    else:
        summary = say(
            "The data of the camera's maker (MakerNote), which cameras by {maker} write, are "
            "missing, though the camera's settings are there.",
            maker=maker,
        )
    yield _finding(summary, caution)


def _finding(
    summary: Sentence, caution: Sentence, value: str = "", outcome: Outcome = Outcome.NOTED
) -> Finding:
    return Finding(
        check="maker_note",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from="EXIF MakerNote",
        raw=value,
        caution=caution,
        reference="Exif 3.0, 4.6.6, tag 0x927C; exiftool.org/TagNames",
        items=("original",),
    )
