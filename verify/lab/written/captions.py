"""What people wrote about the picture, from IPTC, XMP and EXIF; and the agencies they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.lab.words import MAX_WORD, clean
from verify.lab.written import iptc
from verify.lab.written.exif import text
from verify.lab.written.metadata import Fields

_COPYRIGHT_TAG = 0x8298
_MAX_WORDS = 400

# Field, its IPTC data set, its XMP properties. Source: IPTC Photo Metadata Standard 2023.1.
_FIELDS: tuple[tuple[str, tuple[int, int] | None, tuple[str, ...]], ...] = (
    ("title", iptc.TITLE, ("dc:title",)),
    ("headline", iptc.HEADLINE, ("photoshop:Headline",)),
    ("keywords", iptc.KEYWORD, ("dc:subject",)),
    ("credit", iptc.CREDIT, ("photoshop:Credit",)),
    ("source", iptc.SOURCE, ("photoshop:Source",)),
    ("rights", iptc.COPYRIGHT, ("dc:rights", "xmpRights:UsageTerms", "xmpRights:WebStatement")),
    ("instructions", iptc.INSTRUCTIONS, ("photoshop:Instructions",)),
    (
        "contact",
        iptc.CONTACT,
        ("Iptc4xmpCore:CiEmailWork", "Iptc4xmpCore:CiTelWork", "Iptc4xmpCore:CiUrlWork"),
    ),
    ("writer", iptc.WRITER, ("photoshop:CaptionWriter",)),
    ("position", iptc.POSITION, ("photoshop:AuthorsPosition",)),
    ("job", iptc.JOB, ("photoshop:TransmissionReference",)),
    ("category", iptc.CATEGORY, ("photoshop:Category",)),
    ("shown", None, ("Iptc4xmpExt:PersonInImage",)),
    ("spot", iptc.SPOT, ("Iptc4xmpCore:Location", "Iptc4xmpExt:Sublocation")),
    ("code", iptc.COUNTRY_CODE, ("Iptc4xmpCore:CountryCode", "Iptc4xmpExt:CountryCode")),
    ("city", iptc.CITY, ("photoshop:City", "Iptc4xmpExt:City")),
    ("region", iptc.REGION, ("photoshop:State", "Iptc4xmpExt:ProvinceState")),
    ("country", iptc.COUNTRY, ("photoshop:Country", "Iptc4xmpExt:CountryName")),
)

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
    for name, key, properties in _FIELDS:
        sources = [(f"IPTC {key[0]}:{key[1]}", fields.iptc.get(key, []))] if key else []
        sources += [(f"XMP {entry}", fields.xmp.get(entry, [])) for entry in properties]
        for place, values in sources:
            if words := clean(", ".join(value[:MAX_WORD] for value in values[:30]), _MAX_WORDS):
                found[name] = Said(words, place)
                break
    rights = clean(text(fields.exif.main.get(_COPYRIGHT_TAG)), _MAX_WORDS)
    if rights and "rights" not in found:
        found["rights"] = Said(rights, "EXIF Copyright")
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
