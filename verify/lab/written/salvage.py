"""EXIF directories that are damaged, read entry by entry as far as each of them goes.

Pillow leaves a directory at the first entry that points out of the file, and one with a wrong
mark altogether; the entries beside it are whole. Sources: TIFF 6.0, section 2; BigTIFF (Aware
Systems, "The BigTIFF File Format Proposal").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack, unpack_from

MAX_ENTRIES = 500
MAX_VALUE = 64 << 10
MAX_PACKET = 4 << 20

_BIG = 43
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4, 16: 8}
_NUMBERS = {1: "B", 3: "H", 4: "I", 8: "h", 9: "i", 13: "I", 16: "Q"}

Value = bytes | str | float | int | tuple[float, ...]


@dataclass(frozen=True)
class _Layout:
    """How directories stand in a block. order: of bytes, for struct; wide: BigTIFF's 64 bits."""

    order: str
    wide: bool

    @property
    def count(self) -> tuple[str, int]:
        """The form of the number of entries, and its size in bytes."""
        return self.order + ("Q" if self.wide else "H"), 8 if self.wide else 2

    @property
    def entry(self) -> tuple[str, int]:
        """The form of an entry's tag, type and count of values, and the size of an entry."""
        return self.order + ("HHQ" if self.wide else "HHI"), 20 if self.wide else 12

    @property
    def offset(self) -> tuple[str, int]:
        """The form of an offset, and its size, up to which values stand in the entry itself."""
        return self.order + ("Q" if self.wide else "I"), 8 if self.wide else 4


def _layout(block: bytes) -> _Layout | None:
    if block[:2] not in (b"II", b"MM") or len(block) < 16:
        return None
    order = "<" if block[:2] == b"II" else ">"
    return _Layout(order, unpack_from(order + "H", block, 2)[0] == _BIG)


def first_directory(block: bytes) -> int:
    """Where the first directory stands; 0 when the block has no byte order mark."""
    layout = _layout(block)
    if not layout:
        return 0
    return int(unpack_from(layout.offset[0], block, 8 if layout.wide else 4)[0])


def salvage(block: bytes, at: int) -> dict[int, Value]:
    """Tag number -> value of each entry that lies within the block. Never raises.

    Texts are Latin-1, as Pillow hands them on; several numbers are a tuple, fractions floats.
    """
    found: dict[int, Value] = {}
    for tag, kind, body in _bodies(block, at, limit=MAX_VALUE):
        found.setdefault(tag, _value(body, kind, "<" if block[:2] == b"II" else ">"))
    return found


def body_of(block: bytes, at: int, tag: int) -> bytes:
    """The bytes of one entry as they stand in the file, whatever type they are said to have.

    Photoshop, GIMP and ImageMagick write IPTC as whole numbers of four bytes, and it is none.
    """
    bodies = _bodies(block, at, limit=MAX_PACKET)
    return next((body for found, _, body in bodies if found == tag), b"")


def tags(block: bytes, at: int) -> frozenset[int]:
    """The tag numbers that a directory lists, also where a value lies outside the block."""
    layout = _layout(block)
    if not layout:
        return frozenset()
    form = layout.order + "H"
    return frozenset(unpack_from(form, block, place)[0] for place in _places(block, at, layout))


def next_directory(block: bytes, at: int) -> int:
    """Where the directory behind this one stands; 0 when it is the last."""
    layout = _layout(block)
    if not layout or not 8 <= at <= len(block) - layout.count[1]:
        return 0
    count = unpack_from(layout.count[0], block, at)[0]
    place = at + layout.count[1] + count * layout.entry[1]
    if place + layout.offset[1] > len(block):
        return 0
    return int(unpack_from(layout.offset[0], block, place)[0])


def _places(block: bytes, at: int, layout: _Layout) -> range:
    """Where each entry of a directory stands, as far as they lie within the block."""
    start, size = at + layout.count[1], layout.entry[1]
    if not 8 <= at <= len(block) - layout.count[1]:
        return range(0)
    count = min(unpack_from(layout.count[0], block, at)[0], MAX_ENTRIES)
    return range(start, min(start + size * count, len(block) - size + 1), size)


def _bodies(block: bytes, at: int, *, limit: int) -> Iterator[tuple[int, int, bytes]]:
    """Tag, type and bytes of each entry that lies within the block."""
    layout = _layout(block)
    if not layout:
        return
    form, width = layout.offset
    for place in _places(block, at, layout):
        tag, kind, number = unpack_from(layout.entry[0], block, place)
        size = _SIZES.get(kind, 0) * number
        if not 0 < size <= limit:
            continue
        inline = place + layout.entry[1] - width
        start = inline if size <= width else unpack_from(form, block, inline)[0]
        body = block[start : start + size]
        if len(body) == size:
            yield tag, kind, body


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
