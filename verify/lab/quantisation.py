"""Which encoder a JPEG's quantisation tables come from.

Sources: ITU T.81, annex K.1, and jcparam.c of the Independent JPEG Group's library, which
scales those two tables by a quality from 1 to 100; jcparam.c of mozilla/mozjpeg (0123dd2),
whose default is N. Robidoux's table, one for both, scaled in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

IJG, MOZJPEG = "libjpeg (IJG)", "mozjpeg"

_LUMINANCE = (
    "16 11 10 16 24 40 51 61 12 12 14 19 26 58 60 55 14 13 16 24 40 57 69 56 14 17 22 29 51 87 80 "
    "62 18 22 37 56 68 109 103 77 24 35 55 64 81 104 113 92 49 64 78 87 103 121 120 101 72 92 95 "
    "98 112 100 103 99"
)
_CHROMINANCE_HEAD = {
    0: (17, 18, 24, 47), 1: (18, 21, 26, 66), 2: (24, 26, 56, 99), 3: (47, 66, 99, 99)
}  # fmt: skip
# Row by row from the diagonal on: the table is the same across and down.
_ROBIDOUX = (
    (16, 16, 16, 18, 25, 37, 56, 85), (17, 20, 27, 34, 40, 53, 75), (24, 31, 43, 62, 91, 135),
    (40, 53, 74, 106, 156), (69, 94, 131, 189), (124, 169, 238), (226, 311), (418,),
)  # fmt: skip

Table = tuple[int, ...]


def encoder(tables: Mapping[int, Sequence[int]]) -> tuple[str, int] | None:
    """The encoder that writes exactly these tables, and at which quality (1 to 100).

    tables: as Pillow reads them, row by row; number 0 is luminance, 1 chrominance.
    """
    first = tuple(tables.get(0, ()))
    for name, pairs in ((IJG, _scaled), (MOZJPEG, _scaled_robidoux)):
        for quality in range(100, 0, -1):
            luminance, chrominance = pairs(quality)
            if first == luminance and tuple(tables.get(1, chrominance)) == chrominance:
                return name, quality
    return None


def ijg_quality(tables: Mapping[int, Sequence[int]]) -> int | None:
    """The quality at which the IJG's encoder writes exactly these tables, else None."""
    found = encoder(tables)
    return found[1] if found and found[0] == IJG else None


@cache
def _scaled(quality: int) -> tuple[Table, Table]:
    luminance = [int(entry) for entry in _LUMINANCE.split()]
    chrominance = [
        _CHROMINANCE_HEAD[row][column] if row < 4 and column < 4 else 99
        for row in range(8)
        for column in range(8)
    ]
    return _at(quality, luminance), _at(quality, chrominance)


@cache
def _scaled_robidoux(quality: int) -> tuple[Table, Table]:
    table = [
        _ROBIDOUX[min(row, column)][abs(row - column)] for row in range(8) for column in range(8)
    ]
    return _at(quality, table), _at(quality, table)


def _at(quality: int, table: list[int]) -> Table:
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return tuple(max(1, min(255, (entry * scale + 50) // 100)) for entry in table)
