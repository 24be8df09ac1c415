"""The use cases of a desk, on a real store, a real lab and real photographs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageOps

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, NotFound
from verify.language import Reader, plain
from verify.records import (
    Finding,
    Orientation,
    Origin,
    OriginKind,
    Outcome,
    Person,
    Pillar,
    Rating,
    Receipt,
    Reply,
    Role,
    Spot,
)
from verify.sandbox import Sandbox
from verify.store.keeping import custody
from verify.wording.glance import glance
from verify.wording.matches import earliest_first
from verify.wording.proposals import proposal

_CHINA = photograph("china")
ENGLISH = Reader("en", ZoneInfo("UTC"))


def send(desk: Desk, person: Person, content: bytes, **changes: object) -> Receipt:
    receipt = desk.receiving.receive(
        person, arrived(filename="picture.jpg", declared_type="image/jpeg", **changes), content
    )
    desk.examining.examine(person, receipt.exhibit_id)
    return receipt


def test_a_new_file_opens_a_case_that_outlives_the_desk(tmp_path: Path) -> None:
    with Desk(tmp_path / "home") as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        receipt = send(desk, noor, encode(_CHINA), caption="A temple in Hama")
        desk.cases.note(noor, receipt.case_id, "Asked the photographer.")
        before = desk.reports.case(noor, receipt.case_id)
    with Desk(tmp_path / "home") as desk:
        assert desk.reports.case(noor, receipt.case_id) == before
    assert before.notes[0].text == "Asked the photographer."
    assert before.claims[0].text == "A temple in Hama"
    assert before.claims[0].claimant == ""
    assert before.exhibits[0].examination is not None
    assert before.exhibits[0].examination.width == 640


def test_the_same_message_twice_changes_nothing(desk: Desk, noor: Person) -> None:
    message = arrived(caption="once")
    first = desk.receiving.receive(noor, message, b"bytes")
    again = desk.receiving.receive(noor, message, b"bytes")
    assert (again.case_id, again.submission_id) == (first.case_id, first.submission_id)
    assert again.repeated
    case = desk.reports.case(noor, first.case_id)
    assert (len(case.sightings), len(case.claims)) == (1, 1)


def test_the_same_bytes_again_add_a_sighting_to_their_case(desk: Desk, noor: Person) -> None:
    first = send(desk, noor, encode(_CHINA))
    again = send(desk, noor, encode(_CHINA), caption="seen elsewhere")
    assert again.known
    assert again.case_id == first.case_id
    assert [s.caption for s in desk.reports.case(noor, first.case_id).sightings] == [
        "",
        "seen elsewhere",
    ]


def test_an_album_is_one_case(desk: Desk, noor: Person) -> None:
    receipts = [
        send(desk, noor, encode(photograph(name)), album="a1") for name in ("china", "flower")
    ]
    late = send(desk, noor, encode(photograph("astronaut")), album="a1")
    assert {receipt.case_id for receipt in [*receipts, late]} == {late.case_id}
    assert len(desk.reports.case(noor, late.case_id).exhibits) == 3


LAID = {
    Orientation.ORIGINAL: _CHINA,
    Orientation.TURNED_90: _CHINA.transpose(Image.Transpose.ROTATE_270),
    Orientation.TURNED_180: _CHINA.transpose(Image.Transpose.ROTATE_180),
    Orientation.TURNED_270: _CHINA.transpose(Image.Transpose.ROTATE_90),
    Orientation.MIRRORED: ImageOps.mirror(_CHINA),
    Orientation.MIRRORED_TURNED_90: ImageOps.mirror(_CHINA).transpose(Image.Transpose.ROTATE_270),
    Orientation.MIRRORED_TURNED_180: ImageOps.flip(_CHINA),
    Orientation.MIRRORED_TURNED_270: ImageOps.mirror(_CHINA).transpose(Image.Transpose.ROTATE_90),
}


@pytest.mark.parametrize("orientation", list(Orientation))
def test_a_copy_is_found_however_it_was_laid(
    desk: Desk, noor: Person, orientation: Orientation
) -> None:
    earlier = send(desk, noor, encode(_CHINA))
    send(desk, noor, encode(photograph("flower")))
    copy = send(desk, noor, encode(shrunk(LAID[orientation]), quality=30))
    (match,) = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    assert match.earlier_case_id == earlier.case_id
    assert match.orientation is orientation
    assert match.distance is not None
    assert match.distance <= 31
    assert match.expected_by_chance.expected < 0.01


def test_unrelated_pictures_do_not_match(desk: Desk, noor: Person) -> None:
    for name in ("china", "flower", "astronaut", "coffee", "rocket", "chelsea"):
        receipt = send(desk, noor, encode(photograph(name)))
        assert desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).matches == ()


def test_matches_are_found_after_a_restart(home: Path, sandbox: Sandbox) -> None:
    with Desk(home, sandbox=sandbox) as desk:
        send(desk, desk.team.admit("telegram", "7", "Noor", Role.OWNER), encode(_CHINA))
    with Desk(home, sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        copy = send(desk, noor, encode(shrunk(_CHINA)))
        assert len(desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches) == 1


def test_first_seen_is_the_time_of_the_post_where_one_is_known(desk: Desk, noor: Person) -> None:
    posted = datetime(2014, 6, 14, 9, tzinfo=UTC)
    origin = Origin(
        kind=OriginKind.CHANNEL,
        name="A channel",
        external_id="-100",
        message_id=5,
        posted_at=posted,
    )
    send(desk, noor, encode(_CHINA), caption="Tikrit", origin=origin)
    copy = send(desk, noor, encode(shrunk(_CHINA)), caption="Hama, today")
    (match,) = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    assert (match.first_seen.at, match.first_seen.posted) == (posted, True)
    assert match.first_seen.source == "A channel"
    assert match.earlier_claim is not None
    assert (match.earlier_claim.text, match.earlier_claim.claimant) == ("Tikrit", "A channel")


def test_first_seen_is_by_the_link_that_its_server_dated(desk: Desk, noor: Person) -> None:
    link = "https://twitter.com/somebody/status/478000000000000000"
    send(desk, noor, encode(_CHINA), caption=f"Tikrit {link}", links=(link,))
    copy = send(desk, noor, encode(shrunk(_CHINA)))
    (match,) = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    assert (match.first_seen.by_link, match.first_seen.network) == (True, "X")
    assert f"{match.first_seen.at:%Y-%m-%d %H:%M}" == "2014-06-15 02:24"


def test_what_stood_first_is_told_of_every_copy_whichever_came_first(
    desk: Desk, noor: Person
) -> None:
    posts = {90: 1500000000000000000, 60: 477047046746177536, 40: 1000000000000000000}
    sent = [
        send(
            desk,
            noor,
            encode(shrunk(_CHINA), quality=quality),
            links=(f"https://x.com/a/status/{post}",),
        )
        for quality, post in posts.items()  # of 2022, 2014 and 2018
    ]
    heads, proposals = [], []
    for one in sent:
        report = desk.reports.case(noor, one.case_id)
        said = glance(report, report.exhibits[0]).seen
        heads.append(" ".join(plain(part, ENGLISH) for part in said))
        (item,) = [item for item in report.checklist if item.id == "earliest"]
        evidence = proposal(report, item)
        proposals += [plain(evidence, ENGLISH)] if evidence else []
    assert all("2014-06-12" in head for head in heads), heads
    assert "2014-06-12" in heads[0] and "came later stood earlier" in heads[0]
    assert "Earliest in this case" in heads[1]
    assert "Seen before in case 2" in heads[2]
    assert proposals and all("2014-06-12" in one and "in case 2" in one for one in proposals), (
        proposals
    )
    copy = send(desk, noor, encode(_CHINA, quality=30))
    found = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    years = [f"{match.first_seen.at:%Y}" for match in earliest_first(found)]
    assert years == ["2014", "2018", "2022"]


def test_without_an_origin_first_seen_is_the_receipt(desk: Desk, noor: Person) -> None:
    send(desk, noor, encode(_CHINA))
    copy = send(desk, noor, encode(shrunk(_CHINA)))
    (match,) = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    assert not match.first_seen.posted
    assert match.first_seen.at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_an_edited_caption_is_a_new_version_of_the_claim(desk: Desk, noor: Person) -> None:
    message = arrived(caption="Tikrit")
    receipt = desk.receiving.receive(noor, message, encode(_CHINA))
    key = (message.bot_id, message.chat_id, message.message_id)
    assert desk.receiving.edit_caption(noor, *key, "Tikrit, 12 June") is not None
    assert desk.receiving.edit_caption(noor, *key, "Tikrit, 12 June") is None
    (claim,) = desk.reports.case(noor, receipt.case_id).claims
    assert (claim.text, claim.version) == ("Tikrit, 12 June", 2)
    again = [desk.receiving.edit_caption(noor, *key, "Homs", key="1:7:1:8") for _ in range(2)]
    assert [one and one.version for one in again] == [3, 3]


def test_a_link_that_an_edit_adds_is_compared(desk: Desk, noor: Person) -> None:
    message = arrived(caption="In Homs on 3 May 2030")
    receipt = desk.receiving.receive(noor, message, encode(_CHINA))
    desk.examining.examine(noor, receipt.exhibit_id)
    key = (message.bot_id, message.chat_id, message.message_id)
    link = "https://x.com/Interior/status/507185938620219395"
    kept = desk.receiving.edit_caption(noor, *key, "In Homs on 3 May 2031", (link,))
    assert kept and (kept.claimed_at, kept.place) == ("2031-05-03", "Homs, Syria")
    findings = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).findings
    assert {"posted_in_link", "posting_against_claim"} <= {one.check for one in findings}
    taken = desk.receiving.edit_caption(noor, *key, "", ())
    assert taken and taken.text == kept.text
    assert desk.receiving.edit_caption(noor, *key, "", ()) is None
    findings = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).findings
    assert "posted_in_link" not in {one.check for one in findings}


def test_another_claim_of_another_day_and_place_is_flagged_until_one_is_corrected(
    desk: Desk, noor: Person
) -> None:
    first = send(desk, noor, encode(_CHINA), caption="Flood in Homs, Syria, 3 May 2012")
    copy = encode(shrunk(_CHINA), quality=40)
    second = send(desk, noor, copy, caption="Flood in Aleppo on 14 June 2030")

    def findings() -> dict[str, Finding]:
        found = desk.reports.exhibit(noor, second.case_id, second.exhibit_id).findings
        return {one.check: one for one in found if one.outcome is Outcome.FLAGGED}

    flagged = findings()
    assert flagged["first_seen_against_claim"].raw == "2030-06-14"
    earlier = flagged["earlier_claim_against_claim"]
    assert earlier.raw == "Flood in Homs, Syria, 3 May 2012"
    assert (earlier.summary.values["there"], earlier.summary.values["here"]) == ("Homs", "Aleppo")
    assert "Another date and place were claimed" in earlier.summary.template
    pillars = {
        item.pillar
        for item in desk.reports.case(noor, second.case_id).checklist
        if earlier in item.findings
    }
    assert {Pillar.DATE, Pillar.LOCATION} <= pillars

    (claim,) = desk.reports.case(noor, first.case_id).claims
    spot = Spot(name="Aleppo, Syria", latitude=36.2, longitude=37.16)
    desk.claims.correct(noor, first.case_id, claim.id, claimed_at="2030-06-14", spot=spot)
    assert "earlier_claim_against_claim" not in findings()
    (claim,) = desk.reports.case(noor, second.case_id).claims
    desk.claims.correct(noor, second.case_id, claim.id, claimed_at="")
    assert "first_seen_against_claim" not in findings()


def test_a_correction_is_a_new_version_and_the_same_one_again_is_none(
    desk: Desk, noor: Person
) -> None:
    receipt = send(desk, noor, encode(_CHINA), caption="In Tikrit on 14 June 2014")
    (claim,) = desk.reports.case(noor, receipt.case_id).claims
    assert (claim.claimed_at, claim.place) == ("2014-06-14", "Tikrit, Iraq")
    for _ in range(2):  # a button pressed twice names the first version both times
        kept = desk.claims.correct(noor, receipt.case_id, claim.id, claimed_at="2014-06-12T17:30")
        assert (kept.version, kept.claimed_at, kept.date_stated) == (2, "2014-06-12T17:30", True)
        assert (kept.place, kept.place_stated) == ("Tikrit, Iraq", False)
    with pytest.raises(BadInput):
        desk.claims.correct(noor, receipt.case_id, claim.id, claimed_at="2014-02-31")
    with pytest.raises(NotFound):
        desk.claims.correct(noor, receipt.case_id, 99, claimed_at="2014")


def test_examining_again_adds_and_overwrites_nothing(desk: Desk, noor: Person) -> None:
    receipt = send(desk, noor, encode(_CHINA))
    before = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id)
    desk.examining.examine(noor, receipt.exhibit_id, again=True)
    after = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id)
    assert after.examination_id != before.examination_id
    assert after.findings == before.findings
    assert desk.store.row("SELECT count(*) FROM examination")[0] == 2
    assert desk.store.row("SELECT count(*) FROM fingerprint WHERE algorithm = 'pdq'")[0] == 1


def test_a_broken_picture_is_kept_and_the_desk_goes_on(desk: Desk, noor: Person) -> None:
    broken = send(desk, noor, encode(_CHINA)[:1500])
    report = desk.reports.exhibit(noor, broken.case_id, broken.exhibit_id)
    assert Outcome.FAILED in {finding.outcome for finding in report.findings}
    assert send(desk, noor, encode(_CHINA)).case_id != broken.case_id


def test_looking_keeps_nothing(desk: Desk, noor: Person) -> None:
    send(desk, noor, encode(_CHINA))
    before = [tuple(row) for row in desk.store.rows("SELECT * FROM exhibit")]
    examination, matches, *_ = desk.examining.look(
        noor, encode(ImageOps.mirror(_CHINA)), "copy.jpg"
    )
    assert examination.width == 640
    assert [match.orientation for match in matches] == [Orientation.MIRRORED]
    assert [tuple(row) for row in desk.store.rows("SELECT * FROM exhibit")] == before


def test_a_note_is_added_once_and_can_be_taken_back(desk: Desk, noor: Person) -> None:
    case_id = send(desk, noor, encode(_CHINA)).case_id
    note = desk.cases.note(noor, case_id, "  Called Hama. ", key="1:9")
    assert desk.cases.note(noor, case_id, "Called Hama.", key="1:9") == note
    assert [n.text for n in desk.reports.case(noor, case_id).notes] == ["Called Hama."]
    assert [hit.kind for hit in desk.reports.search(noor, "called")] == ["note"]
    assert desk.cases.undo_note(noor, note.id)
    assert not desk.cases.undo_note(noor, note.id)
    assert desk.reports.case(noor, case_id).notes == ()
    assert desk.reports.search(noor, "called") == []


def test_nobody_takes_back_the_note_of_another(desk: Desk, noor: Person) -> None:
    case_id = send(desk, noor, encode(_CHINA)).case_id
    note = desk.cases.note(noor, case_id, "mine")
    sami = desk.team.admit("telegram", "8", "Sami", Role.REPORTER)
    assert not desk.cases.undo_note(sami, note.id)
    assert len(desk.reports.case(noor, case_id).notes) == 1


def test_a_person_answers_the_checklist(desk: Desk, noor: Person) -> None:
    case_id = send(desk, noor, encode(_CHINA)).case_id
    desk.cases.answer(noor, case_id, "uploader", Reply.CONCERN, "Posted by an aggregator.")
    item = next(i for i in desk.reports.case(noor, case_id).checklist if i.id == "uploader")
    assert item.answer is not None
    assert (item.answer.reply, item.answer.by) == (Reply.CONCERN, "Noor")
    assert desk.cases.answer(noor, case_id, "uploader", Reply.SETTLED, "  ").text == ""
    with pytest.raises(NotFound):
        desk.cases.answer(noor, case_id, "no-such-item", Reply.COULD_NOT_TELL)


def test_the_machine_answers_no_item(desk: Desk, noor: Person) -> None:
    case_id = send(desk, noor, encode(_CHINA)).case_id
    checklist = desk.reports.case(noor, case_id).checklist
    assert any(item.findings for item in checklist)
    assert all(item.answer is None for item in checklist)


def test_a_verdict_names_its_claim_and_needs_a_reason(desk: Desk, noor: Person) -> None:
    receipt = send(desk, noor, encode(_CHINA), caption="Hama, today")
    (claim,) = desk.reports.case(noor, receipt.case_id).claims
    with pytest.raises(BadInput):
        desk.verdicts.conclude(noor, receipt.case_id, receipt.exhibit_id, Rating.STAGED, " ")
    desk.verdicts.conclude(
        noor,
        receipt.case_id,
        receipt.exhibit_id,
        Rating.DECONTEXTUALISED,
        "It is Beijing.",
        claim_id=claim.id,
    )
    (verdict,) = desk.reports.case(noor, receipt.case_id).verdicts
    assert (verdict.rating, verdict.by) == (Rating.DECONTEXTUALISED, "Noor")
    assert verdict.claim == claim
    assert desk.reports.cases(noor)[0].rating is Rating.DECONTEXTUALISED


def test_every_step_is_in_an_unbroken_custody_chain(desk: Desk, noor: Person) -> None:
    receipt = send(desk, noor, encode(_CHINA), caption="secret words")
    desk.cases.note(noor, receipt.case_id, "secret words")
    rows = desk.store.rows("SELECT kind, subject FROM custody_event ORDER BY id")
    assert [row["kind"] for row in rows][1:] == ["received", "preserved", "examined", "noted"]
    assert not any("secret" in row["subject"] for row in rows)
    assert custody.first_break(desk.store) is None


def test_a_card_shows_both_pictures(desk: Desk, noor: Person) -> None:
    send(desk, noor, encode(_CHINA))
    copy = send(desk, noor, encode(ImageOps.mirror(_CHINA)))
    (match,) = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id).matches
    assert desk.pictures.card(noor, match.id).jpeg[:3] == b"\xff\xd8\xff"
    with pytest.raises(NotFound):
        desk.pictures.card(noor, match.id + 1)


def test_a_case_that_is_not_there_is_said_so(desk: Desk, noor: Person) -> None:
    for call in (
        lambda: desk.reports.case(noor, 99),
        lambda: desk.cases.note(noor, 99, "text"),
        lambda: desk.claims.state(noor, 99, "text"),
        lambda: desk.reports.exhibit(noor, 1, 1),
    ):
        with pytest.raises(NotFound):
            call()
