from __future__ import annotations

from collections.abc import Callable

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

NOON = {"captured": "2024-05-01T12:30:00", "zone": "+03:00", "gps": (33.51, 36.29)}
NIGHT = {"captured": "2024-05-01T23:30:00", "zone": "+03:00", "gps": (33.51, 36.29)}


def test_the_sun_of_the_time_and_place_is_noted(compare: Compare) -> None:
    ((outcome, text),) = compare("sun", **NOON)
    assert outcome is Outcome.NOTED
    assert "the sun stood 72° high there" in text
    assert compare("sun", **NIGHT) == [
        (Outcome.NOTED, "At 2024-05-01 20:30 +00:00 it was night there.")
    ]


@pytest.mark.parametrize(
    ("known", "claim"),
    [
        (NOON, "Damascus was hit last night"),
        (NOON, "قصف دمشق ليلاً"),
        (NIGHT, "Damascus was hit in broad daylight"),
        (NIGHT, "قصف دمشق في وضح النهار"),
    ],
)
def test_plain_words_that_the_sun_contradicts_are_flagged(
    compare: Compare, known: dict[str, object], claim: str
) -> None:
    outcomes = [outcome for outcome, _ in compare("sun", **known, claims=(claim,))]
    assert outcomes == [Outcome.NOTED, Outcome.FLAGGED]


@pytest.mark.parametrize(
    ("known", "claim"),
    [
        (NIGHT, "Damascus was hit last night"),
        (NOON, "Damascus was hit in broad daylight"),
        (NOON, "Damascus was hit at night and in broad daylight"),
        (NOON, "A night to remember: Damascus"),
    ],
)
def test_other_words_are_left_alone(compare: Compare, known: dict[str, object], claim: str) -> None:
    outcomes = [outcome for outcome, _ in compare("sun", **known, claims=(claim,))]
    assert outcomes == [Outcome.NOTED]


def test_without_a_zone_the_clocks_of_the_place_count_and_nothing_is_flagged(
    compare: Compare,
) -> None:
    known = {**NOON, "zone": None}
    noted, contradicted = compare("sun", **known, claims=("Damascus was hit last night",))
    assert noted[0] is Outcome.NOTED
    assert noted[1].startswith("If the file's clock showed the time of the place: At 2024-05-01")
    assert "the sun stood 72° high there" in noted[1]
    assert contradicted[0] is Outcome.INCONCLUSIVE


def test_the_time_and_place_kept_with_a_claim_are_enough(compare: Compare) -> None:
    stated = {"claimed_at": "2024-05-01T12:30", "latitude": 33.51, "longitude": 36.29}
    ((outcome, text),) = compare("sun", claims=("A square",), stated=stated)
    assert outcome is Outcome.NOTED
    assert "At 2024-05-01 09:30 +00:00 the sun stood 72° high there" in text


def test_without_a_place_nothing_is_said(compare: Compare) -> None:
    assert compare("sun", **{**NOON, "gps": None}) == []
    assert compare("sun", **{**NOON, "gps": (0, 0)}) == []
