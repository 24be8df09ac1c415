"""The parts of a situation, with only what a test names told apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from verify.comparisons import Circumstances, run
from verify.language import Reader, plain
from verify.records import (
    Chance,
    Claim,
    Examination,
    FirstSeen,
    Gps,
    Match,
    Metadata,
    Orientation,
    Outcome,
    Sighting,
)

RECEIVED = datetime(2026, 11, 24, 12, tzinfo=UTC)
READER = Reader("en", ZoneInfo("UTC"))


def claim_of(text: str, stated: dict[str, Any]) -> Claim:
    return Claim(
        id=1,
        case_id=1,
        version=1,
        text=text,
        claimant="",
        recorded_by="Rana",
        recorded_at=RECEIVED,
        **stated,
    )


def _match(seen: datetime, earlier: str | None) -> Match:
    return Match(
        id=1,
        method="pdq",
        exhibit_id=2,
        earlier_exhibit_id=1,
        earlier_sha256="0" * 64,
        earlier_case_id=7,
        orientation=Orientation.ORIGINAL,
        expected_by_chance=Chance(expected=0.001),
        first_seen=FirstSeen(at=seen, posted=True),
        distance=4,
        earlier_claim=None if earlier is None else claim_of(earlier, {}),
    )


@pytest.fixture
def compare() -> Callable[..., list[tuple[Outcome, str]]]:
    """Make one comparison; gives the outcome and the English sentence of each finding."""

    def compare(
        check: str,
        *,
        captured: str | None = None,
        zone: str | None = None,
        gps: tuple[float, float] | None = None,
        claims: tuple[str, ...] = (),
        stated: dict[str, Any] | None = None,
        links: tuple[str, ...] = (),
        posted: datetime | None = None,
        filename: str = "",
        matches: tuple[tuple[datetime, str | None], ...] = (),
    ) -> list[tuple[Outcome, str]]:
        metadata = Metadata(
            captured_at=captured,
            captured_zone=zone,
            gps=gps and Gps(latitude=gps[0], longitude=gps[1]),
        )
        sighting = Sighting(
            id=1,
            exhibit_id=2,
            case_id=1,
            service="telegram",
            received_at=RECEIVED,
            received_from="Rana",
            links=links,
            posted_at=posted,
        )
        findings = run(
            Circumstances(
                examination=Examination(lab_version=1, media_type="image/jpeg", metadata=metadata),
                received_at=RECEIVED,
                claims=tuple(claim_of(text, stated or {}) for text in claims),
                sightings=(sighting,),
                matches=tuple(_match(*match) for match in matches),
                filename=filename,
            )
        )
        assert all(finding.caution for finding in findings)
        return [(f.outcome, plain(f.summary, READER)) for f in findings if f.check == check]

    return compare
