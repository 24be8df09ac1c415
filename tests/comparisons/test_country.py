"""The country in a file's words against its coordinates: only what was lost or exchanged flags."""

from __future__ import annotations

import pytest

from tests.comparisons.conftest import RECEIVED
from verify.comparisons import Circumstances, run
from verify.records import Examination, Gps, Metadata, Outcome


def outcomes(latitude: float, longitude: float, country: str) -> list[Outcome]:
    metadata = Metadata(gps=Gps(latitude=latitude, longitude=longitude), country=country)
    examination = Examination(lab_version=1, media_type="image/jpeg", metadata=metadata)
    found = run(Circumstances(examination=examination, received_at=RECEIVED))
    return [one.outcome for one in found if one.check == "country_against_position"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (33.5138, -36.2765, "Syria"),
        (35.69, -51.39, "Iran"),
        (-55.75, 37.62, "Russia"),
        (32.89, -13.19, "Libya"),
        (-31.50, 34.46, "Palestine"),
        (38.9, 77.03, "USA"),
        (-51.5, -0.12, "UK"),
        (33.31, -44.36, "العراق"),
        (44.36, 33.31, "Iraq"),
    ],
)
def test_a_lost_letter_is_flagged_whatever_the_country_is_called(
    latitude: float, longitude: float, country: str
) -> None:
    assert outcomes(latitude, longitude, country) == [Outcome.FLAGGED]


@pytest.mark.parametrize(
    ("latitude", "longitude", "country"),
    [
        (0.4621, 34.1011, "Kenya"),  # Busia, on the border
        (6.13, 1.22, "Ghana"),  # Lomé, on the border
        (51.48, 0.0, "United Kingdom"),
        (33.5138, 36.2765, "Lebanon"),  # an agency's desk
        (44.95, 34.10, "Russia"),  # disputed ground is each claimant's
        (44.95, 34.10, "Ukraine"),
        (31.78, 35.22, "Palestine"),
        (33.5138, 36.2765, "Syrian Arab Republic"),
        (33.5138, -36.2765, "Ruritania"),
    ],
)
def test_borders_disputed_ground_and_true_words_are_not(
    latitude: float, longitude: float, country: str
) -> None:
    assert outcomes(latitude, longitude, country) == []
