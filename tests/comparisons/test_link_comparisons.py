from __future__ import annotations

from collections.abc import Callable

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

X = "https://x.com/Interior/status/507185938620219395"  # 3 September 2014
BLUESKY = "https://bsky.app/profile/a.example/post/3k4duaz5vfs2b"  # 7 August 2023


def test_a_declared_time_is_noted_in_other_words(compare: Compare) -> None:
    assert compare("posted_in_link", links=(BLUESKY,)) == [
        (
            Outcome.NOTED,
            "The identifier in its link (Bluesky) names the time 2023-08-07 05:31 +00:00.",
        )
    ]


def test_a_declared_time_shows_no_earlier_sighting(compare: Compare) -> None:
    claim = ("Aleppo on 24 November 2026",)
    assert compare("first_seen_against_claim", links=(BLUESKY,), claims=claim) == []
    assert compare("first_seen_against_claim", links=(X,), claims=claim) != []
    late = {"captured": "2024-01-01T12:00:00", "links": (BLUESKY,)}
    assert compare("capture_against_posting", **late) == []


def test_a_link_without_a_time_says_so(compare: Compare) -> None:
    assert compare("posted_in_link", links=("https://youtu.be/jNQXAC9IVRw",)) == [
        (Outcome.NOT_APPLICABLE, "The identifier in this link to YouTube holds no time.")
    ]


def test_a_file_name_is_noted(compare: Compare) -> None:
    ((outcome, text),) = compare("posted_in_link", filename="C_UdnvPUwAE3Dnn.jpg")
    assert outcome is Outcome.NOTED
    assert "2017-05-08" in text


@pytest.mark.parametrize(
    ("claim", "words", "expected"),
    [
        ("Aleppo on 24 November 2026", "older", Outcome.FLAGGED),
        ("Aleppo on 5 September 2014", "older", Outcome.FLAGGED),
        # people post pictures years after an event, and say so
        ("Aleppo on 31 August 2014", "younger", Outcome.NOTED),
        ("Aleppo in 2013", "younger", Outcome.NOTED),
    ],
)
def test_a_post_older_than_its_claim_is_flagged_and_a_younger_one_noted(
    compare: Compare, claim: str, words: str, expected: Outcome
) -> None:
    ((outcome, text),) = compare("posting_against_claim", links=(X,), claims=(claim,))
    assert outcome is expected
    assert f"The post is {words} than its claim" in text


@pytest.mark.parametrize(
    "claim",
    [
        "Aleppo on 3 September 2014",
        "Aleppo on 4 September 2014",  # it had begun on that day in the far east
        "Aleppo on 2 September 2014",
        "Aleppo in September 2014",
        "Aleppo, yesterday",
    ],
)
def test_a_post_of_the_day_and_a_claim_without_a_date_are_left_alone(
    compare: Compare, claim: str
) -> None:
    assert compare("posting_against_claim", links=(X,), claims=(claim,)) == []


X_2026 = f"https://x.com/Interior/status/{(1_795_435_200_000 - 1_288_834_974_657) << 22}"


def test_of_several_links_one_may_be_of_something_else(compare: Compare) -> None:
    claim, links = ("Aleppo on 23 November 2026",), (X, X_2026)
    assert [one for one, _ in compare("posting_against_claim", links=links, claims=claim)] == [
        Outcome.INCONCLUSIVE
    ]
    assert compare("first_seen_against_claim", links=links, claims=claim) == []
    captured = {"captured": "2026-11-23T10:00:00", "zone": "+03:00"}
    assert compare("capture_against_posting", links=links, **captured) == []


def test_a_declared_time_contradicts_nothing_for_certain(compare: Compare) -> None:
    claim = ("Aleppo on 23 November 2026",)
    ((outcome, _),) = compare("posting_against_claim", links=(BLUESKY,), claims=claim)
    assert outcome is Outcome.INCONCLUSIVE


def test_a_link_in_the_words_of_a_claim_is_read(compare: Compare) -> None:
    claims = (f"Aleppo on 24 November 2026 ({X})",)
    assert [outcome for outcome, _ in compare("posted_in_link", claims=claims)] == [Outcome.NOTED]
    ((outcome, _),) = compare("posting_against_claim", claims=claims)
    assert outcome is Outcome.FLAGGED
    # what a claim links to need not be this picture
    assert compare("first_seen_against_claim", claims=claims) == []


def test_the_post_that_a_file_is_named_after_is_held_against_the_claim(compare: Compare) -> None:
    ((outcome, text),) = compare(
        "posting_against_claim", filename="C_UdnvPUwAE3Dnn.jpg", claims=("Aleppo, 3 May 2020",)
    )
    assert outcome is Outcome.FLAGGED
    assert "The post is older than its claim: by the identifier in the file's name (X)" in text
    same_day = ("Aleppo, 8 May 2017",)
    assert compare("posting_against_claim", filename="C_UdnvPUwAE3Dnn.jpg", claims=same_day) == []
