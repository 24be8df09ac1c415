"""The marks that picture generators leave: read in one place, for the check and the examination.

A mark is a field that only a generator writes, or a text in a form that only a generator
gives it. The forms were taken from files that the programs made; most are described by no
standard. The IPTC digital source type is one (IPTC Photo Metadata 2023.1, NewsCodes
`digitalsourcetype`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import islice

from PIL.ExifTags import Base

from verify.lab.bounded_text import MAX_CAPTION, MAX_WORD, clean, raw
from verify.lab.written.exif import comment, text
from verify.lab.written.fields import Fields
from verify.records import Generator

UNNAMED = "not named"
GENERATED = ("trainedalgorithmicmedia", "compositewithtrainedalgorithmicmedia")
MAX_TEXT = 256 << 10
MAX_ENTRIES = 400


@dataclass(frozen=True)
class _Entry:
    place: str
    keyword: str
    text: str


@dataclass(frozen=True)
class _Sign:
    """A field by its keyword, and what must be found in its text."""

    keyword: re.Pattern[str]
    text: re.Pattern[str]

    def at(self, entry: _Entry) -> int | None:
        """Where in the entry's text it begins; None where it does not stand there."""
        found = self.keyword.match(entry.keyword) and self.text.search(entry.text)
        return found.start() if found else None


def _sign(field: str, text: str) -> _Sign:
    keyword = ".*" if field == "*" else field
    return _Sign(re.compile(f"(?:{keyword})$", re.IGNORECASE), re.compile(text))


@dataclass(frozen=True)
class _Mark:
    """A generator, the sign that names it, and one that must stand beside it."""

    name: str
    sign: _Sign
    beside: _Sign | None


_VERSION = r"(?:^|[,\n]) {0,3}Version: "

# The settings line that the WebUI and all that descend from it write, and what tells them apart.
_SETTINGS = re.compile(r"\bSteps: \d{1,9}, (?=.{0,300}\b(?:Sampler: |App: ))")
_WEBUI = "Stable Diffusion WebUI"
_DESCENDANTS = (
    ("SD.Next", re.compile(r"\bApp: ?SD\.Next")),
    (f"{_WEBUI} reForge", re.compile(rf"{_VERSION}f\d+(?:\.\d+)+(?:v\d+)?-v")),
    (f"{_WEBUI} Forge", re.compile(rf"{_VERSION}(?:f\d|classic|neo)")),
    (f"{_WEBUI} (AUTOMATIC1111)", re.compile("Sampler: ")),
)


@cache
def _marks() -> tuple[_Mark, ...]:
    """The lines of `generators.tsv`. Raises re.error or ValueError where one cannot be read."""
    table = (resources.files("verify.lab.written") / "generators.tsv").read_text("utf-8")
    lines = (line for line in table.splitlines() if line and not line.startswith("#"))
    return tuple(_mark(*line.split("\t")) for line in lines)


def _mark(name: str, field: str, text: str, *other: str) -> _Mark:
    return _Mark(name, _sign(field, text), _sign(*other) if other else None)


def read_generator(fields: Fields) -> Generator | None:
    """The generator that the file itself names, with the field that names it.

    A digital source type of trained media without any program's mark gives a generator
    named `not named`. None proves nothing.
    """
    entries = list(islice(_entries(fields), MAX_ENTRIES))
    for mark in _marks():
        for entry in entries:
            at = mark.sign.at(entry)
            if at is not None and (not mark.beside or _stands(mark.beside, entries)):
                return Generator(name=mark.name, evidence=_evidence(entry, at))
    for entry in entries:
        if found := _SETTINGS.search(entry.text):
            settings = entry.text[found.start() : found.start() + 8000]
            for name, sign in _DESCENDANTS:
                if sign.search(settings):
                    return Generator(name=name, evidence=_evidence(entry, found.start()))
    declared = source_type(fields)
    if declared and declared[0].lower() in GENERATED:
        return Generator(name=UNNAMED, evidence=f"{declared[1]}: {declared[0]}")
    if (label := label_of(fields)) and label.certain:
        return Generator(name=UNNAMED, evidence=f"{label.place}: {label.text}")
    if system := ai_system(fields):
        return Generator(name=system[0], evidence=f"{system[1]}: {system[0]}")
    if asked := ai_prompt(fields):
        return Generator(name=UNNAMED, evidence=f"{asked[1]}: {raw(asked[0])}"[:300])
    return None


