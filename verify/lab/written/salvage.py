"""EXIF directories that are damaged, read entry by entry as far as each of them goes.

Pillow leaves a directory at the first entry that points out of the file, and one with a wrong
mark altogether; the entries beside it are whole. Source: TIFF 6.0, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack, unpack_from

MAX_ENTRIES = 500
MAX_VALUE = 64 << 10

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
_NUMBERS = {1: "B", 3: "H", 4: "I", 9: "i"}

Value = bytes | str | float | int | tuple[float, ...]


def first_directory(block: bytes) -> int:
    """Where the first directory stands; 0 when the block has no byte order mark."""
    if block[:2] not in (b"II", b"MM") or len(block) < 8:
        return 0
    return int(unpack_from(_order(block) + "I", block, 4)[0])


def salvage(block: bytes, at: int) -> dict[int, Value]:
    """Tag number -> value of each entry that lies within the block. Never raises.

    Texts are Latin-1, as Pillow hands them on; several numbers are a tuple, fractions floats.
    """
    if not 8 <= at <= len(block) - 2 or block[:2] not in (b"II", b"MM"):
        return {}
    found: dict[int, Value] = {}
    for tag, value in _entries(block, at):
        found.setdefault(tag, value)
    return found


def tags(block: bytes, at: int) -> frozenset[int]:
    """The tag numbers that a directory lists, also where a value lies outside the block."""
    if not 8 <= at <= len(block) - 2 or block[:2] not in (b"II", b"MM"):
        return frozenset()
    order = _order(block)
    count = min(unpack_from(order + "H", block, at)[0], MAX_ENTRIES)
    places = range(at + 2, min(at + 2 + 12 * count, len(block) - 11), 12)
    return frozenset(unpack_from(order + "H", block, place)[0] for place in places)


def _order(block: bytes) -> str:
    return "<" if block[:2] == b"II" else ">"


def _entries(block: bytes, at: int) -> Iterator[tuple[int, Value]]:
    order = _order(block)
    count = min(unpack_from(order + "H", block, at)[0], MAX_ENTRIES)
    for place in range(at + 2, min(at + 2 + 12 * count, len(block) - 11), 12):
        tag, kind, number = unpack_from(order + "HHI", block, place)
        size = _SIZES.get(kind, 0) * number
        if not 0 < size <= MAX_VALUE:
            continue
        start = place + 8 if size <= 4 else unpack_from(order + "I", block, place + 8)[0]
        body = block[start : start + size]
        if len(body) == size:
            yield tag, _value(body, kind, order)


def _value(body: bytes, kind: int, order: str) -> Value:
    if kind == 2:
        return body.decode("latin-1")
    if kind in (1, 7):
        return body
    if kind in (5, 10):
        parts = unpack(f"{order}{len(body) // 4}{'I' if kind == 5 else 'i'}", body)
        values = tuple(
            above / below if below else float("nan")
            for above, below in zip(parts[::2], parts[1::2], strict=True)
        )
    else:
        values = unpack(f"{order}{len(body) // _SIZES[kind]}{_NUMBERS[kind]}", body)
    return values[0] if len(values) == 1 else values
