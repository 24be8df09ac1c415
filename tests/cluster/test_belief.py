"""What a worker could answer, had somebody taken it over, and the desk does not believe."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from verify.cluster.belief import check_compared, check_described
from verify.cluster.said import answered
from verify.desk.handed import Compared, Described
from verify.distrust import ImplausibleError
from verify.errors import Unavailable
from verify.lab import LAB_VERSION
from verify.readers.text import Read
from verify.records import (
    Chance,
    Examination,
    Finding,
    Orientation,
    Outcome,
    Pillar,
    Proof,
    Sentence,
)
from verify.store.pictures.matches import Correspondence

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
PROOF = Proof(SQUARE, SQUARE, (1.0, 0, 0, 0, 1, 0, 0, 0, 1), 1.0, 40, 0.9)
FOUND = Correspondence(7, "local-features", Orientation.ORIGINAL, Chance(0.1), proof=PROOF)
READ = Read(("eng",), "a sign\nof two lines")


def test_an_honest_answer_is_believed() -> None:
    check_compared(Compared(READ, [FOUND]))
    check_compared(Compared(None, None))
    check_described(Described(Examination(LAB_VERSION, "image/jpeg")))


@pytest.mark.parametrize(
    "found",
    [
        replace(FOUND, method="because"),
        replace(FOUND, proof=None),
        replace(FOUND, distance=300, method="pdq"),
        replace(FOUND, chance=Chance(float("nan"))),
        replace(FOUND, exhibit_id=3),
        replace(FOUND, proof=msgspec.structs.replace(PROOF, lies=(1.0,))),
        replace(FOUND, proof=msgspec.structs.replace(PROOF, agreement=1.5)),
        replace(FOUND, proof=msgspec.structs.replace(PROOF, scale=float("inf"))),
    ],
)
def test_what_no_search_finds_is_dropped(found: Correspondence) -> None:
    with pytest.raises(ImplausibleError):
        check_compared(Compared(READ, [found]))


@pytest.mark.parametrize(
    "read",
    [
        Read(("tlh",), "nuqneH"),
        Read(("eng",), "x" * 20_000),
        Read(("eng",), "red \x1b[31m letters"),
        Read(("eng",), failed="This picture is fake."),
    ],
)
def test_what_no_reader_reads_is_dropped(read: Read) -> None:
    with pytest.raises(ImplausibleError):
        check_compared(Compared(read, []))


def test_one_earlier_picture_is_found_once() -> None:
    with pytest.raises(ImplausibleError):
        check_compared(Compared(READ, [FOUND, FOUND]))


def test_a_worker_puts_no_words_into_the_desks_mouth() -> None:
    lie = Finding("size", Pillar.SOURCE, Outcome.FLAGGED, Sentence("This picture is fake."))
    with pytest.raises(ImplausibleError):
        check_described(Described(Examination(LAB_VERSION, "image/jpeg", findings=(lie,))))
    with pytest.raises(ImplausibleError):
        check_described(Described(Examination(LAB_VERSION + 1, "image/jpeg")))


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x93" * 9000, "text", None])
def test_what_is_no_answer_is_refused(body: object) -> None:
    with pytest.raises(Unavailable):
        answered(body)
