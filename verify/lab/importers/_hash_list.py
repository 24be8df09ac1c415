"""Lists of hashes that others share: CSV with the columns type, value, label, source.

Types: sha256, md5, sha1, pdq, and vpdq, whose value is vPDQ's text: `frame,quality,hash,seconds`,
a frame a line (facebook/ThreatExchange, vpdq). A list yields no posts, so this is no importer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._bounds import SHORT, cleaned
from verify.lab.importers._reasons import MALFORMED
from verify.lab.importers._table import Row, header, plain, rows, value
from verify.records import Sentence, Unread
from verify.records.record import Record

_LENGTHS = {"sha256": 64, "md5": 32, "sha1": 40, "pdq": 64}  # hexadecimal digits
_PADDED = {"pdq"}  # some programs leave out zeros at the beginning
_HEX = re.compile(r"(?:0x)?([0-9a-f]{1,64})", re.IGNORECASE)
_FRAME = re.compile(
    r"\s*(\d{1,9})\s*,\s*(\d{1,3})\s*,\s*([0-9a-f]{1,64})\s*,\s*(\d{1,7}(?:\.\d{1,9})?)\s*",
    re.IGNORECASE,
)
_MOST_FRAMES = 10_000


class ListedFrame(Record, frozen=True):
    """A frame of a film. quality: 0 to 100, as PDQ gives it; pdq: 64 hexadecimal digits."""

    number: int
    quality: int
    pdq: str
    seconds: float


class ListedHash(Record, frozen=True):
    """A hash that somebody listed. kind: sha256, md5, sha1, pdq or vpdq.

    digits: small hexadecimal ones, of a PDQ padded to 64; "" for vpdq, which has frames.
    """

    kind: str
    digits: str = ""
    label: str = ""
    source: str = ""
    frames: tuple[ListedFrame, ...] = ()


def recognises(source: Source) -> bool:
    """By its columns, and that the first row has a hash."""
    if not source.name.lower().endswith((".csv", ".tsv")):
        return False
    head = header(source.content)
    if head is None or not {"type", "value"} <= set(head.columns):
        return False
    return isinstance(next(read(source), None), ListedHash)


def read(source: Source) -> Iterator[ListedHash | Unread]:
    """Its rows in their order."""
    head = header(source.content)
    for number, row in rows(source.content, head) if head else ():
        found = row if isinstance(row, Sentence) else _listed(row) or MALFORMED
        if isinstance(found, Sentence):
            yield Unread(what=f"{source.name}:{number}"[:300], why=found)
        else:
            yield found


def _listed(row: Row) -> ListedHash | None:
    kind, written = plain(value(row, "type")).replace(" ", ""), value(row, "value")
    words = cleaned(value(row, "label"), SHORT), cleaned(value(row, "source"), SHORT)
    if kind == "vpdq":
        frames = tuple(_frames(written))
        return ListedHash(kind, "", *words, frames) if frames else None
    digits = _digits(written, kind)
    return ListedHash(kind, digits, *words) if digits else None


def _digits(written: str, kind: str) -> str:
    found, length = _HEX.fullmatch(written), _LENGTHS.get(kind, 0)
    if found is None or (len(found[1]) != length and kind not in _PADDED):
        return ""
    return found[1].lower().zfill(length)


def _frames(written: str) -> Iterator[ListedFrame]:
    """What can be read of them."""
    for line in re.split(r"[\n;]", written)[:_MOST_FRAMES]:
        found = _FRAME.fullmatch(line)
        if found and int(found[2]) <= 100:
            digits = found[3].lower().zfill(64)
            yield ListedFrame(int(found[1]), int(found[2]), digits, float(found[4]))
