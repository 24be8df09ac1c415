"""Emblems: marked once, found again elsewhere, both ways, and never a match."""

from __future__ import annotations

import random
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from benchmarks.emblems import composed, emblem
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotFound
from verify.language import Reader, plain
from verify.records import Box, EmblemSeen, Person, Role
from verify.store.care import withheld
from verify.wording import emblems as wording

SEAL = emblem(0)


def marked(name: str, seed: int = 1) -> tuple[bytes, Box]:
    """A photograph with the seal somewhere in it, and where."""
    picture, (left, top, right, bottom) = composed(
        photograph(name), SEAL, 0.2, 1.0, random.Random(seed)
    )
    return encode(picture), Box(left=left, top=top, right=right, bottom=bottom)


def bring(desk: Desk, person: Person, content: bytes) -> tuple[int, int]:
    receipt = desk.receiving.receive(person, arrived(), content)
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt.case_id, receipt.exhibit_id


def looked_through(desk: Desk) -> None:
    assert all(done <= total for done, total in desk.emblems.look_through())


def seen(desk: Desk, person: Person, place: tuple[int, int]) -> tuple[EmblemSeen, ...]:
    return desk.reports.exhibit(person, *place).emblems


def test_an_emblem_is_noted_in_what_came_before_and_after_and_is_no_match(
    desk: Desk, noor: Person
) -> None:
    before = bring(desk, noor, marked("flower", 2)[0])
    without = bring(desk, noor, encode(photograph("coffee")))
    content, box = marked("china")
    here = bring(desk, noor, content)
    desk.emblems.mark(noor, *here, box, "a  seal")
    looked_through(desk)
    after = bring(desk, noor, marked("rocket", 3)[0])
    looked_through(desk)
    [one] = seen(desk, noor, here)
    assert one.name == "a seal"
    assert [place.case_id for place in one.elsewhere] == [before[0], after[0]]
    assert [place.case_id for place in seen(desk, noor, after)[0].elsewhere] == [1, here[0]]
    assert seen(desk, noor, without) == ()
    assert desk.reports.exhibit(noor, *after).matches == ()
    [line] = wording.told([one])
    told = plain(line, Reader("en", ZoneInfo("UTC")))
    assert "“a seal” stands in it; it also stood in cases 1, 4." in told


def test_an_emblem_goes_with_its_case_and_stays_behind_a_wall(desk: Desk, noor: Person) -> None:
    sara = desk.team.admit("telegram", "8", "Sara", Role.OWNER)
    content, box = marked("china")
    here = bring(desk, sara, content)
    other = bring(desk, noor, marked("flower", 2)[0])
    desk.emblems.mark(sara, *here, box, "seal")
    looked_through(desk)
    desk.casework.close_to_others(sara, here[0], True)
    assert seen(desk, noor, other) == ()
    assert desk.emblems.every(noor) == ([], 0)
    assert len(seen(desk, sara, other)) == 1
    desk.wiping.wipe(sara, here[0])
    assert desk.emblems.every(sara) == ([], 0)
    assert seen(desk, sara, other) == ()


def test_an_emblem_is_forgotten_and_what_cannot_be_one_is_refused(desk: Desk, noor: Person) -> None:
    content, box = marked("china")
    here = bring(desk, noor, content)
    one = desk.emblems.mark(noor, *here, box, "seal")
    desk.emblems.remove(noor, one.id)
    assert seen(desk, noor, here) == ()
    with pytest.raises(NotFound):
        desk.emblems.remove(noor, one.id)
    with pytest.raises(BadInput):
        desk.emblems.mark(noor, *here, box, " ")
    plain_ground = bring(desk, noor, encode(Image.new("RGB", (400, 300), (90, 90, 90))))
    with pytest.raises(BadInput):
        desk.emblems.mark(noor, *plain_ground, box, "nothing")
    again = desk.emblems.mark(noor, *here, box, "seal")
    with desk.store.transaction():
        withheld.withhold(desk.store, here[1], noor.id)
    assert again.id not in [known.id for known in desk.emblems.every(noor)[0]]
