"""What people wrote about the picture, from IPTC, XMP and EXIF; and the agencies they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.lab.bounded_text import MAX_WORD, clean
from verify.lab.written import iptc
from verify.lab.written.exif import text, windows_text
from verify.lab.written.fields import Fields

XP_TITLE, XP_COMMENT, XP_AUTHOR, XP_KEYWORDS, XP_SUBJECT = range(0x9C9B, 0x9CA0)
_COPYRIGHT_TAG = 0x8298
TAGS = {
    _COPYRIGHT_TAG: "Copyright",
    XP_TITLE: "XPTitle",
    XP_COMMENT: "XPComment",
    XP_AUTHOR: "XPAuthor",
    XP_KEYWORDS: "XPKeywords",
    XP_SUBJECT: "XPSubject",
}
_MAX_WORDS = 400

_CONTACT = "Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore"


@dataclass(frozen=True)
class _Sources:
    """Where one thing may be said. iptc: a data set; xmp: properties; exif: tags of its first
    directory, those that Windows Explorer writes (XP...) in UTF-16; movie: keys of a container."""

    iptc: tuple[int, int] | None = None
    xmp: tuple[str, ...] = ()
    exif: tuple[int, ...] = ()
    movie: tuple[str, ...] = ()


# Sources: IPTC Photo Metadata Standard 2025.1; Microsoft, "Photo Metadata Policies" (XP fields).
_FIELDS = {
    "title": _Sources(iptc.TITLE, ("dc:title",), (XP_TITLE,), ("title",)),
    "subject": _Sources(exif=(XP_SUBJECT,)),
    "headline": _Sources(iptc.HEADLINE, ("photoshop:Headline",)),
    "keywords": _Sources(iptc.KEYWORD, ("dc:subject",), (XP_KEYWORDS,)),
    "credit": _Sources(iptc.CREDIT, ("photoshop:Credit",)),
    "source": _Sources(iptc.SOURCE, ("photoshop:Source",)),
    "rights": _Sources(
        iptc.COPYRIGHT,
        ("dc:rights", "xmpRights:UsageTerms", "xmpRights:WebStatement"),
        (_COPYRIGHT_TAG,),
    ),
    "instructions": _Sources(iptc.INSTRUCTIONS, ("photoshop:Instructions",)),
    "contact": _Sources(
        iptc.CONTACT,
        (f"{_CONTACT}:CiEmailWork", f"{_CONTACT}:CiTelWork", f"{_CONTACT}:CiUrlWork"),
    ),
    "writer": _Sources(iptc.WRITER, ("photoshop:CaptionWriter",)),
    "position": _Sources(iptc.POSITION, ("photoshop:AuthorsPosition",)),
    "job": _Sources(iptc.JOB, ("photoshop:TransmissionReference",)),
    "category": _Sources(iptc.CATEGORY, ("photoshop:Category",)),
    "shown": _Sources(xmp=("Iptc4xmpExt:PersonInImage",)),
    "spot": _Sources(iptc.SPOT, ("Iptc4xmpCore:Location",)),
    "code": _Sources(iptc.COUNTRY_CODE, ("Iptc4xmpCore:CountryCode",)),
    "city": _Sources(iptc.CITY, ("photoshop:City",)),
    "region": _Sources(iptc.REGION, ("photoshop:State",)),
    "country": _Sources(iptc.COUNTRY, ("photoshop:Country",)),
}
_PLACE = ("Sublocation", "City", "ProvinceState", "CountryName", "CountryCode")
CREATED, SHOWN = "Iptc4xmpExt:LocationCreated", "Iptc4xmpExt:LocationShown"
_ARTWORK = "Iptc4xmpExt:ArtworkOrObject"
_WORK = ("AOTitle", "AOCreator", "AOCreatorName", "AODateCreated", "AOSource")
_MOST_PLACES = 5

# Names as they stand in credit lines, short ones only where they are a whole part of it.
_AGENCIES = {
    "AFP": r"AFP|Agence France[- ]Presse",
    "Associated Press": r"AP|Associated Press|AP Photo",
    "Reuters": r"Reuters",
    "Getty Images": r"Getty(?: Images)?",
    "EPA": r"EPA|EPA-EFE|European Pressphoto Agency",
    "EFE": r"EFE",
    "dpa": r"dpa|picture[- ]alliance",
    "ANSA": r"ANSA",
    "Anadolu": r"Anadolu(?: Agency| Images)?",
    "Xinhua": r"Xinhua",
    "TASS": r"TASS|ITAR-TASS",
    "Sputnik": r"Sputnik|RIA Novosti",
    "PA Media": r"PA|PA Wire|PA Images|Press Association",
    "NurPhoto": r"NurPhoto",
    "Magnum Photos": r"Magnum(?: Photos)?",
    "Sipa": r"SIPA(?: Press| USA)?",
    "ZUMA Press": r"ZUMA(?:PRESS| Press| Wire)?(?:\.com)?",
    "Alamy": r"Alamy(?: Stock Photo| Live News)?",
    "Shutterstock": r"Shutterstock",
    "Kyodo": r"Kyodo(?: News)?",
    "Yonhap": r"Yonhap(?: News)?",
    "WAFA": r"WAFA",
    "SANA": r"SANA",
    "IRNA": r"IRNA",
    "UNICEF": r"UNICEF",
}
_PARTS = re.compile(r"\s*(?:/|,|;|\||\(|\)|©|(?:\bvia|\bcopyright|\(c\))\b)\s*", re.IGNORECASE)
_NAMES = {
    name: re.compile(f"(?:{pattern})", re.IGNORECASE if len(pattern) > 4 else 0)
    for name, pattern in _AGENCIES.items()
}


@dataclass(frozen=True)
class Said:
    """One thing that is said about the picture, and the fields that say it."""

    text: str
    place: str


def read_captions(fields: Fields) -> dict[str, Said]:
    """Field -> what it says: of several sources, the first that says something."""
    found: dict[str, Said] = {}
    for name, sources in _FIELDS.items():
        for place, values in _said(fields, sources):
            if words := clean(", ".join(value[:MAX_WORD] for value in values[:30]), _MAX_WORDS):
                found[name] = Said(words, place)
                break
    return found


def _said(fields: Fields, sources: _Sources) -> Iterator[tuple[str, list[str]]]:
    if key := sources.iptc:
        yield f"IPTC {key[0]}:{key[1]}", fields.iptc.get(key, [])
    for entry in sources.xmp:
        yield f"XMP {entry.rpartition('/')[2]}", fields.xmp.get(entry, [])
    for tag in sources.exif:
        value = fields.exif.main.get(tag)
        words = windows_text(value) if tag >= XP_TITLE else text(value)
        yield f"EXIF {TAGS[tag]}", [words] if words else []
    for name in sources.movie:
        yield f"{fields.container} {name}", [fields.movie[name]] if name in fields.movie else []


def read_places(fields: Fields, kind: str) -> list[Said]:
    """The places of a kind (CREATED: where the camera stood, SHOWN), each from spot to country."""
    found = []
    for place in fields.xmp.structures.get(kind, [])[:_MOST_PLACES]:
        words = (value for name in _PLACE for value in place.get(f"Iptc4xmpExt:{name}", [])[:1])
        if named := clean(", ".join(words), _MAX_WORDS):
            found.append(Said(named, f"XMP {kind}"))
    return found


def country_created(fields: Fields) -> Said | None:
    """The country in which the camera is said to have stood."""
    for place in fields.xmp.structures.get(CREATED, [])[:1]:
        if named := clean(" ".join(place.get("Iptc4xmpExt:CountryName", [])[:1]), MAX_WORD):
            return Said(named, f"XMP {CREATED}")
    return None


def read_artworks(fields: Fields) -> list[Said]:
    """The works that the picture is said to show, with their makers and dates."""
    found = []
    for work in fields.xmp.structures.get(_ARTWORK, [])[:_MOST_PLACES]:
        words = (value for name in _WORK for value in work.get(f"Iptc4xmpExt:{name}", [])[:2])
        if named := clean(", ".join(words), _MAX_WORDS):
            found.append(Said(named, f"XMP {_ARTWORK}"))
    return found


def agencies(captions: dict[str, Said]) -> dict[str, Said]:
    """Agency -> the credit, source or rights that name it."""
    found: dict[str, Said] = {}
    for name in ("credit", "source", "rights"):
        if said := captions.get(name):
            for part in _PARTS.split(said.text):
                for agency, pattern in _NAMES.items():
                    if pattern.fullmatch(part.strip(" .")):
                        found.setdefault(agency, said)
    return found
