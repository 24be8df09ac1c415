"""Records into words, where a talk would need too much to come about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import CAPTION_UNITS, MESSAGE_UNITS, Page, units
from verify.chat.replies.checklist import item_page, pillar_page
from verify.chat.replies.choosing import choose_exhibit
from verify.chat.replies.details import details
from verify.chat.replies.examination import examination, in_full
from verify.chat.replies.full import pages_of
from verify.chat.replies.lists import cases_page, hits_page
from verify.chat.replies.matches import card, listed
from verify.chat.replies.verdict import choose_claim
from verify.checklist import fill
from verify.language import Reader
from verify.records import (
    Answer,
    CaseLine,
    CaseReport,
    Chance,
    Claim,
    Examination,
    ExhibitReport,
    Finding,
    FirstSeen,
    Hit,
    Match,
    Note,
    Orientation,
    Outcome,
    Pillar,
    Reply,
    SentAs,
    Sighting,
    View,
    ViewKind,
    say,
)

ENGLISH = Reader("en", ZoneInfo("UTC"))
ARABIC = Reader("ar", ZoneInfo("Asia/Baghdad"))
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LONG = "<&🔥" * 30_000
CORNERS = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))

FINDING = Finding(
    check="test",
    pillar=Pillar.PROVENANCE,
    outcome=Outcome.FLAGGED,
    summary=say("The file says {value}.", value=LONG),
    read_from=LONG,
    raw="<" * 300,
    caution=say("This shows nothing else."),
    items=("original",),
)
CLAIM = Claim(
    id=1,
    case_id=1,
    version=1,
    text=LONG[:4000],
    claimant=LONG,
    recorded_by=LONG,
    recorded_at=NOW,
)
MATCH = Match(
    id=1,
    method="pdq",
    exhibit_id=1,
    earlier_exhibit_id=2,
    earlier_sha256="0" * 64,
    earlier_case_id=2,
    orientation=Orientation.MIRRORED,
    expected_by_chance=Chance(expected=3e-6),
    first_seen=FirstSeen(at=NOW, posted=True, source=LONG),
    distance=4,
    earlier_claim=replace(CLAIM, text="Then: " + LONG[:3000]),
)
EXHIBIT = ExhibitReport(
    exhibit_id=1,
    case_id=1,
    sha256="f" * 64,
    size=1000,
    filename=LONG,
    sent_as=SentAs.PHOTO,
    received_at=NOW,
    examination=Examination(lab_version=1, media_type="image/jpeg", width=10, height=10),
    matches=(MATCH,) * 7,
    findings=(FINDING,) * 12,
)
SIGHTING = Sighting(
    id=1,
    exhibit_id=1,
    case_id=1,
    service="telegram",
    received_at=NOW,
    received_from=LONG,
    source=LONG,
    links=("https://example.org/" + "a" * 3000,),
    posted_at=NOW,
)
ANSWERS = [
    Answer(item=item.id, reply=Reply.CONCERN, text=LONG[:1000], by=LONG, at=NOW)
    for item in fill((), ())
]
CASE = CaseReport(
    id=1,
    opened_at=NOW,
    opened_by=LONG,
    exhibits=(EXHIBIT,) * 4,
    sightings=(SIGHTING,) * 4,
    claims=(CLAIM,) * 4,
    notes=(Note(id=1, case_id=1, text="n" * 4000, by=LONG, at=NOW),) * 5,
    checklist=fill((FINDING,) * 30, ANSWERS),
)
CROWDED = replace(CASE, exhibits=(EXHIBIT,) * 30)
LINE = CaseLine(id=1, opened_at=NOW, exhibits=3, title=LONG, answered=1, items=37)
HIT = Hit(kind="note", case_id=1, text=LONG, at=NOW)


@pytest.mark.parametrize("reader", [ENGLISH, ARABIC])
def test_no_message_is_longer_than_telegram_takes(reader: Reader) -> None:
    shown = [
        *(Page(text) for _, text in pages_of(CASE, reader)),
        *(in_full(CASE, Action(name="x", page=page), reader) for page in (0, 59)),
        examination(CASE, 0, reader),
        examination(CROWDED, 1, reader),
        examination(replace(CASE, exhibits=(EXHIBIT,)), 1, reader),
        *(details(EXHIBIT, page, reader) for page in (0, 4, 8)),
        *(listed(CASE, EXHIBIT, page, reader, uploads=True) for page in range(3)),
        *(pillar_page(CASE, page, 1, reader) for page in range(6)),
        *(item_page(CASE, "original", 1, page, reader) for page in (0, 4, 8)),
        cases_page([LINE] * 9, Action(name="cases"), reader),
        hits_page(LONG, [HIT] * 10, 0, reader),
        choose_exhibit(say("Which?"), CROWDED, Action(name="x"), Action(name="y"), reader),
        choose_claim(CASE, Action(name="verdict", case_id=1), CASE.claims, reader),
    ]
    assert max(units(page.text) for page in shown) <= MESSAGE_UNITS
    assert units(card(MATCH, CASE, reader).text) <= CAPTION_UNITS
    assert max(len(button.label) for page in shown for row in page.rows for button in row) <= 40
    assert max(len(row) for page in shown for row in page.rows) <= 8


def test_the_order_is_matches_flagged_noted_progress() -> None:
    noted = replace(FINDING, outcome=Outcome.NOTED, summary=say("A noted thing."))
    flagged = replace(FINDING, summary=say("A flagged thing."))
    exhibit = replace(EXHIBIT, filename="", findings=(noted, flagged), matches=(MATCH,))
    report = replace(CASE, exhibits=(exhibit,))
    text = in_full(report, Action(name="examination", case_id=1), ENGLISH).text
    places = [
        text.index(words)
        for words in ("in case 2, mirrored", "A flagged thing.", "A noted thing.", "Checklist:")
    ]
    assert places == sorted(places)


def test_small_chances_are_told_as_one_in_so_many() -> None:
    def told(chance: Chance) -> str:
        found = replace(MATCH, expected_by_chance=chance)
        return card(found, CASE, ENGLISH, in_full=True).text

    assert "about one match this close in 330,000 archives" in told(Chance(expected=3e-6))
    bound = told(Chance(expected=3e-6, bound=True))
    assert "fewer than one match this close in 330,000 archives" in bound
    assert "about 2.5 matches this close" in told(Chance(expected=2.53))
    assert "fewer than 2.5 matches" in told(Chance(expected=2.53, bound=True))


def test_a_posted_picture_is_never_said_to_be_received_first() -> None:
    received = FirstSeen(at=NOW - timedelta(days=1), posted=False, source="A channel")
    text = card(replace(MATCH, first_seen=received), CASE, ENGLISH, in_full=True).text
    assert "received here 2026-11-23 12:00 +00:00, coming from A channel" in text
    assert "posted" not in text


PART = View(kind=ViewKind.INSET, corners=CORNERS)


def test_parts_are_told_from_whole_pictures() -> None:
    found = replace(MATCH, view=PART, distance=None)
    inside = card(found, CASE, ENGLISH, in_full=True).text
    assert "as a part of this picture, mirrored left to right" in inside
    assert "Found by its details" in inside
    cut = card(replace(MATCH, earlier_view=PART), CASE, ENGLISH).text
    assert "within a larger picture" in cut
    both = card(replace(MATCH, view=PART, earlier_view=PART), CASE, ENGLISH).text
    assert "each shows a part of the other" in both


def test_the_same_file_is_seen_before_only_where_it_came_first() -> None:
    first = FirstSeen(at=NOW, posted=False, case_id=1)
    same = replace(MATCH, method="sha256", first_seen=first, case_id=1, earlier_case_id=2)
    assert card(same, CASE, ENGLISH).text.startswith("<b>Also in case 2, the very same file</b>")
    there = replace(same, first_seen=replace(first, case_id=2))
    assert "Seen before in case 2, the very same file" in card(there, CASE, ENGLISH).text
