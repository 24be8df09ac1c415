"""IPTC-IIM records, as newspapers have written them since 1991.

Sources: IPTC-NAA Information Interchange Model 4.2, chapter 3; ISO 2022 and its register of sets
for the letters that 1:90 declares.
"""

from __future__ import annotations

import re
from struct import unpack_from

from verify.lab.letters import PAIRS, PARTS, encoding_of

MAX_RECORDS = 1000

CAPTION, BYLINE = (2, 120), (2, 80)
DATE_CREATED, TIME_CREATED = (2, 55), (2, 60)
DIGITISED_DATE, DIGITISED_TIME = (2, 62), (2, 63)
PROGRAM, PROGRAM_VERSION = (2, 65), (2, 70)
INSTRUCTIONS, KEYWORD = (2, 40), (2, 25)
TITLE, HEADLINE, CREDIT, SOURCE, COPYRIGHT, CONTACT = (
    (2, 5),
    (2, 105),
    (2, 110),
    (2, 115),
    (2, 116),
    (2, 118),
)
CITY, REGION, COUNTRY = (2, 90), (2, 95), (2, 101)
SPOT, COUNTRY_CODE = (2, 92), (2, 100)
CATEGORY, JOB, POSITION, WRITER = (2, 15), (2, 103), (2, 85), (2, 122)

_VERSION = (2, 0)  # two bytes, no letters
_ESCAPE = re.compile(rb"\x1b(?:[-./]([A-Za-z_])|(\$[()*+]?[ABC])|(%[G/])|([()*+][AB]))")


class Iptc(dict[tuple[int, int], list[str]]):
    """Record and data set number -> decoded values, in order.

    guessed: Python's name of the encoding, where the file declares none and it is not UTF-8.
    damaged: the records end before their last byte.
    """

    def __init__(self, values: dict[tuple[int, int], list[str]] | None = None) -> None:
        super().__init__(values or {})
        self.guessed: str | None = None
        self.damaged = False


def read_iptc(block: bytes) -> Iptc:
    """Read the records as far as they go. Never raises."""
    raw: dict[tuple[int, int], list[bytes]] = {}
    at = count = 0
    while at + 5 <= len(block) and block[at] == 0x1C and count < MAX_RECORDS:
        record, dataset, size = unpack_from(">BBH", block, at + 1)
        at += 5
        if size & 0x8000:
            wide = size & 0x7FFF
            if wide > 4:
                break
            size, at = int.from_bytes(block[at : at + wide], "big"), at + wide
        raw.setdefault((record, dataset), []).append(block[at : at + size])
        at, count = at + size, count + 1
    found = Iptc()
    found.damaged = bool(block[at:].strip(b"\0 ")) or at > len(block)
    words = b"\n".join(
        value for key, values in raw.items() if key[0] == 2 and key != _VERSION for value in values
    )
    encoding = _declared(raw.get((1, 90), [b""])[0])
    if encoding is None or not _fits(words, encoding):
        encoding = found.guessed = encoding_of(words)
    for key, values in raw.items():
        decoded = (value.decode(encoding or "utf-8", "replace") for value in values)
        found[key] = [text for value in decoded if (text := value.strip("\0 \r\n\t"))]
    return found


def _declared(mark: bytes) -> str | None:
    """The encoding that 1:90 declares by ISO 2022's escapes; None where it declares none known."""
    encoding = None
    for part, pair, utf8, _ in _ESCAPE.findall(mark[:40]):
        if utf8:
            return "utf-8"
        if part or pair:
            encoding = PARTS.get(part) if part else PAIRS.get(pair[-1:])
    return encoding


def _fits(words: bytes, encoding: str) -> bool:
    try:
        words.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def moment(found: Iptc, day: tuple[int, int], clock: tuple[int, int]) -> str | None:
    """A day (`20230630`) with its time (`185903+0300`) where there is one; None without a day."""
    date, time = ("".join(found.get(key, [])[:1]).strip() for key in (day, clock))
    return f"{date}T{time}" if date and time else date or None
