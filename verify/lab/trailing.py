"""What follows the end of the picture: padding, further pictures, films, data of a maker, files.

Sources: CIPA DC-007 (several pictures); Android's "Motion Photo format 1.0" and "Ultra HDR image
format 1.1"; PKWARE APPNOTE 6.3.10; ExifTool's lists of the makers' trailers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from verify.formats import PICTURES, UNKNOWN
from verify.lab.containers import movie, read_blocks, samsung
from verify.lab.containers.blocks import Blocks, boxes
from verify.lab.sniffing import sniff
from verify.records import Part, Trailing

ARCHIVES = ("application/zip", "application/vnd.rar", "application/x-7z-compressed")
SAMSUNG = "Samsung"
MAX_PARTS = 32

_CONTENT = re.compile(rb"[^\0\xff\r\n ]|\xff\xd8\xff")
_FILM_WITHIN = 8  # the size of a box may look like padding
_BOX = re.compile(rb"[A-Za-z0-9\xa9_ -]{4}")
_FILM = re.compile(rb"ftyp|moov|mdat|wide|free|skip|pnot")
_CUT = (b"mdat", b"moov", b"moof", b"free")
_START = re.compile(
    rb"\xff\xd8\xff[\xdb\xe0-\xef]|PK\x03\x04|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-\d|\x7fELF"
    rb"|\0[\0-\x02]..ftyp[A-Za-z0-9]{3}",
    re.DOTALL,
)
_GAIN_MAP = re.compile(rb"ns\.adobe\.com/hdr-gain-map|aux:hdrgainmap|iso:ts:21496:-1")
_ANNOUNCED = re.compile(rb"Semantic\s*(?:=\s*[\"']|>)\s*GainMap")
_SAMSUNGS_BOX = b"sefd"
_GAIN_MAP_WITHIN = 128 << 10
_ZIP_END = b"PK\5\6"
_MAKERS = (
    (re.compile(rb"cbipcbbl\Z"), "Photo Mechanic"),
    (re.compile(rb"\ACANON OPTIONAL DATA\0"), "Canon"),
    (re.compile(rb"\Avivo\{"), "vivo"),
    (re.compile(rb"LIVE_\d{1,12}\s*\Z"), "Huawei"),
)


def read_trailing(data: bytes, blocks: Blocks) -> Trailing:
    """How many bytes stand there and what they look like; nothing where it is padding alone.

    The further pictures that a file announces belong to it. Of several kinds that is told which
    has the least business there.
    """
    end = len(data) if blocks.end is None else blocks.end
    parts = [part for part in read_parts(data, blocks) if part.at >= end]
    others = [part.kind for part in parts if not part.belongs]
    if not others:
        return Trailing()
    announced = sum(part.size for part in parts if part.belongs)
    return Trailing(bytes=len(data) - end - announced, kind=max(others, key=is_odd))


def is_odd(kind: str) -> bool:
    """Whether no honest program puts such a file behind a picture."""
    return kind in ARCHIVES or kind in ("application/x-executable", "application/pdf")


def read_parts(data: bytes, blocks: Blocks) -> tuple[Part, ...]:
    """What stands behind the picture or in a box beside it, in the order of the file."""
    found = [_part(data, start, stop) for start, stop in blocks.films]
    if blocks.end is not None:
        named = list(samsung.parts(data, blocks.end))
        stop = len(data)
        if named:
            name, start, _ = named[0]
            stop = start - len(name) - samsung.HEAD
        elif data.endswith(samsung.END):
            stop = max(blocks.end, data.rfind(samsung.DIRECTORY))
            named = [("", stop, len(data))]
        start = blocks.end
        if data[start + 4 : start + 8] == _SAMSUNGS_BOX:
            start += 8
        found += islice(_parts(data, start, stop, announced=blocks.pictures > 1), MAX_PARTS)
        found = _with_gain_map(found, blocks.xmp)
        found += [_part(data, start, end, SAMSUNG, name) for name, start, end in named]
    return tuple(sorted(found, key=lambda part: part.at)[:MAX_PARTS])


def _with_gain_map(parts: list[Part], packet: bytes) -> list[Part]:
    """The first picture is the gain map that the packet announces, where none says so itself."""
    if not _ANNOUNCED.search(packet) or any(part.gain_map for part in parts):
        return parts
    first = next((at for at, part in enumerate(parts) if part.kind == "image/jpeg"), None)
    if first is not None:
        parts[first] = replace(parts[first], gain_map=True, belongs=True)
    return parts


def _parts(data: bytes, at: int, stop: int, *, announced: bool) -> Iterator[Part]:
    while (at := _past_padding(data, at, stop)) < stop:
        part = _part(data, at, _end(data, at, stop), announced=announced)
        yield part
        at += part.size


def _past_padding(data: bytes, at: int, stop: int) -> int:
    content = _CONTENT.search(data, at, stop)
    first = content.start() if content else stop
    found = _FILM.search(data, first, min(first + _FILM_WITHIN, stop))
    film = found.start() - 4 if found else -1
    return film if at <= film < first else first


def _end(data: bytes, at: int, stop: int) -> int:
    """Where what begins here ends: by its own structure, or where something else begins."""
    kind = sniff(data[at:stop])
    if kind.startswith(("video/", "audio/")) and _FILM.match(data, at + 4):
        return _film_end(data, at, stop)
    if kind in PICTURES:
        end = read_blocks(data[at:stop], kind).end
        return at + end if end else stop
    if kind == "application/zip":
        last = data.rfind(_ZIP_END, at, stop)
        comment = int.from_bytes(data[last + 20 : last + 22], "little")
        return min(last + 22 + comment, stop) if last >= 0 else stop
    if kind == "application/pdf":
        last = data.rfind(b"%%EOF", at, stop)
        return last + 5 if last >= 0 else stop
    if kind not in (UNKNOWN, "text/plain"):
        return stop
    following = _START.search(data, at + 1, stop)
    return following.start() if following else stop


def _film_end(data: bytes, at: int, stop: int) -> int:
    """Behind its last box; where that is cut off, nothing follows."""
    end = at
    for kind, _, last in boxes(data, at, stop):
        if not _BOX.fullmatch(kind) or (kind == b"ftyp" and end > at):
            break
        end = last
    return stop if data[end + 4 : end + 8] in _CUT else end


def _part(
    data: bytes, at: int, end: int, maker: str = "", name: str = "", *, announced: bool = False
) -> Part:
    content = data[at:end]
    kind = sniff(content)
    if kind in (UNKNOWN, "text/plain"):
        known = (maker for mark, maker in _MAKERS if mark.search(content))
        return Part(kind, at, end - at, maker=maker or next(known, ""), name=name)
    gain_map = kind == "image/jpeg" and bool(_GAIN_MAP.search(content[:_GAIN_MAP_WITHIN]))
    film = kind.startswith("video/")
    return Part(
        kind,
        at,
        end - at,
        seconds=movie.seconds(data, at, end) if film else None,
        maker=maker,
        name=name,
        gain_map=gain_map,
        belongs=not maker and (gain_map or (announced and kind in PICTURES)),
    )
