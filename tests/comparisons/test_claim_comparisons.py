from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

SEEN = datetime(2013, 8, 21, tzinfo=UTC)
DAMASCUS = (33.5138, 36.2765)


def test_other_words_alone_are_captioned_differently_and_both_are_quoted(
    compare: Compare,
) -> None:
    found = compare(
        "earlier_claim_against_claim",
        claims=("a convoy by night",),
        matches=((SEEN, "Barricades, 2016"), (SEEN, "barricades 2016!")),
    )
    assert found == [
        (
            Outcome.INCONCLUSIVE,
            "In case 7 a matching picture was captioned differently. "
            "Then: “Barricades, 2016” Now: “a convoy by night”",
        )
    ]


@pytest.mark.parametrize(
    ("earlier", "today", "outcome", "words"),
    [
        (
            "Flood in Homs, 3 May 2012",
            "Flood in Aleppo, 14 June 2020",
            Outcome.FLAGGED,
            "Another date and place were claimed in case 7: then 2012-05-03, Homs; "
            "now 2020-06-14, Aleppo.",
        ),
        (
            "Flood in Homs, 3 May 2012",
            "Flood in Homs, 14 June 2020",
            Outcome.FLAGGED,
            "Another date was claimed in case 7: then 2012-05-03, now 2020-06-14.",
        ),
        (
            "Flood in Libya, May 2012",
            "Flood near Kyiv, 14 May 2012",
            Outcome.FLAGGED,
            "Another place was claimed in case 7: then Libya, now Kyiv.",
        ),
        (
            "Cadets in Tikrit, 14 June 2014",
            "شبان في تكريت، 14 حزيران 2014",
            Outcome.NOTED,
            "of the same date and place, in other words.",
        ),
    ],
)
def test_an_earlier_claim_of_another_date_or_place_says_which(
    compare: Compare, earlier: str, today: str, outcome: Outcome, words: str
) -> None:
    [(found, sentence)] = compare(
        "earlier_claim_against_claim", claims=(today,), matches=((SEEN, earlier),)
    )
    assert found is outcome
    assert words in sentence


def test_the_same_words_of_another_stated_date_are_flagged(compare: Compare) -> None:
    [(outcome, sentence)] = compare(
        "earlier_claim_against_claim",
        claims=("Homs, 3 May 2012",),
        stated={"claimed_at": "2013-05-03", "date_stated": True},
        matches=((SEEN, "Homs, 3 May 2012"),),
    )
    assert outcome is Outcome.FLAGGED
    assert "Another date was claimed in case 7: then 2012-05-03, now 2013-05-03." in sentence


@pytest.mark.parametrize("earlier", ["Gaza,  YESTERDAY!", None])
def test_the_same_words_or_none_are_left_alone(compare: Compare, earlier: str | None) -> None:
    found = compare(
        "earlier_claim_against_claim", claims=("Gaza yesterday",), matches=((SEEN, earlier),)
    )
    assert found == []


def test_without_a_claim_today_nothing_differs(compare: Compare) -> None:
    assert compare("earlier_claim_against_claim", matches=((SEEN, "Aleppo"),)) == []


@pytest.mark.parametrize(
    "claim",
    ["Explosion in Homs, Syria", "Baghdad: explosions heard", "انفجار في بغداد", "in Lebanon"],
)
def test_coordinates_far_from_the_claimed_place_are_flagged(compare: Compare, claim: str) -> None:
    [(outcome, sentence)] = compare("place_against_claim", gps=DAMASCUS, claims=(claim,))
    assert outcome is Outcome.FLAGGED
    assert sentence.endswith("km away, near Damascus (Syria). Time zone there: Asia/Damascus.")


@pytest.mark.parametrize(
    "claim",
    ["Explosion in Damascus", "قصف بدمشق اليوم", "في سوريا", "in Homs, then near Damascus"],
)
def test_coordinates_near_the_claimed_place_are_noted(compare: Compare, claim: str) -> None:
    [(outcome, sentence)] = compare("place_against_claim", gps=DAMASCUS, claims=(claim,))
    assert outcome is Outcome.NOTED
    assert sentence.startswith("The file's coordinates, near Damascus (Syria), fit")


def test_the_desert_of_a_country_counts_as_that_country(compare: Compare) -> None:
    [(outcome, _)] = compare("place_against_claim", gps=(25.5, 19.5), claims=("in Libya",))
    assert outcome is Outcome.NOTED


def test_a_place_stated_with_the_claim_goes_before_its_words(compare: Compare) -> None:
    [(outcome, sentence)] = compare(
        "place_against_claim", gps=DAMASCUS, claims=("in Damascus",), stated={"place": "Homs"}
    )
    assert outcome is Outcome.FLAGGED
    assert sentence == (
        "The claim names “Homs”, but the file's coordinates lie 141 km away, near "
        "Damascus (Syria). Time zone there: Asia/Damascus."
    )


def test_coordinates_stated_with_the_claim_are_measured(compare: Compare) -> None:
    stated = {"latitude": 33.5, "longitude": 36.3}
    [(outcome, _)] = compare("place_against_claim", gps=DAMASCUS, claims=("x",), stated=stated)
    assert outcome is Outcome.NOTED


def test_a_person_who_states_that_no_place_is_meant_goes_before_the_words(compare: Compare) -> None:
    stated = {"place_stated": True}
    assert compare("place_against_claim", gps=DAMASCUS, claims=("in Homs",), stated=stated) == []


def test_of_towns_of_one_name_those_of_the_country_named_are_meant(compare: Compare) -> None:
    [(outcome, sentence)] = compare(
        "place_against_claim", gps=(32.9, 13.19), claims=("in Tripoli, Lebanon",)
    )
    assert outcome is Outcome.FLAGGED
    assert "near Tripoli (Libya)" in sentence


@pytest.mark.parametrize(
    ("gps", "claim"),
    [
        (DAMASCUS, "Reading about it in March was Nice, said Jordan"),
        (DAMASCUS, "on Independence Square"),
        (DAMASCUS, "in nice weather, near reading rooms"),
        ((0.0, 0.0), "in Homs"),
        ((float("nan"), 36.0), "in Homs"),
        ((512.0, 36.0), "in Homs"),
        (None, "in Homs"),
    ],
)
def test_without_a_place_or_a_position_nothing_is_compared(
    compare: Compare, gps: tuple[float, float] | None, claim: str
) -> None:
    assert compare("place_against_claim", gps=gps, claims=(claim,)) == []


def test_a_claim_that_names_a_thousand_places_is_read_in_time(compare: Compare) -> None:
    assert compare("place_against_claim", gps=DAMASCUS, claims=("in Syria, in Iraq, " * 200,))
