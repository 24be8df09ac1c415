"""Lists of hashes that others share, as CSV.

A row a hash: columns type, value, label, source, or as ThreatExchange and others call them. Types:
sha256, md5, sha1, pdq (`HASH_PDQ` there), and vpdq, whose value is vPDQ's text:
`frame,quality,hash,seconds`, a frame a line (facebook/ThreatExchange, vpdq). Or a column for each
kind of hash, the first among them (NSRL: "SHA-1","MD5", ...).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._bounds import SHORT, cleaned
from verify.lab.importers._reasons import MALFORMED
from verify.lab.importers._table import LINE, Header, Row, header, plain, rows, value
from verify.records import ListedFrame, ListedHash, Sentence, Unread

NAME = "Hash list"
_LENGTHS = {"sha256": 64, "md5": 32, "sha1": 40, "pdq": 64}  # hexadecimal digits
_KINDS = (*_LENGTHS, "vpdq")
_TYPE = ("type", "hash type", "signal type", "indicator type", "algorithm")
_VALUE = ("value", "hash", "hash value", "signal", "signal value", "indicator", "raw indicator")
_LABEL = ("label", "labels", "tags", "classification", "category", "description")
_SOURCE = ("source", "owner", "privacy group")
_BEFORE = re.compile(r"^(?:hash|video|image|photo)+")  # HASH_VIDEO_MD5
_BETWEEN = re.compile(r"[\s:\-]+")
_PADDED = {"pdq"}  # some programs leave out zeros at the beginning
_HEX = re.compile(r"(?:0x)?([0-9a-f]{1,64})", re.IGNORECASE)
_FRAME = re.compile(
    r"\s*(\d{1,9})\s*,\s*(\d{1,3})\s*,\s*([0-9a-f]{1,64})\s*,\s*(\d{1,7}(?:\.\d{1,9})?)\s*",
    re.IGNORECASE,
)
_MOST_FRAMES = 10_000


def recognises(source: Source) -> bool:
    """By its columns, and that one of the first rows has a hash."""
    if not source.name.lower().endswith((".csv", ".tsv")):
        return False
    head = header(source.content)
    if head is None or not (_long(head) or _wide(head)):
        return False
    first = (one for one, _ in zip(read(source), range(20), strict=False))
    return any(isinstance(one, ListedHash) for one in first)


def read(source: Source) -> Iterator[ListedHash | Unread]:
    """Its hashes in their order."""
    head = header(source.content)
    if head is None:
        return
    listed = _of_row if _long(head) else _of_columns
    for number, row in rows(source.content, head, LINE):  # a film's hashes are one value
        found = [] if isinstance(row, Sentence) else [*listed(row)]
        yield from found
        if not found:
            why = row if isinstance(row, Sentence) else MALFORMED
            yield Unread(what=f"{source.name}:{number}"[:300], why=why)


def _long(head: Header) -> bool:
    """Whether each row says of which kind its hash is."""
    return not {*_TYPE}.isdisjoint(head.columns) and not {*_VALUE}.isdisjoint(head.columns)


def _wide(head: Header) -> bool:
    """Whether the columns say so."""
    return bool(head.columns) and _kind(head.columns[0]) in _LENGTHS


def _kind(written: str) -> str:
    kind = plain(written).replace(" ", "")
    return kind if kind in _KINDS else _BEFORE.sub("", kind)


def _of_row(row: Row) -> Iterator[ListedHash]:
    found = _listed(_kind(value(row, *_TYPE)), value(row, *_VALUE), row)
    if found:
        yield found


def _of_columns(row: Row) -> Iterator[ListedHash]:
    for column, written in row.items():
        if (kind := _kind(column)) in _LENGTHS and (found := _listed(kind, written, row)):
            yield found


def _listed(kind: str, written: str, row: Row) -> ListedHash | None:
    words = cleaned(value(row, *_LABEL), SHORT), cleaned(value(row, *_SOURCE), SHORT)
    if kind == "vpdq":
        frames = tuple(_frames(written))
        return ListedHash(kind, "", *words, frames) if frames else None
    digits = _digits(written, kind)
    return ListedHash(kind, digits, *words) if digits else None


def _digits(written: str, kind: str) -> str:
    found, length = _HEX.fullmatch(_BETWEEN.sub("", written)), _LENGTHS.get(kind, 0)
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
