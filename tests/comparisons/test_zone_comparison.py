from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.comparisons.conftest import READER, RECEIVED, claim_of
from verify.comparisons import Circumstances, run
from verify.language import plain
from verify.records import Examination, Gps, Metadata, Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]
SUMMER = "2021-06-02T10:00:00"


@pytest.mark.parametrize("claim", ["In Baghdad, 2 June 2021", "قصف في بغداد", "in Iraq"])
def test_a_camera_left_on_the_time_of_home_is_noted(compare: Compare, claim: str) -> None:
    found = compare("zone_against_claim", captured=SUMMER, zone="+02:00", claims=(claim,))
    assert [outcome for outcome, _ in found] == [Outcome.NOTED]  # travellers are honest
    assert "names the time zone +02:00" in found[0][1]
    assert "showed +03:00 on 2021-06-02" in found[0][1]


@pytest.mark.parametrize(
    ("claim", "captured", "zone"),
    [
        ("In Baghdad", SUMMER, "+03:00"),
        ("In Damascus", "2021-01-02T10:00:00", "+02:00"),  # Syria had summer time until 2022
        ("In Damascus", SUMMER, "+03:00"),
        ("in the USA", SUMMER, "-05:00"),
        ("in Tripoli", "2021-01-02T10:00:00", "+02:00"),  # in Libya and in Lebanon
    ],
)
def test_a_zone_that_clocks_showed_there_is_noted(
    compare: Compare, claim: str, captured: str, zone: str
) -> None:
    [(outcome, _)] = compare("zone_against_claim", captured=captured, zone=zone, claims=(claim,))
    assert outcome is Outcome.NOTED


def test_the_place_stated_with_the_claim_goes_before_its_words(compare: Compare) -> None:
    stated: dict[str, Any] = {"place": "Kyiv", "latitude": 50.45, "longitude": 30.52}
    [(outcome, sentence)] = compare(
        "zone_against_claim",
        captured="2021-01-02T10:00:00",
        zone="+03:00",
        claims=("in Baghdad",),
        stated=stated,
    )
    assert outcome is Outcome.NOTED
    assert "at the place in the claim (“Kyiv”) showed +02:00" in sentence


@pytest.mark.parametrize(("zone", "claim"), [(None, "In Baghdad"), ("+02:00", "A square")])
def test_without_a_zone_or_a_place_nothing_is_compared(
    compare: Compare, zone: str | None, claim: str
) -> None:
    assert compare("zone_against_claim", captured=SUMMER, zone=zone, claims=(claim,)) == []


def before(minutes: int) -> str:
    """The satellites' time, so many minutes behind the camera's clock."""
    return (datetime.fromisoformat(SUMMER) - timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize(("minutes", "notes"), [(180, 0), (121, 1), (140, 0)])
def test_a_clock_of_another_zone_than_the_places_is_noted(minutes: int, notes: int) -> None:
    seen = Examination(
        lab_version=1,
        media_type="image/jpeg",
        metadata=Metadata(
            captured_at=SUMMER,
            satellites_at=before(minutes),
            gps=Gps(latitude=33.31, longitude=44.37),
        ),
    )
    found = run(Circumstances(examination=seen, received_at=RECEIVED))
    ours = [one.outcome for one in found if one.check == "clock_against_place"]
    assert ours == [Outcome.NOTED] * notes


@pytest.mark.parametrize(
    ("minutes", "outcomes"), [(121, [Outcome.NOTED]), (179, [Outcome.NOTED]), (140, [])]
)
def test_without_a_zone_the_satellites_time_gives_it(minutes: int, outcomes: list[Outcome]) -> None:
    seen = Examination(
        lab_version=1,
        media_type="image/jpeg",
        metadata=Metadata(captured_at=SUMMER, satellites_at=before(minutes)),
    )
    claims = (claim_of("In Baghdad", {}),)
    found = run(Circumstances(examination=seen, received_at=RECEIVED, claims=claims))
    ours = [finding for finding in found if finding.check == "zone_against_claim"]
    assert [finding.outcome for finding in ours] == outcomes
    assert all("file's clock ran at" in plain(finding.summary, READER) for finding in ours)
