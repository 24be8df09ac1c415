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
from itertools import islice

from PIL.ExifTags import Base

from verify.lab.words import raw
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
class _Mark:
    """A generator, the keyword it must stand under, and what must be found in the text."""

    name: str
    keyword: re.Pattern[str]
    text: re.Pattern[str]


def _mark(name: str, keyword: str = "", text: str = "") -> _Mark:
    flags = re.IGNORECASE
    return _Mark(name, re.compile(f"(?:{keyword or '.*'})$", flags), re.compile(text))


_VERSION = r"(?:^|[,\n]) {0,3}Version: "
_GRAPH = r'^[^{]{0,12}\{.*"(?:class_type|nodes|last_node_id|inputs)\\?"'

# The settings line that the WebUI and all that descend from it write, and what tells them apart.
_SETTINGS = re.compile(r"\bSteps: \d{1,9}, (?=.{0,300}\b(?:Sampler: |App: ))")
_WEBUI = "Stable Diffusion WebUI"
_DESCENDANTS = (
    ("SD.Next", re.compile(r"\bApp: ?SD\.Next")),
    (f"{_WEBUI} reForge", re.compile(rf"{_VERSION}f\d+(?:\.\d+)+(?:v\d+)?-v")),
    (f"{_WEBUI} Forge", re.compile(rf"{_VERSION}(?:f\d|classic|neo)")),
    (f"{_WEBUI} (AUTOMATIC1111)", re.compile("Sampler: ")),
)

# In this order: a program that builds on another also leaves that one's marks.
_MARKS = (
    _mark("SwarmUI", text=r"sui_image_params|\"swarm_version\""),
    _mark("NovelAI", "software|title", r"^NovelAI"),
    _mark("NovelAI", text=r'^\{.*"(?:v4_prompt|noise_schedule|uncond_scale)\\?"'),
    _mark("InvokeAI", r"invokeai_metadata|invokeai_graph|invokeai_workflow|dream"),
    _mark("InvokeAI", text=r"invoke-ai/InvokeAI|\"invokeai_metadata\""),
    _mark("Stability Matrix", "smproj"),
    _mark("Tensor.Art", "generation_data", r"^\s*\{"),
    _mark("Easy Diffusion", "use_stable_diffusion_model"),
    _mark("Easy Diffusion", text=r'"use_stable_diffusion_model"'),
    _mark("Draw Things", "xmp:CreatorTool|software", r"^Draw Things"),
    _mark("RuinedFooocus", text=r'"software":\s*"RuinedFooocus"'),
    _mark("Fooocus", "fooocus_scheme"),
    _mark("Fooocus", text=rf"{_VERSION}Fooocus"),
    _mark("Fooocus", text=r'^\{.*"base_model"'),
    _mark("Civitai", text=r'"extraMetadata\\?"|"civitai:|\bCivitai resources: '),
    _mark("ComfyUI", text=rf"{_VERSION}ComfyUI"),
    _mark("ComfyUI", "prompt|workflow", _GRAPH),
    _mark("ComfyUI", text=r"^(?:workflow|Workflow|prompt|Prompt): ?\{"),
    _mark("ComfyUI", text=r'^\{\s*"(?:prompt|workflow)".*"(?:class_type|nodes)\\?"'),
    _mark("Hugging Face Space", "parameters", r'^\{(?=.*"Model")(?=.*"resolution")'),
    _mark("Midjourney", text=r"\bJob ID: [0-9a-f]{8}-[0-9a-f]{4}-"),
    _mark("Midjourney", "software|xmp:CreatorTool|photoshop:Credit|author", r"(?i)^midjourney"),
    _mark("Google AI", "photoshop:Credit|credit", r"^(?:Made|Edited) with Google AI"),
    _mark("Meta AI", "photoshop:Credit|credit", r"^(?:Imagined|Made|Edited) with (?:Meta )?AI"),
    _mark("Adobe Firefly", "software|xmp:CreatorTool|stEvt:softwareAgent", r"Adobe Firefly"),
    _mark("DALL-E", "software|xmp:CreatorTool|stEvt:softwareAgent", r"(?i)DALL[-·\s]?E\b|ChatGPT"),
)


def read_generator(fields: Fields) -> Generator | None:
    """The generator that the file itself names, with the field that names it.

    A digital source type of trained media without any program's mark gives a generator
    named `not named`. None proves nothing.
    """
    entries = list(islice(_entries(fields), MAX_ENTRIES))
    for mark in _MARKS:
        for entry in entries:
            if mark.keyword.match(entry.keyword) and (found := mark.text.search(entry.text)):
                return Generator(name=mark.name, evidence=_evidence(entry, found.start()))
    for entry in entries:
        if found := _SETTINGS.search(entry.text):
            settings = entry.text[found.start() : found.start() + 8000]
            for name, sign in _DESCENDANTS:
                if sign.search(settings):
                    return Generator(name=name, evidence=_evidence(entry, found.start()))
    declared = source_type(fields)
    if declared and declared[0].lower() in GENERATED:
        return Generator(name=UNNAMED, evidence=f"{declared[1]}: {declared[0]}")
    return None


def settings_texts(fields: Fields) -> list[tuple[str, str]]:
    """Every text in which a generator may have left what it was asked for, with its field."""
    return [(entry.place, entry.text) for entry in islice(_entries(fields), MAX_ENTRIES)]


def source_type(fields: Fields) -> tuple[str, str] | None:
    """The last part of the IPTC digital source type, as written, and the field it stands in."""
    for name, values in fields.xmp.items():
        if name.lower().endswith(":digitalsourcetype") and values:
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
        for value in values[:50]:
            yield _Entry(f"XMP {raw(name)}", name, value[:MAX_TEXT])
    for value in fields.iptc.get((2, 110), []):
        yield _Entry("IPTC Credit", "credit", value)