@dataclass(frozen=True)
class Label:
    """China's label for generated content. certain: declared as generated, not as maybe so."""

    place: str
    text: str
    certain: bool
    producer: str


_LABEL = re.compile(r'"Label"\s*:\s*"?([123])"?')
_PRODUCER = re.compile(r'"ContentProducer"\s*:\s*"([^"]{1,100})"')


def label_of(fields: Fields) -> Label | None:
    """The label AIGC in XMP, PNG text or UserComment.

    Source: GB 45438-2025 and TC260-PG-20253A: 1 is generated, 2 may be, 3 is suspected to be.
    """
    for entry in islice(_entries(fields), MAX_ENTRIES):
        named = entry.keyword.rpartition(":")[2].upper() == "AIGC" or '"AIGC"' in entry.text[:200]
        if named and (found := _LABEL.search(entry.text[:4000])):
            producer = _PRODUCER.search(entry.text[:4000])
            text = raw(entry.text[:200])
            return Label(entry.place, text, found[1] == "1", producer[1] if producer else "")
    return None


def ai_system(fields: Fields) -> tuple[str, str] | None:
    """The AI system that IPTC's fields of 2025 name, with its version, and the field."""
    name, version = (
        " ".join(fields.xmp.get(f"Iptc4xmpExt:{field}", [])[:1])
        for field in ("AISystemUsed", "AISystemVersionUsed")
    )
    words = clean(f"{name} {version}".strip(), MAX_WORD)
    return (words, "XMP Iptc4xmpExt:AISystemUsed") if words else None


def ai_prompt(fields: Fields) -> tuple[str, str] | None:
    """What an AI system was asked for by IPTC's fields of 2025, and the field."""
    asked = clean(next(iter(fields.xmp.get(_PROMPT, [])), None), MAX_CAPTION)
    return (asked, f"XMP {_PROMPT}") if asked else None


_PROMPT = "Iptc4xmpExt:AIPromptInformation"


def _stands(sign: _Sign, entries: list[_Entry]) -> bool:
    return any(sign.at(entry) is not None for entry in entries)


def settings_texts(fields: Fields) -> list[tuple[str, str]]:
    """Every text in which a generator may have left what it was asked for, with its field."""
    return [(entry.place, entry.text) for entry in islice(_entries(fields), MAX_ENTRIES)]


def source_type(fields: Fields) -> tuple[str, str] | None:
    """The last part of the IPTC digital source type, as written, and the field it stands in."""
    for name, values in fields.xmp.items():
        # that of an ingredient is not the picture's
        if "/" not in name and name.lower().endswith(":digitalsourcetype") and values:
            term = raw(values[0].strip().rstrip("/").rpartition("/")[2])
            return term[:100], f"XMP {name}"
    return None


def _evidence(entry: _Entry, at: int) -> str:
    """Where the mark stands, and some of the text from there on."""
    return f"{entry.place}: {raw(entry.text[at : at + 120].strip(', '))}"


def _entries(fields: Fields) -> Iterator[_Entry]:
    """Every text in which a generator may have left its mark, short ones and long ones alike."""
    for keyword, value in fields.texts:
        yield _Entry(f"PNG {raw(keyword)}", keyword, value[:MAX_TEXT])
    exif = fields.exif
    for directory in (exif.detail, exif.main):
        if remark := comment(directory.get(Base.UserComment), exif.little_endian):
            yield _Entry("EXIF UserComment", "parameters", remark[:MAX_TEXT])
    for tag in (Base.ImageDescription, Base.Make, Base.Model, Base.Software, Base.Artist):
        if word := text(exif.main.get(tag)):
            yield _Entry(f"EXIF {tag.name}", tag.name.lower(), word[:MAX_TEXT])
    for value in fields.comments:
        yield _Entry("JPEG comment", "comment", value[:MAX_TEXT])
    for name, values in fields.xmp.items():
        parent, _, field = name.rpartition("/")
        if parent in ("", "xmpMM:History"):  # an ingredient's marks are not the picture's
            for value in values[:50]:
                yield _Entry(f"XMP {raw(field)}", field, value[:MAX_TEXT])
    for name, value in fields.samsung.items():
        yield _Entry(f"Samsung {raw(name)}", f"samsung:{name}", value[:MAX_TEXT])
    for name, value in fields.movie.items():
        yield _Entry(f"{fields.container} {raw(name)}", name, value[:MAX_TEXT])
    for value in fields.iptc.get((2, 110), []):
        yield _Entry("IPTC Credit", "credit", value)
