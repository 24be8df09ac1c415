"""Pictures that move (GIF, WebP, PNG, AVIF): the frames that show something else than the first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from PIL import Image

from verify.lab.decoding import Undecodable, decode_picture, open_picture
from verify.lab.hashing import pdq

MOVING = frozenset({"image/gif", "image/webp", "image/png", "image/avif"})
_DESCRIBED = 8  # frames beside the first, at most
_LEAST_QUALITY = 20  # of PDQ
_LOOKED_AT = 32  # frames, evenly spread over all
_ALIKE = 31  # bits of PDQ: a nearer frame is found by the other's hash
_MOST_DECODED = 200_000_000  # pixels of all frames together
_SIDE = 1024  # pixels
_LATEST = 1 << 31  # milliseconds


@dataclass(frozen=True)
class Frame:
    """One frame: when it appears, from the beginning, and what it shows, RGB."""

    at_ms: int
    picture: Image.Image


def frames(data: bytes, media_type: str, first: Image.Image) -> list[Frame]:
    """The frames that differ most from the first and from each other, in their order.

    first: the first one, RGB. None where nothing moves.
    """
    return differing(first, list(_spread(data, media_type)), _DESCRIBED)


def differing(first: Image.Image, left: list[Frame], most: int) -> list[Frame]:
    """Those that differ most from the first and from each other, at most `most`, in their order.

    Plain ones, as between two shots, show nothing by which they could be found.
    """
    if not left:
        return []
    kept: list[Frame] = []
    known, seen = pdq(first).hash, [pdq(one.picture) for one in left]
    hashes = [one.hash for one in seen]
    plain = np.array([(one.quality or 0) < _LEAST_QUALITY for one in seen], dtype=bool)
    farthest = np.array([_distance(known, one) for one in hashes])
    farthest[plain] = 0
    while len(kept) < most and farthest.size and farthest.max() > _ALIKE:
        chosen = int(farthest.argmax())
        kept.append(left[chosen])
        farthest = np.minimum(farthest, [_distance(hashes[chosen], one) for one in hashes])
    return sorted(kept, key=lambda one: one.at_ms)


def shown_at(data: bytes, media_type: str, at_ms: int | None, side: int) -> Image.Image | None:
    """The frame that appears at this time, RGB, its longest side at most `side`."""
    for image, began in walk(data, media_type):
        if began == at_ms:
            return decode_picture(image, side)
    return None


def frames_at(
    data: bytes, media_type: str, times: Sequence[int], side: int, step: int = 0
) -> list[tuple[int, Image.Image]]:
    """The frames that are shown at these times, in milliseconds and in their order, RGB.

    step: -1 for the frame before, 1 for the one after. Each with when it begins.
    """
    shown = [at_ms for _, at_ms in walk(data, media_type)]
    numbers = [max(0, bisect_right(shown, wanted) - 1) + step for wanted in times]
    numbers = [min(max(0, number), len(shown) - 1) for number in numbers]
    found: dict[int, tuple[int, Image.Image]] = {}
    for number, (image, at_ms) in enumerate(walk(data, media_type)):
        if number in numbers:
            found[number] = at_ms, decode_picture(image, side)
    return [found[number] for number in numbers if number in found]


def reel(
    data: bytes, media_type: str, begin_ms: int, most: int, side: int
) -> list[tuple[int, Image.Image]]:
    """The frames that begin at this time or later, RGB, each with when; at most so many."""
    later = ((at_ms, image) for image, at_ms in walk(data, media_type) if at_ms >= begin_ms)
    return [(at_ms, decode_picture(image, side)) for at_ms, image in islice(later, most)]


def _spread(data: bytes, media_type: str) -> Iterator[Frame]:
    """Some frames after the first, as far as they can be decoded."""
    for number, (image, at_ms) in enumerate(walk(data, media_type)):
        every = -(-(_count(image) - 1) // _LOOKED_AT)
        if number and number % every == 0:
            try:
                yield Frame(at_ms, decode_picture(image, _SIDE))
            except Undecodable:
                return


def walk(
    data: bytes, media_type: str, most: int = _MOST_DECODED
) -> Iterator[tuple[Image.Image, int]]:
    """The opened image at each of its frames, decoded, and when that appears, in milliseconds.

    Nothing where it does not move. most: pixels of all frames together.
    """
    if media_type not in MOVING:
        return
    image, at_ms = open_picture(data, media_type), 0
    fitting = most // (image.width * image.height)
    try:
        count = _count(image)
        for number in range(min(count, fitting) if count > 1 else 0):
            image.seek(number)
            image.load()
            yield image, at_ms
            lasted = float(image.info.get("duration") or 0)
            at_ms = min(at_ms + max(1, round(lasted)), _LATEST + number)
    except Exception:  # decoders raise many kinds on hostile input: what went before counts
        return


def _count(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _distance(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()
