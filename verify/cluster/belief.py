"""How far a worker's answer is believed: as far as the lab's child, and an honest search.

Shape and size were checked when it was decoded (`verify.cluster.said`). Sentences are the desk's
own: of text come the letters alone, and findings are those of the lab's source.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from verify.desk.handed import Compared, Described
from verify.distrust import ImplausibleError, check_examination, check_value
from verify.lab import LAB_VERSION
from verify.lab.bounded_text import clean
from verify.readers.text import LONGEST, Read
from verify.records import Proof
from verify.store.pictures.matches import Correspondence
from verify.store.pictures.resemblances import LOOKS_ALIKE
from verify.tesseract import LANGUAGES

_METHODS = ("pdq", "pdq-inner", "local-features")
_MOST_FOUND, _MOST_SHOWN, _MOST_POINTS = 10_000, 10_000, 800
_FAR = 4.0  # a picture may lie partly outside of what shows it
_BITS = 256


def check_described(came: Described) -> None:
    """Raise ImplausibleError unless a lab of this version could have said it."""
    _demand(came.examination.lab_version == LAB_VERSION)
    check_examination(came.examination)


def check_compared(came: Compared) -> None:
    """Raise ImplausibleError unless a reader and a search could have said it."""
    if came.read:
        _check_read(came.read)
    for several, methods in ((came.found or [], _METHODS), (came.alike, (LOOKS_ALIKE,))):
        _demand(len(several) <= _MOST_FOUND)
        _demand(len({one.earlier_exhibit_id for one in several}) == len(several))
        for one in several:
            _check_found(one, methods)


def _check_read(read: Read) -> None:
    _demand(set(read.languages) <= set(LANGUAGES) and len(read.languages) <= len(LANGUAGES))
    _demand(read.failed in ("", "slow", "failed") and len(read.text) <= LONGEST)
    _demand(not (read.failed and read.text))
    for line in read.text.split("\n"):
        _demand((clean(line, LONGEST) or "") == line.strip())


def _check_found(one: Correspondence, methods: tuple[str, ...]) -> None:
    _demand(one.method in methods and one.exhibit_id == 0)
    _demand(0 < one.earlier_exhibit_id < 1 << 53 and 0 <= one.earlier_view_id < 1 << 53)
    _demand(one.distance is None or 0 <= one.distance <= _BITS)
    by_details = one.method in ("local-features", LOOKS_ALIKE)
    _demand(by_details == (one.distance is None))
    _demand(one.proof is not None or not by_details)
    _demand(0 <= one.chance.expected < math.inf)
    _demand(len(one.shown) <= _MOST_SHOWN)
    for value in (one.view, one.earlier_view, *one.shown):
        check_value(value)
    _demand(one.view.bare() == one.view and one.earlier_view.bare() == one.earlier_view)
    if one.proof:
        _check_proof(one.proof)


def _check_proof(proof: Proof) -> None:
    for corners in (proof.region, proof.earlier_region):
        _check_numbers((part for corner in corners for part in corner), _FAR)
    _demand(len(proof.lies) == 9)
    _check_numbers(proof.lies, math.inf)
    _check_numbers((proof.scale,), 1e6)
    _demand(proof.scale > 0 and 0 <= proof.agreement <= 1)
    _demand(0 < proof.inliers <= _MOST_POINTS)


def _check_numbers(numbers: Iterable[float], most: float) -> None:
    _demand(all(math.isfinite(one) and abs(one) <= most for one in numbers))


def _demand(plausible: bool) -> None:
    if not plausible:
        raise ImplausibleError
