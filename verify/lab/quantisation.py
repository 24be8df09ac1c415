"""Which encoder a JPEG's quantisation tables come from.

Source: ITU T.81, annex K.1, and jcparam.c of the Independent JPEG Group's library, which
scales those two tables by a quality from 1 to 100.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

_LUMINANCE = (
    "16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 "
    "62 18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 "
    "98 112 100 103 99"
)
_CHROMINANCE_HEAD = {
    0: (17, 18, 24, 47), 1: (18, 21, 26, 66), 2: (24, 26, 56, 99), 3: (47, 66, 99, 99)
}  # fmt: skip


def ijg_quality(tables: Mapping[int, Sequence[int]]) -> int | None:
    """The quality (1 to 100) at which the IJG's encoder writes exactly these tables, else None.

    tables: as Pillow reads them, row by row; number 0 is luminance, 1 chrominance.
    """
    first = tuple(tables.get(0, ()))
    for quality in range(100, 0, -1):
        luminance, chrominance = _scaled(quality)
        if first == luminance:
            return quality if tuple(tables.get(1, chrominance)) == chrominance else None
    return None


@cache
def _scaled(quality: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    luminance = [int(entry) for entry in _LUMINANCE.split()]
    chrominance = [
        _CHROMINANCE_HEAD[row][column] if row < 4 and column < 4 else 99
        for row in range(8)
        for column in range(8)
    ]

    def scaled(table: list[int]) -> tuple[int, ...]:
        return tuple(max(1, min(255, (entry * scale + 50) // 100)) for entry in table)

    return scaled(luminance), scaled(chrominance)
