"""MakerNote (EXIF tag 0x927C): how it begins by maker, and whose cameras always write one.

Beginnings, and which makers share one: ExifTool's documentation (exiftool.org/TagNames, the pages
of the makers) and its table of conditions, MakerNotes.pm. Apple's since iOS 7: the page on Apple
of 2 October 2013.

Whose cameras always write one was counted in files that name no editing software and hold neither
XMP nor Photoshop's data, with `benchmarks/maker_notes.py` (docs/metadata.md): in sample collections
Canon's 53 of 53 had it, Olympus' 20 of 20, Fujifilm's 19 of 19, Nikon's 19 of 19, Apple's 11 of 11,
Panasonic's 11 of 11, Sony's Cyber-shots 7 of 7 (and 4 of 4 from the web). Not always, and so not
listed: phones by Google, HTC, LG and Nokia, Pentax's Optio S4, Fujifilm's DX and MX of before 2000,
Sony's first Cyber-shots and Mavicas, iPhones up to the 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PIL.ExifTags import IFD, Base

from verify.lab.written.exif import Exif
from verify.lab.written.salvage import first_directory, tags

_SETTINGS = frozenset(
    {
        Base.ExposureTime,
        Base.FNumber,
        Base.ISOSpeedRatings,
        Base.DateTimeOriginal,
        Base.ShutterSpeedValue,
        Base.FocalLength,
    }
)
_RATHER_MANY = 3


@dataclass(frozen=True)
class Form:
    """How the notes of one maker begin. makes: all whose cameras write them, lower case."""

    maker: str
    begins: re.Pattern[bytes]
    makes: tuple[str, ...]


FORMS = (
    Form("Apple", re.compile(rb"Apple iOS\0"), ("apple",)),
    Form("Nikon", re.compile(rb"Nikon\0"), ("nikon",)),
    Form("Olympus", re.compile(rb"OLYMP(?:US)?\0|OM SYSTEM\0"), ("olympus", "om digital")),
    Form(
        "Fujifilm",
        re.compile(rb"FUJIFILM"),
        ("fuji", "leica", "minolta", "konica", "sharp", "general"),
    ),
    Form("Panasonic", re.compile(rb"Panasonic\0"), ("panasonic", "leica")),
    Form(
        "Sony", re.compile(rb"SONY (?:DSC|CAM|MOBILE|PIC?\0)|\0\0SONY PIC"), ("sony", "hasselblad")
    ),
    Form("Leica", re.compile(rb"LEICA"), ("leica",)),
    Form(
        "Pentax", re.compile(rb"AOC\0|PENTAX \0"), ("pentax", "asahi", "ricoh", "samsung", "kodak")
    ),
    Form("Ricoh", re.compile(rb"(?i:Ricoh)[ \0]"), ("ricoh", "pentax")),
    Form("Sigma", re.compile(rb"SIGMA\0|FOVEON\0"), ("sigma", "foveon")),
    Form("Casio", re.compile(rb"QVC\0"), ("casio",)),
    Form("Sanyo", re.compile(rb"SANYO\0"), ("sanyo",)),
    Form("Kyocera", re.compile(rb"KYOCERA"), ("kyocera",)),
    Form("Motorola", re.compile(rb"MOT\0"), ("motorola",)),
)
# Canon's begins with its directory at once, as some of other makers do: only the make tells.
_PLAIN_DIRECTORY = {"canon": "Canon"}


@dataclass(frozen=True)
class Writer:
    """Cameras that always write one. make: how EXIF's begins, lower case."""

    maker: str
    make: str
    models: re.Pattern[str]


ALWAYS = (
    Writer("Apple", "apple", re.compile(r"iPhone (?!3|4|5$)\S")),
    Writer("Canon", "canon", re.compile(r"Canon (?:EOS|PowerShot|DIGITAL IXUS|IXUS)")),
    Writer("Fujifilm", "fujifilm", re.compile(r"FinePix ?\w|X-|GFX")),
    Writer("Nikon", "nikon", re.compile(r"NIKON [DZ]|COOLPIX |E\d{3,4}$")),
    Writer("Olympus", "olympus", re.compile(r"\S")),
    Writer("Panasonic", "panasonic", re.compile(r"DMC-|DC-")),
    Writer("Sony", "sony", re.compile(r"DSC-(?!D\d)")),
)


def form(note: bytes, make: str) -> str | None:
    """The maker whose notes begin like this one; None where nothing tells."""
    for known in FORMS:
        if known.begins.match(note):
            return known.maker
    plain = note[:2] not in (b"\0\0", b"II", b"MM") and 0 in note[:2] and len(note) > 14
    return _PLAIN_DIRECTORY.get(make.lower().partition(" ")[0]) if plain else None


def foreign(note: bytes, make: str) -> bool:
    """Whether it begins as the notes of another maker, whose cameras alone write such ones."""
    if not any(_of(make, other.makes) for other in FORMS) and not _of(make, ("canon",)):
        return False  # an unknown make may sell another's cameras
    return any(known.begins.match(note) and not _of(make, known.makes) for known in FORMS)


def always_written(make: str, model: str) -> str | None:
    """The maker whose cameras of this model always write one, if that is known."""
    for writer in ALWAYS:
        if _of(make, (writer.make,)) and writer.models.match(model):
            return writer.maker
    return None


def settings(exif: Exif) -> bool:
    """Whether the camera's other EXIF is there: when, how long, how wide, how sensitive."""
    return len(_SETTINGS & exif.detail.keys()) >= _RATHER_MANY


def listed(block: bytes, exif: Exif) -> bool:
    """Whether the file has one, readable or cut off."""
    if Base.MakerNote in exif.detail:
        return True
    at = exif.main.get(IFD.Exif)
    places = [first_directory(block), at if isinstance(at, int) else 0]
    return any(Base.MakerNote in tags(block, place) for place in places)


def _of(make: str, makes: tuple[str, ...]) -> bool:
    return make.lower().startswith(makes)
