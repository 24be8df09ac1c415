"""Which single device and which single picture does the file name, and what was done to it?

Reads the serial numbers of camera and lens, the name of the camera's owner, the unique numbers
of picture and document, the steps that XMP's history lists, and the comments in the file.

Outcomes: noted, with what is written. Where nothing is written there is no finding.

Errs: serial numbers can be copied with other metadata from another picture. A history lists what
one family of programs did, and only since the history was last removed.

Example: two pictures with one serial number were most likely taken with one camera, whoever
sent them. Keep such numbers from publication: they identify people.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL.ExifTags import Base

from verify.lab.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.lab.words import MAX_WORD, clean, raw
from verify.lab.written.exif import text
from verify.lab.written.programs import signs
from verify.records import Finding, Outcome, Pillar, Sentence, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})

MAX_STEPS = 100


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note serial numbers, owner, the picture's number, its history and its comments."""
    exif, xmp = specimen.fields.exif, specimen.fields.xmp

    def first(tag: int, *properties: str) -> tuple[str, str] | None:
        """The first that is more than zeros and blanks, and the field it stands in."""
        values = [(f"EXIF {Base(tag).name}", text(exif.detail.get(tag)))]
        values += [(f"XMP {name}", value) for name in properties for value in xmp.get(name, [])]
        cleaned = ((place, clean(value, MAX_WORD)) for place, value in values)
        return next(((word, place) for place, word in cleaned if word and word.strip("0 -.")), None)

    if found := first(Base.BodySerialNumber, "aux:SerialNumber", "exifEX:BodySerialNumber"):
        summary = say("The file names the camera's serial number {number}.", number=found[0])
        yield _finding(summary, found, _identifying())
    if found := first(Base.LensSerialNumber, "exifEX:LensSerialNumber"):
        summary = say("The file names the lens's serial number {number}.", number=found[0])
        yield _finding(summary, found, _identifying())
    if found := first(Base.CameraOwnerName, "aux:OwnerName", "exifEX:CameraOwnerName"):
        summary = say("The file names {owner} as the owner of the camera.", owner=found[0])
        yield _finding(summary, found, _identifying(), "contact")
    if found := first(Base.ImageUniqueID, "exif:ImageUniqueID"):
        summary = say("The file carries the picture's own number {number}.", number=found[0])
        caution = say("Copies keep it; some phones write the same into every picture.")
        yield _finding(summary, found, caution)
    yield from _document(xmp)
    yield from _history(xmp)
    for comment in specimen.fields.comments[:2]:
        if (words := clean(comment, MAX_WORD)) and not signs(words):  # camera tells those
            summary = say("The file carries the comment “{comment}”.", comment=words)
            caution = say("Programs write such comments, and so do people.")
            yield _finding(summary, (words, "comment in the file"), caution)


def _document(properties: dict[str, list[str]]) -> Iterator[Finding]:
    """The number that Adobe's programs keep through every version of a picture."""
    for name in ("xmpMM:OriginalDocumentID", "xmpMM:DocumentID"):
        if number := clean(next(iter(properties.get(name, [])), None), MAX_WORD):
            yield _finding(
                say("The file carries the document number {number}.", number=number),
                (number, f"XMP {name}"),
                say("Files with one number were made from one; templates can hand theirs on."),
            )
            return


def _history(properties: dict[str, list[str]]) -> Iterator[Finding]:
    steps = [
        word for step in properties.get("stEvt:action", [])[:MAX_STEPS] if (word := clean(step, 40))
    ]
    if steps:
        yield _finding(
            say_many(
                "The file lists {count} step of its editing: {steps}.",
                "The file lists {count} steps of its editing: {steps}.",
                len(steps),
                steps=", ".join(steps[:12]),
            ),
            (", ".join(steps), "XMP xmpMM:History"),
            say("Converting and saving are steps too. The list can be removed or written."),
        )


def _identifying() -> Sentence:
    return say(
        "Pictures with one number were most likely taken with one device, unless it was copied. "
        "It can identify a person: do not publish it."
    )


def _finding(
    summary: Sentence, found: tuple[str, str], caution: Sentence, item: str = "uploader"
) -> Finding:
    value, place = found
    return Finding(
        check="device",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=raw(value),
        caution=caution,
        reference="Exif 3.0, 4.6.5",
        items=(item, "original"),
    )
