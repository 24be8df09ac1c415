"""What coincides, kept for the exhibits concerned, and waves told to the people of their cases."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from tests.desk.test_campaigns import post, take
from tests.desk.test_posts import cropped, sent
from verify.desk import Desk
from verify.language import Reader, plain
from verify.records import Attachment, Coincidence, Person, Pillar, Role
from verify.store.posts import coincidences
from verify.wording import trails
from verify.wording.proposals import proposal

READER = Reader("en", ZoneInfo("UTC"))
GROUP = Coincidence(accounts=34, window_s=600, occasions=9, outsiders=2)


def spread(desk: Desk, person: Person, picture: Path, accounts: range, **asked: bool) -> int:
    """A picture posted by so many accounts within a quarter of an hour; gives the import."""
    number = desk.posts.begin(person, f"{accounts} {asked}", **asked)
    for n in accounts:
        one = post(1000 + n, f"p{n}", 900 * n / len(accounts), media=(Attachment(path="p.jpg"),))
        desk.posts.take(person, number, one, {0: picture})
    desk.posts.end(person, number)
    return number


def news(desk: Desk) -> list[str]:
    """What waits to be told once all is computed."""
    desk.campaign_watch.finish()
    return [plain(one.sentence, READER) for one in desk.casework.notices("telegram")]


def test_people_of_a_case_are_told_of_a_wave_once_and_when_it_grew_tenfold(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "p.jpg"
    picture.write_bytes(cropped())
    report = sent(desk, noor, picture.read_bytes())
    take(desk, noor, [post(n, f"p{n % 9}", -3600 * n, f"words {n}") for n in range(60)])
    spread(desk, noor, picture, range(400, 412), confidential=True)
    assert news(desk) == []
    spread(desk, noor, picture, range(12))
    [told] = news(desk)
    assert f"Case {report.id}: among the posts collected here 12 accounts posted" in told
    assert f"/campaign {report.id} shows more" in told
    spread(desk, noor, picture, range(12, 40))
    assert news(desk) == [told]
    spread(desk, noor, picture, range(40, 125))
    assert len(news(desk)) == 2
    report = desk.reports.case(noor, report.id)
    [said] = (one for one in report.exhibits[0].findings if one.check == "in_a_wave")
    assert "Nothing but news is needed" in plain(said.summary, READER)


def test_an_import_that_is_undone_takes_its_wave_along(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "p.jpg"
    picture.write_bytes(cropped())
    report = sent(desk, noor, picture.read_bytes())
    take(desk, noor, [post(n, f"p{n % 9}", -3600 * n, f"words {n}") for n in range(60)])
    number = spread(desk, noor, picture, range(12))
    assert len(news(desk)) == 1
    for expected in (["in_a_wave"], []):
        found = desk.reports.case(noor, report.id).exhibits[0].findings
        assert [one.check for one in found if one.check == "in_a_wave"] == expected
        if expected:
            desk.wiping.undo(noor, number)
            desk.campaign_watch.finish()


def test_a_trail_says_who_was_first_through_whom_it_went_and_what_changed(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "p.jpg"
    picture.write_bytes(cropped())
    report = sent(desk, noor, picture.read_bytes())
    number = desk.posts.begin(noor, "a trail")
    media = (Attachment(path="p.jpg"),)
    for one in (
        post(1, "first", 0, "Tikrit", media=media),
        post(2, "second", 600, "Tikrit", media=media, forwarded_from="@first"),
        post(3, "third" * 12, 1200, "Mosul", media=media),
    ):
        desk.posts.take(noor, number, one, {0: picture})
    member = post(4, "member", 60, "Tikrit", media=media, person=True)
    desk.posts.take(noor, number, member, {0: picture})
    desk.posts.end(noor, number)
    [way] = desk.campaigns.trails(noor, report.id)
    first, forward, copy = (plain(line, READER) for line in trails.told(way))
    assert "first here" in first
    assert "@first" in first
    assert "@second on x: a forward from @first" in forward
    assert f"@{'third' * 12}"[:39] + "… on x: taken to be a copy" in copy  # shortened
    assert "Other words begin here." in copy


def test_who_may_not_see_a_case_is_not_told_of_its_wave(
    desk: Desk, noor: Person, tmp_path: Path
) -> None:
    picture = tmp_path / "p.jpg"
    picture.write_bytes(cropped())
    sara = desk.team.admit("telegram", "8", "Sara", Role.REPORTER)
    report = sent(desk, noor, picture.read_bytes())
    desk.casework.watch(sara, report.id)
    desk.casework.close_to_others(noor, report.id, True)
    spread(desk, noor, picture, range(12))
    take(desk, noor, [post(n, f"p{n % 9}", -3600 * n, f"words {n}") for n in range(60)])
    desk.campaign_watch.finish()
    assert {one.person_id for one in desk.casework.notices("telegram")} == {noor.id}


def test_an_exhibit_concerned_has_findings_and_a_proposal_and_loses_them_again(
    desk: Desk, noor: Person
) -> None:
    report = sent(desk, noor, cropped())
    [exhibit] = report.exhibits
    for found in ({exhibit.exhibit_id: [GROUP]}, {}):
        with desk.store.transaction():
            coincidences.keep(desk.store, "as planted", found)
        report = desk.reports.case(noor, report.id)
        said = {
            one.pillar: plain(one.summary, READER)
            for one in report.exhibits[0].findings
            if one.check in ("posted_together", "not_independent")
        }
        [item] = (one for one in report.checklist if one.id == "coordination")
        evidence = proposal(report, item)
        if found:
            assert set(said) == {Pillar.SOURCE, Pillar.MOTIVATION}
            assert evidence is not None
            assert "34 accounts posted within 10 minutes" in plain(evidence, READER)
        else:
            assert (said, evidence) == ({}, None)
