"""What accounts posted together, in reports: drawn and in words, to partners without names."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.layouts.coincided import coincided
from verify.language import Reader
from verify.layouts.report import as_file, content
from verify.layouts.report.pdf import typesetter
from verify.records import CampaignReport, CaseReport, Figure, Gathered, Report, Section

NAMES, OTHERS = ("laylah_aleppo", "أخبار_حلب"), ("somebody", "else")


def report(profile: str, campaign: CampaignReport | None, language: str = "en") -> Report:
    case = CaseReport(id=1, opened_at=datetime(2026, 11, 28, tzinfo=UTC), opened_by="")
    gathered = Gathered(case=case, head="cd" * 32, campaign=campaign)
    return content(gathered, profile, Reader(language, ZoneInfo("UTC")))


def told(made: Report) -> Section | None:
    return next((one for one in made.sections if one.id == "campaign"), None)


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
    made = report("partner", coincided(4, 3, names=NAMES, words="call +963 944 123 456"))
    section = told(made)
    assert section
    page = as_file(made, "html").decode()
    for gone in ("laylah", "حلب", "voice3", "963", "fallen", "abababab"):
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
    made = report("inside", coincided(40, 3, names=NAMES), language)
    pdf, warnings = typesetter(made).compile_with_warnings(format="pdf", pdf_standards=["ua-1"])
    assert warnings == []
    assert pdf.count(b"/Subtype/Image") + pdf.count(b"/Subtype /Image") >= 3
    assert as_file(made, "html") == as_file(
        report("inside", coincided(40, 3, names=NAMES), language), "html"
    )
