"""IPTC-IIM records, as newspapers have written them since 1991.

Source: IPTC-NAA Information Interchange Model 4.2, chapter 3.
"""

from __future__ import annotations

import re
from struct import unpack_from

from verify.lab.words import decode

MAX_RECORDS = 1000
_UTF8 = b"\x1b%G"

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

_DAY = re.compile("[0-9]{8}")
_CLOCK = re.compile("([0-9]{2})([0-9]{2})([0-9]{2})([+-][0-9]{4})?")

Iptc = dict[tuple[int, int], list[str]]


def read_iptc(block: bytes) -> Iptc:
    """Record and data set number -> decoded values, in order. Stops at the first damage."""
    found: dict[tuple[int, int], list[bytes]] = {}
    at = count = 0
    while at + 5 <= len(block) and block[at] == 0x1C and count < MAX_RECORDS:
        record, dataset, size = unpack_from(">BBH", block, at + 1)
        at += 5
        if size & 0x8000:
            wide = size & 0x7FFF
            if wide > 4:
                break
            size, at = int.from_bytes(block[at : at + wide], "big"), at + wide
        found.setdefault((record, dataset), []).append(block[at : at + size])
        at, count = at + size, count + 1
    utf8 = found.get((1, 90), [b""])[0].startswith(_UTF8)
    return {
        key: [text for value in values if (text := _decode(value, utf8))]
        for key, values in found.items()
    }


def _decode(value: bytes, utf8: bool) -> str | None:
    return value.decode("utf-8", "replace").strip("\0 \r\n") if utf8 else decode(value)


def moment(found: Iptc, day: tuple[int, int], clock: tuple[int, int]) -> str | None:
    """A day (`20230630`) and a time (`185903+0300`) in one spelling; None where one is missing."""
    date = "".join(found.get(day, [])[:1])
    time = "".join(found.get(clock, [])[:1])
    if not (_DAY.fullmatch(date) and (parts := _CLOCK.fullmatch(time))):
        return None
    hours, minutes, seconds, offset = parts.groups("")
    return f"{date[:4]}-{date[4:6]}-{date[6:]}T{hours}:{minutes}:{seconds}{offset}"
