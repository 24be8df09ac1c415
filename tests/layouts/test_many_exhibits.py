"""A report of many exhibits: what is alike is said once, each flag stays with its exhibit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from verify.language import Reader, plain
from verify.layouts.report import as_file, content
from verify.layouts.text import finding_lines
from verify.records import (
    CaseReport,
    ExhibitReport,
    Finding,
    Gathered,
    Outcome,
    Pillar,
    SentAs,
    say,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
NO_CAMERA = Finding(
    check="camera",
    pillar=Pillar.PROVENANCE,
    outcome=Outcome.INCONCLUSIVE,
    summary=say("The file names no camera."),
    read_from="EXIF, XMP",
)
FLAG = Finding(
    check="generator",
    pillar=Pillar.PROVENANCE,
    outcome=Outcome.FLAGGED,
    summary=say("The file gives no coordinates."),
)


def exhibit(number: int) -> ExhibitReport:
    return ExhibitReport(
        exhibit_id=number,
        case_id=1,
        sha256=f"{number:064x}",
        size=100,
        filename=f"IMG_{number}.jpg",
        sent_as=SentAs.DOCUMENT,
        received_at=AT,
        findings=(*((NO_CAMERA,) if number != 7 else ()), *((FLAG,) if number < 3 else ())),
    )


def page(language: str = "en") -> str:
    case = CaseReport(
        id=1, opened_at=AT, opened_by="Noor", exhibits=tuple(map(exhibit, range(1, 11)))
    )
    report = content(
        Gathered(case=case, head="0" * 64), "inside", Reader(language, ZoneInfo("UTC"))
    )
    assert as_file(report, "pdf").startswith(b"%PDF")
    return re.sub("</?bdi[^>]*>", "", as_file(report, "html").decode())


def test_what_many_exhibits_share_is_said_once_and_a_flag_of_each() -> None:
    told = page()
    assert told.count("The file names no camera.") == 1
    assert "9 of 10 exhibits (1 to 6, 8 to 10): The file names no camera." in told
    flags = re.findall(r"(Exhibit \d): The file gives no coordinates\.", told)
    assert flags == ["Exhibit 1", "Exhibit 2"] * 2  # in the head and among the findings


def test_many_exhibits_are_listed_with_a_link_to_each() -> None:
    for language in ("en", "ar"):
        told = page(language)
        listed = re.findall(r'<td><a href="#(exhibit-\d+)">', told)
        assert listed == [f"exhibit-{number}" for number in range(1, 11)]
        assert all(f'id="{one}"' in told for one in listed)
        assert "IMG_7.jpg" in told


def test_what_contradicts_two_claims_alike_is_said_once_at_a_terminal() -> None:
    of_claims = [
        Finding(
            check="place_against_claim",
            pillar=Pillar.LOCATION,
            outcome=Outcome.FLAGGED,
            summary=say("The file's place lies 310 km away."),
            read_from=f"GPS, claim {number}",
        )
        for number in (1, 2)
    ]
    told = [*finding_lines(of_claims, lambda one: plain(one, Reader("en", ZoneInfo("UTC"))))]
    assert sum("310 km" in line for line in told) == 1
