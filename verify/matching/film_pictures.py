"""Which frames of a film are shown in its strip: those that tell its shots apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from verify.records import Footage, Sample

MOST_SHOWN = 20
_LEAST_QUALITY = 20  # of PDQ, which grows with what there is to see: a fade has less
_APART = 56  # bits of PDQ between any two that are shown


def chosen(footage: Footage, most: int = MOST_SHOWN) -> list[int]:
    """Times of frames, in milliseconds and in their order.

    Of each shot the frame with most to see in its middle half, the longest shots first; then
    whatever differs most from all of these.
    """
    seen = [one for one in footage.samples if one.quality >= _LEAST_QUALITY]
    if not seen:
        return [one.at_ms for one in footage.samples[:1]]
    packed = np.frombuffer(b"".join(one.pdq[0] for one in seen), np.uint8).reshape(-1, 32)
    bits = np.unpackbits(packed, axis=1)
    nearest = np.full(len(seen), bits.shape[1])  # of those shown, in bits
    kept: list[int] = []

    def show(number: int) -> None:
        kept.append(number)
        np.minimum(nearest, (bits != bits[number]).sum(axis=1), out=nearest)

    for number in _one_a_shot(footage, seen):
        if len(kept) < most and nearest[number] >= _APART:
            show(number)
    while len(kept) < most and nearest.max() >= _APART:
        show(int(nearest.argmax()))
    return [seen[number].at_ms for number in sorted(kept)]


def _one_a_shot(footage: Footage, seen: list[Sample]) -> Iterator[int]:
    shots = list(zip(footage.shots, ends_of_shots(footage), strict=True))
    for begins, ends in sorted(shots, key=lambda shot: shot[0] - shot[1]):
        quarter = (ends - begins) / 4
        inside = [number for number, one in enumerate(seen) if begins <= one.at_ms < ends]
        middle = [n for n in inside if begins + quarter <= seen[n].at_ms < ends - quarter]
        if among := middle or inside:
            yield max(among, key=lambda number: seen[number].quality)


def ends_of_shots(footage: Footage) -> list[int]:
    """When each shot ends, in milliseconds."""
    last = max([round(footage.seconds * 1000), *(one.at_ms + 1 for one in footage.samples[-1:])])
    return [*footage.shots[1:], last] if footage.shots else []
