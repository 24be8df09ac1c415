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


def test_a_time_without_a_zone_or_a_place_tells_nothing(compare: Compare) -> None:
    assert compare("sun", **{**NOON, "zone": None}) == []
    assert compare("sun", **{**NOON, "gps": None}) == []
    assert compare("sun", **{**NOON, "gps": (0, 0)}) == []
