"""Stretches of a film are found again inside what was made of it, by desk, lab and archive."""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image

from tests.filmed import encoded, panned
from tests.photographs import photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import ExhibitReport, Person, Stretch

SHOTS = ("china", "flower", "chelsea", "coffee")
OTHERS = ("astronaut", "rocket")


@cache
def frames(*names: str) -> list[Image.Image]:
    """Four seconds of each photograph, ten frames a second."""
    return panned(*(photograph(name) for name in names))


def bring(desk: Desk, person: Person, data: bytes) -> ExhibitReport:
    receipt = desk.receiving.receive(person, arrived(), data)
    desk.examining.examine(person, receipt.exhibit_id)
    desk.examining.watch(person, receipt.exhibit_id)
    return desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id)


def lies(shown: Stretch, *times: float) -> bool:
    """Whether a stretch is from here to here, there from there to there, within a second."""
    found = (shown.begins, shown.ends, shown.earlier_begins, shown.earlier_ends)
    return [pytest.approx(time, abs=1) for time in times] == list(found)


@pytest.fixture
def earlier(desk: Desk, noor: Person) -> ExhibitReport:
    bring(desk, noor, encoded(frames(*OTHERS)))
    return bring(desk, noor, encoded(frames(*SHOTS)))


def test_what_is_left_and_right_of_a_cut_is_found(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    cut = frames(*SHOTS)[:63] + frames(*SHOTS)[113:]
    (match,) = bring(desk, noor, encoded(cut)).matches
    assert match.earlier_exhibit_id == earlier.exhibit_id
    before, after = match.shown
    assert lies(before, 0, 6.3, 0, 6.3)
    assert lies(after, 6.3, 11, 11.3, 16)
    assert {one.method for one in match.shown} == {"pdq"}
