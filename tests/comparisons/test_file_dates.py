"""A date in the file before the claimed event is told; true claims stay quiet."""

from __future__ import annotations

import pytest

from tests.comparisons.conftest import RECEIVED, claim_of
from tests.comparisons.test_true_claims_of_time import FALSE_OF_JUNE_14, TRUE_OF_JUNE_14
from verify.comparisons import Circumstances, run
from verify.records import Examination, FileDate, Finding, Metadata, Outcome


def told(claim: str, *dates: FileDate, caption: str | None = None) -> list[Finding]:
    examination = Examination(
        lab_version=1, media_type="image/jpeg", metadata=Metadata(caption=caption), dates=dates
    )
    found = run(
        Circumstances(examination=examination, received_at=RECEIVED, claims=(claim_of(claim, {}),))
    )
    return [finding for finding in found if finding.check == "file_dates_against_claim"]


def on(at: str, what: str = "changed", place: str = "EXIF DateTime") -> FileDate:
    return FileDate(what=what, place=place, at=at)


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_dates_of_the_day_and_later_flag_no_true_claim(claim: str) -> None:
    dates = on("2014-06-14T22:00:00", "digitised"), on("2019-01-02T08:00:00")
    found = told(claim, *dates, caption="Mosul, 14 June 2014")
    assert Outcome.FLAGGED not in [finding.outcome for finding in found]


@pytest.mark.parametrize("claim", FALSE_OF_JUNE_14)
@pytest.mark.parametrize("what", ["changed", "digitised", "created"])
def test_a_date_before_the_event_is_flagged(claim: str, what: str) -> None:
    [finding] = told(claim, on("2014-06-14T22:00:00", what))
    assert finding.outcome is Outcome.FLAGGED
    assert finding.raw == "2014-06-14"


def test_a_date_in_the_files_caption_before_the_event_is_flagged() -> None:
    [finding] = told("Mosul, 17 October 2016", caption="Fighters in Mosul, 14 June 2014")
    assert finding.outcome is Outcome.FLAGGED
    assert finding.read_from.startswith("caption in the file")


@pytest.mark.parametrize(
    "date",
    [on("2000-01-03T04:12:00", "digitised"), on("2014-06-14", "created", "XMP xmp:CreateDate")],
)
def test_an_unset_clock_and_a_templates_first_saving_are_not_flagged(date: FileDate) -> None:
    [finding] = told("Mosul, 17 October 2016", date)
    assert finding.outcome is Outcome.INCONCLUSIVE
