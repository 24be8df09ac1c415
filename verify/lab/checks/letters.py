"""Which letters did the writer mean, and is something of what was written damaged?

Reads the words in IPTC, EXIF and comments that are no UTF-8 and whose encoding the file does not
declare, and whether XMP and IPTC are well-formed.

Outcomes: noted, the encoding that was guessed, or that a block is damaged and was read as far as it
goes. Where all is declared and whole there is no finding.

Errs: encodings of a few letters are alike; a short name may be read in the wrong one.

Example: a caption of 2011 from Homs, in Windows-1256 as the newsroom's computers wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL.ExifTags import Base

from verify.formats import CLIPS
from verify.lab.bounded_text import raw
from verify.lab.imaging import Specimen
from verify.lab.letters import NAMES, encoding_of
from verify.records import Finding, Outcome, Pillar, Sentence, say

PILLAR = Pillar.SOURCE
MEDIA = frozenset({"*", *CLIPS})

_EXIF_WORDS = (Base.ImageDescription, Base.Artist, Base.Copyright, Base.DocumentName)


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note guessed encodings, and blocks that are not whole."""
    fields = specimen.fields
    for place, encoding in _guessed(specimen):
        yield _finding(
            say(
                "The words in {place} do not say in which encoding they are. They were read as "
                "{encoding}.",
                place=place,
                encoding=NAMES[encoding],
            ),
            place,
            say("Letters may be wrong: compare them with what the words should say."),
        )
    cut = say("Programs and uploads damage such data, without anybody's intent.")
    if fields.xmp.damaged:
        summary = say("The XMP data are damaged; they were read as far as they go.")
        yield _finding(summary, "XMP", cut)
    if fields.iptc.damaged:
        summary = say("The IPTC data are damaged; they were read as far as they go.")
        yield _finding(summary, "IPTC", cut)


def _guessed(specimen: Specimen) -> Iterator[tuple[str, str]]:
    """Each place with words in an encoding that was guessed, and Python's name of it."""
    fields = specimen.fields
    if fields.iptc.guessed:
        yield "IPTC", fields.iptc.guessed
    for tag in _EXIF_WORDS:
        value = fields.exif.main.get(tag)
        if isinstance(value, str):  # Pillow hands the bytes over as Latin-1
            value = value.encode("latin-1", "replace")
        if isinstance(value, bytes) and (encoding := encoding_of(value.partition(b"\0")[0])):
            yield f"EXIF {tag.name}", encoding
    for comment in specimen.blocks.comments[:1]:
        if encoding := encoding_of(comment):
            yield "comment in the file", encoding


def _finding(summary: Sentence, place: str, caution: Sentence) -> Finding:
    return Finding(
        check="letters",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=place,
        raw=raw(place),
        caution=caution,
        items=("agency",),
    )
