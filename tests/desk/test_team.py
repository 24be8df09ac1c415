"""Who belongs to a desk, what a role allows, and how nobody is locked out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotAllowed, NotFound
from verify.records import CaseFilter, Origin, OriginKind, Person, Rating, Reply, Role, VerdictState


def bring(desk: Desk, person: Person, content: bytes) -> int:
    """Send a file; gives its case."""
    return desk.receiving.receive(person, arrived(), content).case_id


@pytest.fixture
def owner(desk: Desk) -> Person:
    return desk.team.admit("telegram", "1", "Olga", Role.OWNER)


def join(desk: Desk, owner: Person, name: str, role: Role) -> Person:
    code = desk.team.invite(owner, role)
    person = desk.team.join("telegram", name, name, code)
    assert person is not None
    return person


def test_an_invitation_carries_its_role(desk: Desk, owner: Person) -> None:
    join(desk, owner, "Noor", Role.REPORTER)
    assert [(member.name, member.role) for member in desk.team.members(owner)] == [
        ("Olga", Role.OWNER),
        ("Noor", Role.REPORTER),
    ]


def test_only_owners_invite_and_change_the_team(desk: Desk, owner: Person) -> None:
    editor = join(desk, owner, "Edda", Role.EDITOR)
    for forbidden in (
        lambda: desk.team.invite(editor, Role.OWNER),
        lambda: desk.team.change_role(editor, owner.id, None),
        lambda: desk.team.strangers(editor),
        lambda: desk.team.enable_group(editor, "telegram", -5, True),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_a_removed_member_loses_access_at_once(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    case_id = bring(desk, noor, b"picture")
    desk.team.change_role(owner, noor.id, None)
    removed = desk.team.person("telegram", "Noor", "Noor")
    calls: list[Callable[[], object]] = [
        lambda: desk.reports.case(removed, case_id),
        lambda: desk.reports.cases(removed),
        lambda: desk.reports.search(removed, "picture"),
        lambda: desk.cases.note(removed, case_id, "text"),
        lambda: bring(desk, removed, b"another"),
        lambda: desk.team.members(removed),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()


def test_a_viewer_reads_and_changes_nothing(desk: Desk, owner: Person) -> None:
    case_id = bring(desk, owner, b"picture")
    viewer = join(desk, owner, "Vera", Role.VIEWER)
    assert desk.reports.case(viewer, case_id).id == case_id
    for call in (
        lambda: desk.cases.note(viewer, case_id, "text"),
        lambda: desk.cases.answer(viewer, case_id, "uploader", Reply.COULD_NOT_TELL),
        lambda: desk.verdicts.conclude(viewer, case_id, 1, Rating.STAGED, "why"),
        lambda: desk.casework.tag(viewer, case_id, "tikrit"),
        lambda: bring(desk, viewer, b"another"),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_the_last_owner_stays(desk: Desk, owner: Person) -> None:
    with pytest.raises(BadInput):
        desk.team.change_role(owner, owner.id, Role.EDITOR)
    second = join(desk, owner, "Omar", Role.OWNER)
    desk.team.change_role(second, owner.id, None)
    assert desk.team.role("telegram", "1") is None


def test_the_owner_code_is_for_a_desk_without_owner(desk: Desk) -> None:
    code = desk.team.owner_code()
    assert code
    person = desk.team.join("telegram", "1", "Olga", code)
    assert person is not None
    assert person.role is Role.OWNER
    assert desk.team.owner_code() is None


def test_strangers_are_counted_answered_once_and_blocked(desk: Desk, owner: Person) -> None:
    assert desk.team.knock("telegram", "66", "Stranger")
    assert not desk.team.knock("telegram", "66", "Stranger")
    (stranger,) = desk.team.strangers(owner)
    assert (stranger.name, stranger.messages) == ("Stranger", 2)
    desk.team.block(owner, "telegram", "66", True)
    desk.store.change("UPDATE stranger SET answered_at = NULL")
    assert not desk.team.knock("telegram", "66", "Stranger")


def test_the_desk_answers_only_in_groups_that_an_owner_enabled(desk: Desk, owner: Person) -> None:
    assert not desk.team.group_enabled("telegram", -5)
    desk.team.enable_group(owner, "telegram", -5, True)
    assert desk.team.group_enabled("telegram", -5)
    desk.team.enable_group(owner, "telegram", -5, False)
    assert not desk.team.group_enabled("telegram", -5)


def test_every_change_of_the_team_carries_a_name(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    desk.team.change_role(owner, noor.id, Role.EDITOR)
    rows = desk.store.rows(
        "SELECT e.kind, p.name FROM custody_event e JOIN person p ON p.id = e.person_id"
        " ORDER BY e.id DESC LIMIT 3"
    )
    assert [(row["kind"], row["name"]) for row in rows] == [
        ("role changed", "Olga"),
        ("admitted", "Noor"),
        ("invited", "Olga"),
    ]


# --- confidential cases ------------------------------------------------------------------


def test_a_confidential_case_is_seen_by_its_members_alone(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    sami = join(desk, owner, "Sami", Role.EDITOR)
    case_id = bring(desk, noor, b"secret picture")
    desk.cases.note(noor, case_id, "protected witness")
    desk.casework.close_to_others(noor, case_id, True)
    assert [line.id for line in desk.reports.cases(noor)] == [case_id]
    assert desk.reports.cases(sami) == []
    assert desk.reports.search(sami, "witness") == []
    assert len(desk.reports.search(noor, "witness")) == 1
    for call in (
        lambda: desk.reports.case(sami, case_id),
        lambda: desk.cases.note(sami, case_id, "text"),
        lambda: desk.casework.watch(sami, case_id),
        lambda: desk.casework.merge(sami, case_id, case_id),
    ):
        with pytest.raises(Exception, match="no case"):
            call()
    desk.casework.let_in(noor, case_id, sami.id)
    assert desk.reports.case(sami, case_id).confidential
    desk.casework.let_in(noor, case_id, sami.id, out=True)
    assert desk.reports.cases(sami) == []


def test_the_same_bytes_in_a_closed_case_say_whom_to_ask(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    sami = join(desk, owner, "Sami", Role.REPORTER)
    closed = bring(desk, noor, b"picture")
    desk.casework.close_to_others(noor, closed, True)
    own = bring(desk, sami, b"picture")
    assert own != closed
    report = desk.reports.exhibit(sami, own, 1)
    assert report.matches == ()
    assert report.ask == ("Noor",)
    assert [match.earlier_case_id for match in desk.reports.exhibit(noor, own, 1).matches] == [
        closed
    ]


# --- verdicts by two -----------------------------------------------------------------------


def test_a_verdict_needs_two_people(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    case_id = bring(desk, noor, b"picture")
    verdict = desk.verdicts.conclude(noor, case_id, 1, Rating.DECONTEXTUALISED, "Seen in 2008.")
    assert verdict.state is VerdictState.PROPOSED
    assert desk.reports.case(noor, case_id).status.value == "in_review"
    with pytest.raises(NotAllowed):
        desk.verdicts.decide(noor, verdict.id, VerdictState.CONFIRMED)
    decided = desk.verdicts.decide(owner, verdict.id, VerdictState.CONFIRMED)
    assert (decided.state, decided.decided_by) == (VerdictState.CONFIRMED, "Olga")
    assert desk.reports.case(noor, case_id).status.value == "concluded"


def test_nobody_confirms_their_own_verdict(desk: Desk, owner: Person) -> None:
    join(desk, owner, "Noor", Role.REPORTER)
    case_id = bring(desk, owner, b"picture")
    verdict = desk.verdicts.conclude(owner, case_id, 1, Rating.ORIGINAL, "I was there.")
    with pytest.raises(NotAllowed):
        desk.verdicts.decide(owner, verdict.id, VerdictState.CONFIRMED)


def test_a_returned_verdict_says_what_is_missing(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    case_id = bring(desk, noor, b"picture")
    verdict = desk.verdicts.conclude(noor, case_id, 1, Rating.STAGED, "Looks posed.")
    with pytest.raises(BadInput):
        desk.verdicts.decide(owner, verdict.id, VerdictState.RETURNED, " ")
    desk.verdicts.decide(owner, verdict.id, VerdictState.RETURNED, "Who says so?")
    report = desk.reports.case(noor, case_id)
    assert report.verdicts[0].remark == "Who says so?"
    assert report.status.value == "open"


def test_at_a_desk_of_one_a_verdict_stands_at_once(desk: Desk, owner: Person) -> None:
    case_id = bring(desk, owner, b"picture")
    verdict = desk.verdicts.conclude(owner, case_id, 1, Rating.SATIRE, "The site says so.")
    assert verdict.state is VerdictState.CONFIRMED
    assert desk.reports.case(owner, case_id).status.value == "concluded"


def test_a_concluded_case_is_locked_until_somebody_says_why(desk: Desk, owner: Person) -> None:
    case_id = bring(desk, owner, b"picture")
    desk.verdicts.conclude(owner, case_id, 1, Rating.SATIRE, "The site says so.")
    for call in (
        lambda: desk.cases.note(owner, case_id, "late"),
        lambda: desk.claims.state(owner, case_id, "late"),
        lambda: desk.cases.answer(owner, case_id, "uploader", Reply.COULD_NOT_TELL),
        lambda: desk.verdicts.conclude(owner, case_id, 1, Rating.STAGED, "late"),
    ):
        with pytest.raises(BadInput):
            call()
    with pytest.raises(BadInput):
        desk.verdicts.reopen(owner, case_id, "")
    desk.verdicts.reopen(owner, case_id, "The site was wrong.")
    assert desk.reports.case(owner, case_id).notes[-1].text == "The site was wrong."
    desk.cases.note(owner, case_id, "now it works")


def test_concluded_bytes_that_come_again_lead_with_the_verdict(desk: Desk, owner: Person) -> None:
    first = bring(desk, owner, b"picture")
    desk.verdicts.conclude(owner, first, 1, Rating.STAGED, "The film set was found.")
    assert bring(desk, owner, b"picture") == first
    assert desk.reports.case(owner, first).verdicts[0].reason == "The film set was found."


# --- casework ------------------------------------------------------------------------------


def test_assignees_and_watchers_are_told(desk: Desk, owner: Person) -> None:
    noor = join(desk, owner, "Noor", Role.REPORTER)
    case_id = bring(desk, owner, b"picture")
    desk.casework.assign(owner, case_id, noor.id)
    desk.casework.watch(owner, case_id)
    desk.verdicts.conclude(noor, case_id, 1, Rating.STAGED, "why")
    told = [(n.person_id, n.sentence.template) for n in desk.casework.notices("telegram")]
    assert told == [
        (noor.id, "Case {number} was given to {name}."),
        (owner.id, "A verdict on case {number} waits to be confirmed."),
    ]
    for notice in desk.casework.notices("telegram"):
        desk.casework.told(notice)
    assert desk.casework.notices("telegram") == []


def test_two_cases_become_one(desk: Desk, owner: Person) -> None:
    first, second = bring(desk, owner, b"one"), bring(desk, owner, b"two")
    desk.cases.note(owner, second, "belongs to the first")
    desk.casework.tag(owner, second, "#Tikrit")
    desk.casework.merge(owner, second, first)
    report = desk.reports.case(owner, second)
    assert report.id == first
    assert len(report.exhibits) == 2
    assert [note.text for note in report.notes] == ["belongs to the first"]
    assert report.tags == ("tikrit",)
    assert [line.id for line in desk.reports.cases(owner)] == [first]
    assert [hit.case_id for hit in desk.reports.search(owner, "belongs")] == [first]


def test_an_exhibit_moves_to_a_case_of_its_own(desk: Desk, owner: Person) -> None:
    first, second = bring(desk, owner, b"one"), bring(desk, owner, b"two")
    desk.casework.merge(owner, second, first)
    new = desk.casework.move(owner, 2, first, None)
    assert [e.exhibit_id for e in desk.reports.case(owner, first).exhibits] == [1]
    assert [e.exhibit_id for e in desk.reports.case(owner, new).exhibits] == [2]


def test_linked_cases_name_each_other(desk: Desk, owner: Person) -> None:
    first, second = bring(desk, owner, b"one"), bring(desk, owner, b"two")
    desk.casework.relate(owner, first, second)
    assert desk.reports.case(owner, first).related == (second,)
    assert desk.reports.case(owner, second).related == (first,)


def test_links_follow_a_case_into_another(desk: Desk, owner: Person) -> None:
    first, second, third = (bring(desk, owner, name) for name in (b"one", b"two", b"three"))
    desk.casework.relate(owner, first, second)
    desk.casework.relate(owner, third, second)
    desk.casework.merge(owner, second, first)
    assert desk.reports.case(owner, third).related == (first,)
    assert desk.reports.case(owner, first).related == (third,)
    desk.casework.unrelate(owner, first, third)
    assert desk.reports.case(owner, third).related == ()
    with pytest.raises(NotFound):
        desk.casework.unrelate(owner, first, third)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tag:tikrit", ["#tikrit"]),
        ("tag:other", []),
        ("base tag:tikrit", ["base"]),
        ("verdict:staged", ["why"]),
        ("verdict:satire", []),
        ("service:telegram base", ["base"]),
        ("service:localchat base", []),
        ("platform:telegram base", ["base"]),
        ("from:olga base", ["base"]),
        ("from:nobody base", []),
        ("before:٢٠٢٦-١١-٠١ base", []),
        ("after:۲۰۲۶-۱۱-۰۱ base", ["base"]),
        ("after:2026-11-01 base", ["base"]),
        ("before:2026-11-01 base", []),
    ],
)
def test_a_search_can_be_narrowed(
    desk: Desk, owner: Person, query: str, expected: list[str]
) -> None:
    case_id = bring(desk, owner, b"picture")
    desk.cases.note(owner, case_id, "base")
    desk.casework.tag(owner, case_id, "tikrit")
    desk.verdicts.conclude(owner, case_id, 1, Rating.STAGED, "why")
    assert [hit.text for hit in desk.reports.search(owner, query)] == expected


@pytest.mark.parametrize(
    ("query", "hits"),
    [("from:жанна", 1), ("from:@zhanna", 1), ("from:احمد", 1), ("from:بازار", 0), ("from:@", 1)],
)
def test_whom_it_is_from_is_found_in_any_letters(
    desk: Desk, owner: Person, query: str, hits: int
) -> None:
    zhanna = Origin(kind=OriginKind.CHANNEL, name="ЖАННА и أحمد", username="Zhanna")
    case_id = desk.receiving.receive(owner, arrived(origin=zhanna), b"picture").case_id
    desk.cases.note(owner, case_id, "base")
    assert len(desk.reports.search(owner, f"{query} base")) == hits


@pytest.mark.parametrize(
    ("query", "hits"), [("from:жанна", 1), ("from:@zhanna", 1), ("from:reporter", 0), ("from:@", 1)]
)
def test_whose_words_were_forwarded_is_found(
    desk: Desk, owner: Person, query: str, hits: int
) -> None:
    case_id = bring(desk, owner, b"picture")
    zhanna = Origin(kind=OriginKind.CHANNEL, name="ЖАННА", username="Zhanna")
    desk.claims.state(owner, case_id, "The bridge", origin=zhanna)
    assert len(desk.reports.search(owner, f"{query} bridge")) == hits


def test_a_phrase_stands_word_by_word(desk: Desk, owner: Person) -> None:
    case_id = bring(desk, owner, b"picture")
    desk.cases.note(owner, case_id, "the old air base")
    assert len(desk.reports.search(owner, '"air base"')) == 1
    assert desk.reports.search(owner, '"base air"') == []
    with pytest.raises(BadInput):
        desk.reports.search(owner, "before:yesterday")


# --- nothing leaks out of a closed case ------------------------------------------------------


def test_a_closed_case_is_not_opened_by_merging(desk: Desk, owner: Person) -> None:
    closed, other = bring(desk, owner, b"one"), bring(desk, owner, b"two")
    desk.casework.close_to_others(owner, closed, True)
    for call in (
        lambda: desk.casework.merge(owner, closed, other),
        lambda: desk.casework.merge(owner, other, closed),
        lambda: desk.casework.move(owner, 1, closed, other),
    ):
        with pytest.raises(BadInput):
            call()


def test_a_viewer_edits_no_caption(desk: Desk, owner: Person) -> None:
    viewer = join(desk, owner, "Vera", Role.VIEWER)
    with pytest.raises(NotAllowed):
        desk.receiving.edit_caption(viewer, 1, 7, 1, "changed")


def test_half_a_surrogate_pair_in_a_name_is_kept_readable(desk: Desk, owner: Person) -> None:
    broken = arrived(filename="broken \ud83d.jpg", caption="caption \udc00")
    receipt = desk.receiving.receive(owner, broken, b"bytes")
    assert (
        desk.reports.exhibit(owner, receipt.case_id, receipt.exhibit_id).filename == "broken ?.jpg"
    )


def test_who_works_at_the_terminal_and_on_the_page_is_one_person(desk: Desk) -> None:
    before = desk.team.at_console("501", "root", "en")
    imported = bring(desk, before, b"brought by an import")
    desk.team.works_here("501", "localchat", "9", "Nour Haddad")
    page = desk.team.person("localchat", "9", "Nour Haddad")
    terminal = desk.team.at_console("501", "root", "en")
    assert (terminal.id, terminal.name) == (page.id, "Nour Haddad")
    assert terminal.at_console and not page.at_console
    noted = bring(desk, terminal, b"brought by another")
    mine = desk.reports.cases(page, wanted=CaseFilter(of_person=page.id))
    assert [line.id for line in mine] == [noted, imported]
    desk.team.person("localchat", "9", "Noor")
    assert {desk.reports.case(page, one).opened_by for one in (imported, noted)} == {"Noor"}
    assert {member.name for member in desk.team.members(page)} == {"Noor"}
    assert desk.team.at_console("502", "guest", "en").id != page.id
