"""TIFF, and the camera originals that are built on it. Source: TIFF 6.0, section 2."""

from __future__ import annotations

from verify.lab.containers import jpeg, movie, raws
from verify.lab.containers.blocks import Blocks
from verify.lab.written.salvage import first_directory, next_directory, salvage

_SUBTYPE, _REDUCED = 254, 1
_MOST_PAGES = 1000


def walk(data: bytes, blocks: Blocks) -> None:
    """A TIFF file is itself what EXIF blocks are made of. Count the pages, but for thumbnails."""
    blocks.exif = data
    pages, seen, at = 0, set[int](), first_directory(data)
    while at not in seen and 8 <= at < len(data) and len(seen) < _MOST_PAGES:
        seen.add(at)
        kind = salvage(data, at).get(_SUBTYPE, 0)
        pages += not (isinstance(kind, int) and kind & _REDUCED)
        at = next_directory(data, at)
    blocks.pictures = max(1, pages)


def walk_original(data: bytes, blocks: Blocks) -> None:
    """A camera original, which holds one picture and its previews."""
    blocks.exif = data


def walk_canon(data: bytes, blocks: Blocks) -> None:
    """Canon's CR3: its EXIF stands in blocks of its own, the times in a film's header."""
    movie.walk(data, blocks)
    blocks.end = None
    blocks.canon = raws.canon_blocks(data)
    blocks.exif = blocks.canon.get("CMT1", b"")


def walk_fuji(data: bytes, blocks: Blocks) -> None:
    """Fujifilm's RAF: its EXIF is that of the preview."""
    jpeg.walk(raws.preview(data, "image/x-fuji-raf"), blocks)
    blocks.end = None
