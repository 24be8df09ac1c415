"""IPTC-IIM records, as newspapers have written them since 1991.

Source: IPTC-NAA Information Interchange Model 4.2, chapter 3.
"""

from __future__ import annotations

from struct import unpack_from

from verify.lab.words import decode

MAX_RECORDS = 1000
_UTF8 = b"\x1b%G"

CAPTION, BYLINE = (2, 120), (2, 80)
DATE_CREATED, TIME_CREATED = (2, 55), (2, 60)
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
