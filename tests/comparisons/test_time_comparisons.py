from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

X_2014 = "https://twitter.com/Interior/status/507185938620219395"


def test_a_capture_after_the_receipt_is_flagged(compare: Compare) -> None:
    found = compare("capture_against_received", captured="2026-11-24T15:30:00", zone="+03:00")
    assert found == [
        (
            Outcome.FLAGGED,
            "The file says it was captured on 2026-11-24 15:30:00 +03:00, "
            "but this desk had received it by 2026-11-24 12:00 +00:00.",
        )
    ]


@pytest.mark.parametrize(
    ("captured", "zone", "shown"),
    [
        ("2026-11-14T11:00:00", "+00:00", "10 days before this desk received it."),
        ("2026-11-24T15:05:00", "+03:00", "within a day of its receipt by this desk."),
        # Somewhere on earth it was already this late when the file came.
        ("2026-11-25T01:30:00", None, "within a day of its receipt by this desk."),
    ],
)
def test_a_possible_capture_time_is_only_noted(
    compare: Compare, captured: str, zone: str | None, shown: str
) -> None:
    [(outcome, sentence)] = compare("capture_against_received", captured=captured, zone=zone)
    assert outcome is Outcome.NOTED
    assert sentence == f"The file says it was captured {shown}"


@pytest.mark.parametrize(
    ("captured", "zone"),
    [
        (None, None),
        ("yesterday", None),
        ("2026-02-30T00:00:00", None),
        ("0001-01-01T00:00:00", None),
    ],
)
def test_without_a_readable_capture_time_nothing_is_said(
    compare: Compare, captured: str | None, zone: str | None
) -> None:
    assert compare("capture_against_received", captured=captured, zone=zone) == []


@pytest.mark.parametrize(
    ("claim", "outcome", "shown"),
    [
        (
            "Gaza, 7 October 2023",
            Outcome.FLAGGED,
            "493 days before the date in the claim (2023-10-07).",
        ),
        ("دمشق في ١ حزيران ٢٠٢٢", Outcome.NOTED, "; this fits the date in the claim (2022-06-01)."),
        ("seen on 2022-05-29", Outcome.FLAGGED, "3 days after the date in the claim (2022-05-29)."),
        ("in June 2022", Outcome.NOTED, "; this fits the date in the claim (2022-06)."),
        ("on 2022-06-02", Outcome.NOTED, "; this fits the date in the claim (2022-06-02)."),
        ("06/01/2022", Outcome.NOTED, "; this fits the date in the claim (2022-06-01)."),
    ],
)
def test_the_capture_time_is_held_against_the_date_in_the_claim(
    compare: Compare, claim: str, outcome: Outcome, shown: str
) -> None:
    [found] = compare("capture_against_claim", captured="2022-06-01T10:00:00", claims=(claim,))
    assert found[0] is outcome
    assert found[1].endswith(shown)


def test_a_date_stated_with_the_claim_goes_before_its_words(compare: Compare) -> None:
    [(outcome, sentence)] = compare(
        "capture_against_claim",
        captured="2022-06-01T10:00:00",
        claims=("in June 2022",),
        stated={"claimed_at": "2023-01-01"},
    )
    assert outcome is Outcome.FLAGGED
    assert "2023-01-01" in sentence


@pytest.mark.parametrize("claim", ["Damascus this morning", "2014 people were there", "5 October"])
def test_a_claim_without_a_date_is_left_alone(compare: Compare, claim: str) -> None:
    found = compare("capture_against_claim", captured="2022-06-01T10:00:00", claims=(claim,))
    assert found == []


def test_a_capture_after_the_post_in_the_link_is_flagged(compare: Compare) -> None:
    found = compare("capture_against_posting", captured="2014-09-05T10:00:00", links=(X_2014,))
    assert found == [
        (
            Outcome.FLAGGED,
            "The file says it was captured on 2014-09-05 10:00:00 (no time zone given), "
            "but the picture was out by 2014-09-03 15:18 +00:00.",
        )
    ]


@pytest.mark.parametrize("captured", ["2014-09-03T15:10:00", "2014-09-04T04:00:00"])
def test_a_capture_that_may_lie_before_the_post_is_left_alone(
    compare: Compare, captured: str
) -> None:
    assert compare("capture_against_posting", captured=captured, links=(X_2014,)) == []


def test_a_capture_after_the_forwarded_post_is_flagged(compare: Compare) -> None:
    posted = datetime(2020, 1, 1, tzinfo=UTC)
    assert compare("capture_against_posting", captured="2021-01-01T00:00:00", posted=posted)


def test_a_link_tells_when_its_post_was_made(compare: Compare) -> None:
    assert compare("posted_in_link", links=(X_2014, X_2014, "https://example.org/507185")) == [
        (
            Outcome.NOTED,
            "By the number in its link, the post on X was made at 2014-09-03 15:18 +00:00.",
        )
    ]


def test_an_older_copy_than_the_post_is_flagged(compare: Compare) -> None:
    older = datetime(2013, 8, 21, 9, tzinfo=UTC)
    _, (outcome, sentence) = compare("posted_in_link", links=(X_2014,), matches=((older, None),))
    assert outcome is Outcome.FLAGGED
    assert sentence.endswith("a matching one was seen by 2013-08-21 09:00 +00:00.")


def test_a_copy_of_the_same_hours_is_not_flagged(compare: Compare) -> None:
    same = datetime(2014, 9, 3, 9, tzinfo=UTC)
    [(outcome, _)] = compare("posted_in_link", links=(X_2014,), matches=((same, None),))
    assert outcome is Outcome.NOTED


def test_a_picture_seen_before_the_claimed_date_is_flagged(compare: Compare) -> None:
    seen = datetime(2013, 8, 21, tzinfo=UTC)
    found = compare(
        "first_seen_against_claim", claims=("Gaza, 7 October 2023",), matches=((seen, None),)
    )
    assert found == [
        (
            Outcome.FLAGGED,
            "The picture predates its claim: it, or one that matches it, was seen by "
            "2013-08-21 00:00 +00:00, before the date in the claim (2023-10-07).",
        )
    ]


@pytest.mark.parametrize("claim", ["Gaza, 7 October 2023", "no date", "2024-01-01 and 2023-10-07"])
def test_a_picture_seen_from_the_claimed_day_on_is_left_alone(compare: Compare, claim: str) -> None:
    seen = datetime(2023, 10, 6, 11, tzinfo=UTC)  # already the 7th on the Line Islands
    assert compare("first_seen_against_claim", claims=(claim,), matches=((seen, None),)) == []


def test_a_person_who_states_that_no_date_is_meant_goes_before_the_words(compare: Compare) -> None:
    captured = "2021-07-05T10:00:00"
    claims = ("On 7 October 2023",)
    assert compare("capture_against_claim", captured=captured, claims=claims) != []
    stated = {"date_stated": True}
    assert compare("capture_against_claim", captured=captured, claims=claims, stated=stated) == []
