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
        (NOON, "Damascus at night"),
        (NOON, "قصف دمشق ليلاً"),
        (NOON, "Дамаск ночью"),
        (NOON, "Дамаск уночі, вночі"),
        (NOON, "Damas, la nuit"),
        (NOON, "Damaskus bei Kerzenlicht, nachts"),
        (NOON, "Şam'da gece"),
        (NOON, "دمشق در شب"),
        (NIGHT, "Damascus was hit in broad daylight"),
        (NIGHT, "قصف دمشق في وضح النهار"),
        (NIGHT, "Дамаск, средь бела дня"),
        (NIGHT, "Дамаск серед білого дня"),
        (NIGHT, "Damas en plein jour"),
        (NIGHT, "Damasco a plena luz del día"),
        (NIGHT, "Şam'da güpegündüz"),
        (NIGHT, "Damascus this week, in the afternoon"),
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
        # true of a picture of what was left, taken at another hour
        (NOON, "Damascus was hit last night"),
        (NOON, "Damascus, the morning after a strike at night"),
        (NOON, "Rubble in Damascus, which was hit at night"),
        (NOON, "دمشق بعد قصف ليلاً"),
        (NOON, "آثار القصف على دمشق ليلا"),
        (NOON, "Последствия удара по Дамаску ночью"),
        (NOON, "Дамаск після нічного обстрілу, вночі"),
        (NOON, "Damas après les frappes de la nuit"),
        (NOON, "Damaskus nach dem Angriff in der Nacht"),
        (NOON, "Gece saldırısının ardından Şam"),
        (NOON, "Damascus, not at night"),
        (NOON, "دمشق الليلة"),
        (NOON, "شب حريق في دمشق"),  # a fire broke out
        (NIGHT, "ظهر الرئيس في دمشق"),  # he appeared
        (NIGHT, "Дамаск, с днем рождения"),
        (NIGHT, "Şam'da sabah gazetesi"),
        (NIGHT, "Damascus this morning"),
        (NIGHT, "دمشق مساءً"),
    ],
)
def test_other_words_are_left_alone(compare: Compare, known: dict[str, object], claim: str) -> None:
    outcomes = [outcome for outcome, _ in compare("sun", **known, claims=(claim,))]
    assert outcomes == [Outcome.NOTED]


@pytest.mark.parametrize(
    ("captured", "claim"),
    [
        ("2024-06-20T23:30:00", "Tromsø at night, under the midnight sun"),
        ("2024-06-20T23:30:00", "Tromsø, la nuit"),
        ("2024-12-20T12:00:00", "Tromsø at noon"),
        ("2024-12-20T13:00:00", "Тромсё, в полдень"),
    ],
)
def test_beyond_the_polar_circle_words_of_the_clock_are_true(
    compare: Compare, captured: str, claim: str
) -> None:
    found = compare("sun", captured=captured, zone="+01:00", gps=(69.65, 18.96), claims=(claim,))
    assert [outcome for outcome, _ in found] == [Outcome.NOTED]


def test_without_a_zone_the_clocks_of_the_place_count_and_nothing_is_flagged(
    compare: Compare,
) -> None:
    known = {**NOON, "zone": None}
    noted, contradicted = compare("sun", **known, claims=("Damascus at night",))
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
