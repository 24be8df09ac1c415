"""The file of a WhatsApp message, or that it was left out, apart from its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.lab.importers._whatsapp_words import ATTACHED, EDITED, KIND_OF, MARKS, plain
from verify.records import Attachment

IN_PARENTHESES = re.compile(r"(.{1,300}) \(([^()\n]{3,40})\)")
_MARK = re.compile(MARKS)
_IN_BRACKETS = re.compile(r"<([^<>\n]{3,400})>\s*$")
_RUNNING = re.compile(r"^\d{8}-")
_EDITED = re.compile(rf"\s*{MARKS}*<([^<>\n]{{5,60}})>\s*$")
_PERSIAN = re.compile(r"فایل پیوست شد (.{1,300})")


def taken_apart(said: str, beside: frozenset[str]) -> tuple[tuple[Attachment, ...], str]:
    """The file of a message, or that it was left out; and the words without it."""
    said = _without_edit(said)
    first, _, more = said.partition("\n")
    line = _MARK.sub("", first).strip()
    attachment, words = _attached(line, beside) or _left_out(first, line) or (None, None)
    if attachment is None:
        return (), _MARK.sub("", said) if said.strip().startswith("<") else said.strip(
            "\u200e\u200f "
        )
    return (attachment,), "\n".join(part for part in (words, more.strip()) if part)


def _without_edit(said: str) -> str:
    found = _EDITED.search(said[-80:])
    if found and plain(found[1]).rstrip(".") in EDITED:
        return said[: len(said) - len(found[0])]
    return said


def _attached(line: str, beside: frozenset[str]) -> tuple[Attachment, str] | None:
    """A file that lies beside the chat, in any language, or one that known words call attached."""
    for named, said, words in _named(line):
        if named in beside:
            return Attachment(path=named, kind=_kind(named)), words
        if plain(said) in ATTACHED:
            return Attachment(missing=named, kind=_kind(named)), words
    return None


def _named(line: str) -> Iterator[tuple[str, str, str]]:
    """What may be a file's name, what stands beside it, and the words around both."""
    if found := _IN_BRACKETS.search(line):
        before = line[: found.start()].strip()
        word, colon, named = found[1].partition(":")
        if colon:
            yield named.strip(), word, before
        named, _, word = found[1].rpartition(" ")
        yield named.strip(), word, before
    if found := IN_PARENTHESES.fullmatch(line):
        yield found[1].strip(), found[2], ""
    if found := _PERSIAN.fullmatch(line):
        yield found[1].strip(), "پیوست شد", ""
    yield line, "", ""


def _left_out(first: str, line: str) -> tuple[Attachment, str] | None:
    """`<Media omitted>`, `image omitted`, or `Report.pdf • 2 pages document omitted`."""
    words = plain(line).removesuffix(".")
    kind = KIND_OF.get(words.removeprefix("<").removesuffix(">").strip(" ."))
    if kind is not None:
        return Attachment(missing=line, kind=kind), ""
    before, last = first[: (at := _last_mark(first))], first[at + 1 :]
    kind = KIND_OF.get(plain(last).strip(" ."))
    if at >= 0 and kind is not None:
        return Attachment(missing=last.strip(), kind=kind), _MARK.sub("", before).strip()
    return None


def _last_mark(text: str) -> int:
    """Where WhatsApp's own words begin: it puts a mark of direction before them."""
    return max(text.rfind("\u200e"), text.rfind("\u200f"))


def _kind(named: str) -> str:
    """By the names that WhatsApp gives its files."""
    stem = _RUNNING.sub("", named).upper()
    for begins, kind in _PREFIXES.items():
        if stem.startswith(begins):
            return kind
    return ""


_PREFIXES = {
    "IMG-": "photo",
    "PHOTO-": "photo",
    "VID-": "video",
    "VIDEO-": "video",
    "PTT-": "audio",
    "AUD-": "audio",
    "AUDIO-": "audio",
    "STK-": "sticker",
    "STICKER-": "sticker",
    "GIF-": "gif",
    "DOC-": "document",
}
