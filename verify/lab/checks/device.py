"""Which single device and which single picture does the file name, and what was done to it?

Reads the serial numbers of camera and lens, the name of the camera's owner, the unique numbers
of picture and document, the steps that XMP's history and Photoshop's log list, the other documents
that went into it, and the comments in the file.

Outcomes: noted, with what is written. Where nothing is written there is no finding.

Errs: serial numbers can be copied with other metadata from another picture. A history lists what
one family of programs did, and only since the history was last removed.

Example: two pictures with one serial number were most likely taken with one camera, whoever
sent them. Keep such numbers from publication: they identify people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PIL.ExifTags import Base

from verify.formats import CLIPS
from verify.lab.bounded_text import MAX_WORD, clean, raw
from verify.lab.imaging import Specimen
from verify.lab.written.exif import comment, text
from verify.lab.written.programs import signs
from verify.lab.written.xmp import Xmp
from verify.records import Finding, Outcome, Pillar, Sentence, listed, say, say_many

PILLAR = Pillar.PROVENANCE
MEDIA = frozenset({"*", *CLIPS})

MAX_STEPS = 100
_WORDS = re.compile(
    r"\w{2,} \w|[\u0600-\u06ff\u0400-\u04ff\u3040-\u9fff]{2}"
)  # no bare number or code


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
    yield from _beside(specimen)
    yield from _document(xmp)
    yield from _history(xmp)
    yield from _sources(xmp)
    for remark, place in _comments(specimen):
        if (words := clean(remark, MAX_WORD)) and not signs(words):  # camera tells those
            summary = say("The file carries the comment “{comment}”.", comment=words)
            caution = say("Programs write such comments, and so do people.")
            yield _finding(summary, (words, place), caution)


def _beside(specimen: Specimen) -> Iterator[Finding]:
    """What programs and scanners write of the document, the computer and the editing."""
    exif = specimen.fields.exif
    caution = say("Programs write such things by themselves, and so do people.")
    for tag in (Base.DocumentName, Base.HostComputer, Base.ImageHistory):
        if words := clean(text(exif.main.get(tag)) or text(exif.detail.get(tag)), MAX_WORD):
            if tag is Base.DocumentName:
                summary = say("The file carries the document name “{name}”.", name=words)
            elif tag is Base.HostComputer:
                summary = say("The file names the computer or phone “{name}”.", name=words)
            else:
                summary = say("The file says what was done to it: “{words}”.", words=words)
            yield _finding(summary, (words, f"EXIF {tag.name}"), caution)


def _comments(specimen: Specimen) -> Iterator[tuple[str, str]]:
    """Comments in words, with their fields: not the settings of a generator, which has a check."""
    for remark in specimen.fields.comments[:2]:
        yield remark, "comment in the file"
    exif = specimen.fields.exif
    remark = comment(exif.detail.get(Base.UserComment), exif.little_endian) or ""
    evidence = specimen.generator.evidence if specimen.generator else ""
    if not evidence.startswith("EXIF UserComment") and _WORDS.search(remark):
        yield remark, "EXIF UserComment"


def _sources(properties: Xmp) -> Iterator[Finding]:
    """The other documents that the file is said to be made of, and Photoshop's own log."""
    ancestors = properties.get("photoshop:DocumentAncestors", [])
    ingredients = properties.structures.get("xmpMM:Ingredients", [])
    for name, count in (
        ("photoshop:DocumentAncestors", len(ancestors)),
        ("xmpMM:Ingredients", len(ingredients)),
    ):
        if count:
            yield _finding(
                say_many(
                    "The file names {count} other document from which something was put into it.",
                    "The file names {count} other documents from which something was put into it.",
                    count,
                ),
                (", ".join(ancestors[:5]) if ancestors else str(count), f"XMP {name}"),
                say(
                    "A text layer or a logo that was pasted in counts as well, and a document "
                    "that was placed and removed again."
                ),
            )
    log = "\n".join(properties.get("photoshop:History", [])[:20])
    steps = [step for line in log.splitlines() if (step := clean(line.rpartition("\t")[2], 80))]
    if steps:
        yield _finding(
            say_many(
                "Photoshop's log in the file lists {count} step: {steps}.",
                "Photoshop's log in the file lists {count} steps: {steps}.",
                len(steps),
                steps=listed(steps[:12]),
            ),
            (", ".join(steps), "XMP photoshop:History"),
            say("The log is kept where somebody switched it on. It can be removed or written."),
        )


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
        word
        for step in properties.get("xmpMM:History/stEvt:action", [])[:MAX_STEPS]
        if (word := clean(step, 40))
    ]
    if steps:
        yield _finding(
            say_many(
                "The file lists {count} step of its editing: {steps}.",
                "The file lists {count} steps of its editing: {steps}.",
                len(steps),
                steps=listed(steps[:12]),
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
