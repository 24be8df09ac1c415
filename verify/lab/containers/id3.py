"""What an MP3 file says of itself, by its ID3 tag. Source: ID3v2.3.0 and 2.4.0, section 4."""

from __future__ import annotations

from struct import unpack_from

from verify.lab.containers.blocks import Blocks
from verify.lab.containers.movie import keep

_FRAMES = {
    b"TIT2": "title",
    b"TPE1": "artist",
    b"TCOP": "copyright",
    b"TDRC": "day",
    b"TYER": "day",
    b"TENC": "encoder",
    b"TSSE": "encoder",
    b"WOAS": "source",
    b"WOAF": "source",
}
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_CALLED = {"purl": "source", "date": "day"}


def walk(data: bytes, blocks: Blocks) -> None:
    """Fill in `movie`, and XMP, which stands in a private frame."""
    blocks.container = "ID3"
    if data[:3] != b"ID3" or data[3] not in (3, 4):
        return
    at, end = 10, 10 + _whole(data[6:10], safe=True)
    if data[5] & 0x40:  # an extended header, whose size counts itself in 2.4 alone
        at += _whole(data[at : at + 4], safe=data[3] == 4) + (4 if data[3] == 3 else 0)
    while at + 10 <= min(end, len(data)) and data[at]:
        kind = data[at : at + 4]
        size = _whole(data[at + 4 : at + 8], safe=data[3] == 4)
        _frame(kind, data[at + 10 : at + 10 + size], blocks)
        at += 10 + size


def _whole(raw: bytes, *, safe: bool) -> int:
    """A size; `safe` ones have seven bits a byte."""
    number = 0
    for byte in unpack_from("4B", raw):
        number = number << (7 if safe else 8) | byte
    return number


def _frame(kind: bytes, body: bytes, blocks: Blocks) -> None:
    found = blocks.movie
    if kind == b"PRIV" and body.startswith(b"XMP\0"):
        blocks.xmp = blocks.xmp or body[4:]
    elif kind in _FRAMES and kind.startswith(b"W"):
        keep(found, _FRAMES[kind], body)
    elif kind in _FRAMES:
        keep(found, _FRAMES[kind], _decoded(body[:1], body[1:]).encode())
    elif kind in (b"TXXX", b"COMM"):
        words = _decoded(body[:1], body[1:] if kind == b"TXXX" else body[4:])
        name, _, value = words.partition("\0")
        called = "comment" if kind == b"COMM" else name.lower()[:60]
        keep(found, _CALLED.get(called, called), value.lstrip("\ufeff").encode())


def _decoded(encoding: bytes, raw: bytes) -> str:
    number = encoding[0] if encoding else 0
    name = _ENCODINGS[number] if number < len(_ENCODINGS) else "latin-1"
    return raw.decode(name, "replace").rstrip("\0")
