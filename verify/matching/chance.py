"""How many matches this close chance alone would give in an archive of this size.

The rates were measured by comparing photographs that have nothing to do with each other;
`chance.json` beside this file keeps, by method, what was counted, by which script, when and
on what. A method that measures no distance has one count instead of one a distance.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from verify.records import Chance, Record

_SAME_BYTES = "sha256"
_NONE_SEEN = 3.0  # no event in n trials: the rate is below 3/n with 95 % confidence


class Measurement(Record, frozen=True):
    """What was counted for one method.

    script, date, corpus: how, when and on what it was measured; quality: the least PDQ
    quality of the pictures counted. pairs: how many unrelated pairs were compared.
    within: entry d is how many of them were at most d bits apart; one entry in all for a
    method without distances.
    """

    script: str
    date: str
    corpus: str
    pairs: int
    within: tuple[int, ...]
    quality: int | None = None


def expected_by_chance(method: str, distance: int | None, archive_size: int) -> Chance:
    """How many unrelated pictures of `archive_size` would match this closely.

    method: as in a match. distance: in bits; None for a method without distances.
    Where not one of n pairs was that close, `expected` is the upper limit 3/n times the
    size, and `bound` is set. Two files with the same SHA-256 are the same bytes to any
    precision that matters (2**-256 a pair): their chance is 0. A distance beyond the
    measured ones counts as the largest of these. Raises KeyError for a method that was not
    measured.
    Source: Hanley, Lippman-Hand, "If nothing goes wrong, is everything all right?", 1983.
    """
    if method == _SAME_BYTES:
        return Chance(expected=0.0)
    measured = _measurements()[method]
    index = min(distance or 0, len(measured.within) - 1)
    count = measured.within[index]
    rate = (count or _NONE_SEEN) / measured.pairs
    return Chance(expected=rate * archive_size, bound=count == 0)


@cache
def _measurements() -> dict[str, Measurement]:
    table = resources.files("verify.matching").joinpath("chance.json")
    return msgspec.json.decode(table.read_bytes(), type=dict[str, Measurement])
