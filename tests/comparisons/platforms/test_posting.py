from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.comparisons.platforms import posting

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "platform", "at"),
    [
        # As Twitter itself gives it for this status in the documentation of its API.
        ("https://twitter.com/Interior/status/507185938620219395", "X", "2014-09-03T15:18:45"),
        ("x.com/i/status/507185938620219395?s=20#top", "X", "2014-09-03T15:18:45"),
        ("https://mobile.twitter.com/a/statuses/507185938620219395/", "X", "2014-09-03T15:18:45"),
        # The example in Discord's documentation of its ids.
        ("https://discord.com/channels/1/2/175928847299117063", "Discord", "2016-04-30T11:18:25"),
        (
            "https://cdn.discordapp.com/attachments/1/175928847299117063/a.jpg",
            "Discord",
            "2016-04-30T11:18:25",
        ),
        # The example in TikTok's documentation of embedding.
        (
            "https://www.tiktok.com/@scout2015/video/6718335390845095173",
            "TikTok",
            "2019-07-27T13:32:33",
        ),
        # Media 2384288897814875714, whose time Instagram's API gave as 2020-08-26T13:43:27Z.
        ("https://www.instagram.com/p/CEWsh68Kc5C/", "Instagram", "2020-08-26T13:43:27"),
    ],
)
def test_a_link_gives_the_time_that_its_platform_put_into_it(
    link: str, platform: str, at: str
) -> None:
    found = posting(link, now=NOW)
    assert found is not None
    assert found.platform == platform
    assert found.at.replace(microsecond=0) == datetime.fromisoformat(f"{at}+00:00")


@pytest.mark.parametrize(
    "link",
    [
        "https://twitter.com/jack/status/20",  # a counted id, of before November 2010
        "https://twitter.com/a/status/29700859247",
        "https://x.com/a/status/9223372036854775807",  # the year 2079
        "https://notx.com/a/status/507185938620219395",
        "https://x.com.example.org/a/status/507185938620219395",
        "https://example.org/?u=https://x.com/a/status/507185938620219395",
        "https://x.com/a/status/50718593862021939५",
        "https://x.com/explore",
        "https://t.me/channel/507185938620219395",
        "https://discord.com/channels/1/2",
        "https://www.tiktok.com/@scout2015",
        "https://www.instagram.com/p/short/",
        "http://[broken",
        "https://x.com:99999/a/status/507185938620219395x",
        "",
    ],
)
def test_other_links_give_none(link: str) -> None:
    assert posting(link, now=NOW) is None


@given(st.text(), st.sampled_from(["https://x.com/a/status/", "https://tiktok.com/video/", ""]))
def test_no_link_breaks_the_reading(text: str, start: str) -> None:
    posting(start + text, now=NOW)
