"""Every program that a file names, wherever it is named.

Sources: Exif 3.0, tags 0x0131 and 0x000B (`ProcessingSoftware`, as ExifTool names it); XMP part 2
(`CreatorTool`) and part 1, annex on `ResourceEvent`; IPTC-IIM 4.2, 2:65 and 2:70; Adobe,
"Photoshop File Formats", resource 0x0421. The forms of comments are those that the programs write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import error as struct_error
from struct import unpack_from

from verify.lab.bounded_text import MAX_WORD, clean
from verify.lab.containers.blocks import resources
from verify.lab.written import iptc
from verify.lab.written.exif import text
from verify.lab.written.fields import Fields
from verify.lab.written.metadata import Readings

MOST = 8
_PROCESSING_SOFTWARE = 0x000B
_VERSION_INFO = 0x0421
# GD, Photoshop before XMP, GIMP and others name themselves so; FFmpeg writes Lavc alone.
_AGENT = "xmpMM:History/stEvt:softwareAgent"
_COMMENT = re.compile(
    r"(?:CREATOR: |File written by |Compressed by |Optimi[sz]ed by |"
    r"(?:created|made|edited|processed|compressed|optimi[sz]ed) with )(.{3,120})|"
    r"(Lavc[\d.]+|LEAD Technologies.{0,30}|Intel\(R\) JPEG.{0,40})",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"photoshop|lightroom|camera raw|gimp|snapseed|picsart|pixelmator|affinity|canva|faceapp|"
    r"facetune|vsco|remini|paint|corel|capture one|darktable|rawtherapee|acdsee|photoscape|"
    r"picasa|krita|luminar|photopea|polarr|fotor|meitu|b612|inshot|capcut|photoroom|lightleap|"
    r"imagemagick|xnview|irfanview|libformat|photos \d|windows photo|picnik|photodirector|"
    r"imageready|noise ninja|digital photo professional|iphoto|aperture \d",
    re.IGNORECASE,
)


def edits(program: str) -> bool:
    """Whether a program by this name is one that people edit pictures with."""
    return bool(_EDITORS.search(program))


def read_programs(fields: Fields, readings: Readings) -> dict[str, str]:
    """Each program, MOST at most, with the field that names it first. Never raises."""
    found: dict[str, str] = {}
    for value, place in _named(fields, readings):
        name = clean(value, MAX_WORD)
        # Photoshop's resource gives the name alone where another field has the version too.
        if name and len(found) < MOST and not any(known.startswith(name) for known in found):
            found[name] = place
    return found


def _in_comment(comment: str) -> str | None:
    """The program that a comment names, in one of the forms in which programs write them."""
    match = _COMMENT.match(comment.strip()[:200])
    return (match[1] or match[2]) if match else None


def signs(comment: str) -> bool:
    """Whether a comment is a program's mark and nothing more."""
    program = _in_comment(comment)
    return bool(program and comment.strip().endswith(program))


def _named(fields: Fields, readings: Readings) -> Iterator[tuple[str | None, str]]:
    yield readings.metadata.software, readings.read_from.get("software", "")
    yield text(fields.exif.main.get(_PROCESSING_SOFTWARE)), "EXIF ProcessingSoftware"
    for name in ("tiff:Software", "xmp:CreatorTool", _AGENT):
        for value in fields.xmp.get(name, [])[:50]:
            yield value, f"XMP {name}"
    program, version = (
        " ".join(fields.iptc.get(key, [])[:1]) for key in (iptc.PROGRAM, iptc.PROGRAM_VERSION)
    )
    yield f"{program} {version}".strip() if program else None, "IPTC 2:65"
    for writer in _photoshop(fields.photoshop):
        yield writer, "Photoshop resource 0x0421"
    for value in fields.comments[:5]:
        yield _in_comment(value), "comment in the file"
    for keyword, value in fields.texts[:50]:
        if keyword.lower() == "software":
            yield value, "PNG Software"
        elif keyword.lower() == "comment":
            yield _in_comment(value), "PNG Comment"
    yield fields.movie.get("encoder"), f"{fields.container} encoder"


def _photoshop(block: bytes) -> Iterator[str]:
    """The program that wrote the image resources: the first of two names in UTF-16."""
    for number, body in resources(block):
        if number == _VERSION_INFO:
            try:
                length = min(unpack_from(">I", body, 5)[0], MAX_WORD)
            except struct_error:
                return
            yield body[9 : 9 + 2 * length].decode("utf-16-be", "replace")
            return
