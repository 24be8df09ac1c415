"""Who may close a case to whom, and what owners see of a closed one."""

from __future__ import annotations

import json

import pytest

from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import Addition, Person, Role


@pytest.fixture
def team(desk: Desk) -> tuple[Person, Person, Person, Person]:
    """An owner, an editor, two reporters."""
    roles = (Role.OWNER, Role.EDITOR, Role.REPORTER, Role.REPORTER)
    names = ("Olga", "Edda", "Rosa", "Sami")
    people = [desk.team.admit("telegram", n, n, r) for n, r in zip(names, roles, strict=True)]
    return people[0], people[1], people[2], people[3]


def bring(desk: Desk, person: Person, content: bytes = b"file") -> int:
    return desk.receiving.receive(person, arrived(), content).case_id


def test_a_reporter_hides_no_case_that_others_work_in(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, edda, rosa, sami = team
    case_id = bring(desk, olga)
    with pytest.raises(NotAllowed):
        desk.casework.close_to_others(rosa, case_id, True)
    own = bring(desk, rosa, b"own")
    desk.cases.note(sami, own, "mine too")
    with pytest.raises(NotAllowed, match="Others work"):
        desk.casework.close_to_others(rosa, own, True)
    assert not desk.reports.case(sami, own).confidential
    desk.casework.close_to_others(edda, own, True)
    with pytest.raises(NotFound):
        desk.reports.case(sami, own)
    traced = bring(desk, rosa, b"traced")
    desk.sources.add(edda, traced, Addition.LINK, ["https://x.com/first/status/1"])
    with pytest.raises(NotAllowed, match="Others work"):
        desk.casework.close_to_others(rosa, traced, True)
    tagged = bring(desk, rosa, b"tagged")
    desk.casework.tag(sami, tagged, "homs")
    with pytest.raises(NotAllowed, match="Others work"):
        desk.casework.close_to_others(rosa, tagged, True)


def test_a_reporter_closes_what_is_theirs_alone_and_shuts_out_nobody_who_works_there(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, edda, rosa, sami = team
    own = bring(desk, rosa)
    desk.casework.close_to_others(rosa, own, True)
    for member in (sami, edda, olga):
        desk.casework.let_in(rosa, own, member.id)
    with pytest.raises(NotAllowed, match="cannot be shut out"):
        desk.casework.let_in(rosa, own, olga.id, out=True)
    desk.cases.note(edda, own, "seen")
    with pytest.raises(NotAllowed):
        desk.casework.let_in(rosa, own, edda.id, out=True)
    desk.casework.let_in(sami, own, sami.id, out=True)
    with pytest.raises(NotFound):
        desk.reports.case(sami, own)


def test_owners_see_that_a_case_is_closed_and_to_whom_but_nothing_of_it(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, edda, rosa, _ = team
    own = bring(desk, rosa)
    desk.cases.note(rosa, own, "a protected witness")
    desk.casework.close_to_others(rosa, own, True)
    assert desk.casework.closed(olga) == [(own, ("Rosa",))]
    with pytest.raises(NotAllowed, match="is confidential"):
        desk.reports.case(olga, own)
    with pytest.raises(NotFound):
        desk.reports.case(edda, own)
    with pytest.raises(NotAllowed):
        desk.casework.closed(edda)
    assert desk.reports.cases(olga) == [] == desk.reports.search(olga, "witness")
    in_group = Person(id=olga.id, name="Olga", role=Role.OWNER, among_others=True)
    with pytest.raises(NotFound):
        desk.reports.case(in_group, own)
    for call in (
        lambda: desk.casework.closed(in_group),
        lambda: desk.casework.take_over(in_group, own),
        lambda: desk.team.invite(in_group, Role.OWNER),
    ):
        with pytest.raises(NotAllowed, match="Other people read this chat"):
            call()


def test_taking_over_a_case_is_on_record_and_its_members_are_told(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, edda, rosa, sami = team
    own = bring(desk, rosa)
    desk.casework.close_to_others(rosa, own, True)
    desk.casework.let_in(rosa, own, sami.id)
    with pytest.raises(NotAllowed):
        desk.casework.take_over(edda, own)
    desk.casework.take_over(olga, own)
    assert desk.reports.case(olga, own).members == ("Rosa", "Sami", "Olga")
    told = {notice.person_id for notice in desk.casework.notices("telegram")}
    assert told == {rosa.id, sami.id}
    last = desk.store.row("SELECT kind, person_id, subject FROM custody_event ORDER BY id DESC")
    assert last and (last["kind"], last["person_id"]) == ("taken over", olga.id)
    assert json.loads(last["subject"]) == {"case": own}
    assert desk.casework.closed(olga) == []
    for number in (own, 0, -1, 99, 10**30):
        with pytest.raises(BadInput, match="not closed to you"):
            desk.casework.take_over(olga, number)


def test_in_a_group_a_closed_case_has_no_name(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, _, rosa, _ = team
    closed = bring(desk, rosa)
    desk.casework.close_to_others(rosa, closed, True)
    in_group = Person(id=rosa.id, name="Rosa", role=Role.REPORTER, among_others=True)
    other = bring(desk, in_group)
    assert other != closed
    exhibit = desk.reports.exhibit(in_group, other, 1)
    assert (exhibit.matches, exhibit.ask) == ((), ("",))
    assert desk.reports.exhibit(olga, other, 1).ask == ("Rosa",)


def test_an_album_goes_on_elsewhere_once_its_case_is_closed_to_the_sender(
    desk: Desk, team: tuple[Person, Person, Person, Person]
) -> None:
    olga, _, rosa, _ = team
    first = desk.receiving.receive(rosa, arrived(album="a"), b"one").case_id
    desk.casework.close_to_others(olga, first, True)
    desk.casework.let_in(olga, first, rosa.id, out=True)
    second = desk.receiving.receive(rosa, arrived(album="a"), b"two").case_id
    assert second != first
    assert desk.reports.case(rosa, second).id == second
