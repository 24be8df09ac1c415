"""What accounts posted together, in reports: drawn and in words, to partners without names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.layouts.coincided import coincided
from tests.layouts.driven import world
from tests.photographs import encode, photograph, shrunk
from tests.remembering import furnished
from tests.submissions import arrived
from verify.desk import Desk
from verify.language import Reader
from verify.layouts.report import as_file, content, made
from verify.layouts.report.pdf import typesetter
from verify.records import (
    Attachment,
    CampaignReport,
    CaseReport,
    Figure,
    Gathered,
    Report,
    Role,
    Section,
)
from verify.sandbox import Sandbox

NAMES, OTHERS = ("laylah_aleppo", "أخبار_حلب"), ("somebody", "else")


def report(profile: str, campaign: CampaignReport | None, language: str = "en") -> Report:
    case = CaseReport(id=1, opened_at=datetime(2026, 11, 28, tzinfo=UTC), opened_by="")
    gathered = Gathered(case=case, head="cd" * 32, campaign=campaign)
    return content(gathered, profile, Reader(language, ZoneInfo("UTC")))


def told(report: Report) -> Section | None:
    return next((one for one in report.sections if one.id == "campaign"), None)


def drawings(section: Section) -> list[Figure]:
    return [one for one in section.blocks if isinstance(one, Figure)]


def test_the_newsroom_gets_names_a_timeline_a_group_and_a_network() -> None:
    section = told(report("inside", coincided(4, 3, names=NAMES)))
    assert section
    assert "@laylah_aleppo" in str(section.blocks)
    assert [one.alt.split(":")[0] for one in drawings(section)] == [
        "A timeline with a lane for each of 4 accounts",
        "A timeline with a lane for each of 3 accounts",
        "A network",
    ]
    assert "Other reasons for it" in str(section.blocks)


def test_a_partner_gets_the_same_with_numbers_for_accounts_and_no_words_of_theirs() -> None:
    laid = report("partner", coincided(4, 3, names=NAMES, words="call +963 944 123 456"))
    section = told(laid)
    assert section
    page = as_file(laid, "html").decode()
    for gone in ("laylah", "حلب", "voice3", "963 944", "fallen", "abababab"):
        assert gone not in page, gone
    assert (
        "4 accounts posted the same within 10 seconds of each other, 3 times: 1, 2, 3, 4." in page
    )
    other = told(report("partner", coincided(4, 3, names=OTHERS, words="nothing of it")))
    assert other
    assert [one.image for one in drawings(section)] == [one.image for one in drawings(other)]


def test_the_public_gets_none_of_it_and_where_nothing_coincides_nothing_is_said() -> None:
    assert told(report("public", coincided(4))) is None
    assert told(report("inside", None)) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pdf_holds_the_drawings_whole(language: str) -> None:
    laid = report("inside", coincided(40, 3, names=NAMES), language)
    pdf, warnings = typesetter(laid).compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    assert warnings == []
    assert pdf.count(b"/Subtype/Image") + pdf.count(b"/Subtype /Image") >= 3
    assert as_file(laid, "html").count(b"data:image/png") == 3


def test_a_desk_tells_it_in_the_report_of_a_case_whose_picture_a_group_posted(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    posted = tmp_path / "posted.jpg"
    posted.write_bytes(encode(shrunk(photograph("china"))))
    with Desk(furnished(tmp_path / "home"), sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        number = desk.posts.begin(noor, "posts")
        posts = [*world()]
        shown = [post for post in posts if post.hashtags == ("driven3",)]
        desk.posts.take_words(noor, number, [post for post in posts if post not in shown])
        for post in shown:
            pictured = replace(post, media=(Attachment(path="posted.jpg"),))
            taken = desk.posts.take(noor, number, pictured, {0: posted})
        desk.posts.end(noor, number)
        desk.examining.examine(noor, taken.media[0].exhibit_id)
        kept = desk.receiving.receive(
            noor, arrived(), encode(shrunk(photograph("china")), quality=60)
        )
        desk.examining.examine(noor, kept.exhibit_id)
        reader = Reader("en", ZoneInfo("UTC"))
        section = told(made(desk, noor, kept.case_id, "inside", reader))
    assert section
    assert "8 accounts posted the same within 1 minute" in str(section.blocks)
    assert len(drawings(section)) == 2
