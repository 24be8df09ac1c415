"""A picture that shows on black alone is found as it is seen on white elsewhere, both ways."""

from __future__ import annotations

import pytest

from tests.photographs import encode, photograph, two_faced
from tests.submissions import arrived
from verify.desk import Desk
from verify.records import Person

CAT = photograph("chelsea")


@pytest.mark.parametrize("hidden_first", [True, False])
def test_the_hidden_picture_is_found_both_ways(
    desk: Desk, noor: Person, hidden_first: bool
) -> None:
    files = [encode(two_faced(photograph("coffee").resize(CAT.size), CAT), "PNG"), encode(CAT)]
    first, second = (
        desk.receiving.receive(noor, arrived(), data)
        for data in (files if hidden_first else files[::-1])
    )
    for receipt in (first, second):
        desk.examining.examine(noor, receipt.exhibit_id)
    (match,) = desk.reports.exhibit(noor, second.case_id, second.exhibit_id).matches
    assert match.earlier_exhibit_id == first.exhibit_id
