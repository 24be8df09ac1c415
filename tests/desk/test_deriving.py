"""What stands behind a picture, taken out of its file and made an exhibit of its own."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.lab.test_behind import FILM, MOTION, TWO, archive
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import Person, Rating, Receipt, Role, VerdictState


def brought(desk: Desk, person: Person, data: bytes) -> Receipt:
    receipt = desk.receiving.receive(person, arrived(filename="PXL_1.MP.jpg"), data)
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt


def test_a_film_becomes_an_exhibit_of_the_same_case(desk: Desk, noor: Person) -> None:
    origin = brought(desk, noor, MOTION)
    taken = desk.deriving.derive(noor, origin.sha256, 1)
    assert (taken.sha256, taken.size) == (hashlib.sha256(FILM).hexdigest(), len(FILM))
    assert (taken.case_id, taken.known) == (origin.case_id, False)
    desk.examining.examine(noor, taken.exhibit_id)
    film = desk.reports.exhibit(noor, taken.case_id, taken.exhibit_id)
    assert film.examination
    assert (film.examination.media_type, film.filename) == ("video/mp4", "PXL_1.MP-part-1.mp4")
    [_, sighting] = desk.reports.case(noor, origin.case_id).sightings
    assert (sighting.service, sighting.source) == ("derived", f"{origin.sha256} #1")
    [event] = desk.store.rows("SELECT subject FROM custody_event WHERE kind = 'derived'")
    subject = json.loads(event["subject"])
    assert (subject["exhibit"], subject["origin"], subject["part"]) == (
        taken.sha256,
        origin.sha256,
        1,
    )


def test_the_same_part_twice_is_the_same_exhibit(desk: Desk, noor: Person) -> None:
    origin = brought(desk, noor, MOTION)
    first = desk.deriving.derive(noor, origin.sha256, 1)
    again = desk.deriving.derive(noor, origin.sha256, 1)
    assert (again.exhibit_id, again.submission_id, again.repeated) == (
        first.exhibit_id,
        first.submission_id,
        True,
    )
    assert len(desk.reports.case(noor, origin.case_id).exhibits) == 2


def test_a_film_that_was_here_joins_the_case_of_its_picture(desk: Desk, noor: Person) -> None:
    before = brought(desk, noor, FILM)
    origin = brought(desk, noor, MOTION)
    taken = desk.deriving.derive(noor, origin.sha256, 1)
    assert (taken.exhibit_id, taken.known) == (before.exhibit_id, True)
    assert taken.case_id == origin.case_id != before.case_id


def test_what_is_hidden_comes_out_as_it_is(desk: Desk, noor: Person) -> None:
    hidden = archive()
    origin = brought(desk, noor, TWO + b"\0\0" + hidden)
    taken = desk.deriving.derive(noor, origin.sha256, 1)
    assert taken.sha256 == hashlib.sha256(hidden).hexdigest()


def test_who_may_not_and_what_is_not_there_is_refused(desk: Desk, noor: Person) -> None:
    origin = brought(desk, noor, MOTION)
    viewer = desk.team.admit("telegram", "8", "Sami", Role.VIEWER)
    with pytest.raises(NotAllowed):
        desk.deriving.derive(viewer, origin.sha256, 1)
    for digest, number in ((origin.sha256, 2), (origin.sha256, 0), ("0" * 64, 1), ("x", 1)):
        with pytest.raises(NotFound):
            desk.deriving.derive(noor, digest, number)
    verdict = desk.verdicts.conclude(
        noor, origin.case_id, origin.exhibit_id, Rating.ORIGINAL, "Seen."
    )
    desk.verdicts.decide(
        desk.team.admit("telegram", "9", "Olga", Role.OWNER), verdict.id, VerdictState.CONFIRMED
    )
    with pytest.raises(BadInput):
        desk.deriving.derive(noor, origin.sha256, 1)
    assert len(desk.reports.case(noor, origin.case_id).exhibits) == 1
