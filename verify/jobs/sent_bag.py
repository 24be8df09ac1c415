"""A bag of another desk that was sent as a file, and is an exhibit: checked, and taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify.errors import BadInput
from verify.jobs.bags import Brought, checked, taken
from verify.lab.wire import Bag
from verify.records import ExhibitReport, FromBag, Person, say

if TYPE_CHECKING:
    from verify.desk import Desk


def read(desk: Desk, exhibit: ExhibitReport) -> Bag | None:
    """What stands in it, once all of it was checked; None where it is no bag. Raises
    RefusedBagError."""
    if not exhibit.filename.lower().endswith(".zip"):
        return None
    return checked(desk, desk.receiving.original(exhibit.sha256))


def take_in(desk: Desk, person: Person, exhibit: ExhibitReport) -> FromBag:
    """Take it in, and examine what it holds; one that is here already adds nothing. Raises
    BadInput, NotFound, Unavailable."""
    bag = read(desk, exhibit)
    if bag is None:
        raise BadInput(say("This file is no bag of another desk."))
    found = None
    files = taken(desk, person, bag, desk.receiving.original(exhibit.sha256))
    for one, _ in desk.examining.examine_each(
        person, files, lambda one: None if isinstance(one, Brought) else one[1].exhibit_id
    ):
        if isinstance(one, Brought):
            found = one.bag
    assert found is not None  # noqa: S101 - the last of them
    return found
