from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.comparisons.networks import made_by_servers, posting, read_link, read_name

NOW = datetime(2026, 11, 24, tzinfo=UTC)
UUID_1 = "C232AB00-9414-11EC-B3C8-9F6BDECED846"
UUID_6 = "1EC9414C-232A-6B00-B3C8-9F6BDECED846"
UUID_7 = "017F22E2-79B0-7CC3-98C4-DC0C0C07398F"


@pytest.mark.parametrize(
    ("link", "network", "at"),
    [
        # As Twitter itself gives it for this status in the documentation of its API.
        ("https://twitter.com/Interior/status/507185938620219395", "X", "2014-09-03T15:18:45"),
        ("x.com/i/status/507185938620219395?s=20#top", "X", "2014-09-03T15:18:45"),
        ("https://mobile.twitter.com/a/statuses/507185938620219395/", "X", "2014-09-03T15:18:45"),
        ("nitter.net/a/status/507185938620219395", "X", "2014-09-03T15:18:45"),
        (
            "https://pbs.twimg.com/ext_tw_video_thumb/507185938620219395/pu/img/a.jpg",
            "X",
            "2014-09-03T15:18:45",
        ),
        # As the repository pjh-github/Twitter_ID_Interpreter notes it: 7:56 PM, 9 February 2020.
        ("https://twitter.com/a/status/1226595698793230348", "X", "2020-02-09T19:56:18"),
        # Media 861627472244162561 of status 861627479294746624, in the documentation of its API:
        # made 1.7 seconds before its status by these ids.
        ("https://pbs.twimg.com/media/C_UdnvPUwAE3Dnn.jpg", "X", "2017-05-08T17:02:52"),
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
        ("https://m.tiktok.com/v/6718335390845095173.html", "TikTok", "2019-07-27T13:32:33"),
        ("https://www.tiktok.com/embed/v2/6718335390845095173", "TikTok", "2019-07-27T13:32:33"),
        # Media 2384288897814875714, whose time Instagram's API gave as 2020-08-26T13:43:27Z.
        ("https://www.instagram.com/p/CEWsh68Kc5C/", "Instagram", "2020-08-26T13:43:27"),
        (
            "https://www.instagram.com/stories/name/2384288897814875714/",
            "Instagram",
            "2020-08-26T13:43:27",
        ),
        # The example in Mastodon's documentation of a Status, created at 03:48:33.901.
        (
            "https://mastodon.social/@Gargron/103270115826048975",
            "Mastodon",
            "2019-12-08T03:48:33",
        ),
    ],
)
def test_a_link_gives_the_time_that_its_network_put_into_it(
    link: str, network: str, at: str
) -> None:
    found = posting(link, now=NOW)
    assert found is not None
    assert (found.network, found.declared) == (network, False)
    assert found.at.replace(microsecond=0) == datetime.fromisoformat(f"{at}+00:00")


@pytest.mark.parametrize(
    ("link", "network", "at"),
    [
        # The example in Bluesky's documentation of posting, created at 05:31:12.156888.
        ("https://bsky.app/profile/a.example/post/3k4duaz5vfs2b", "Bluesky", "2023-08-07T05:31:12"),
        # The example of the package @atcute/tid: 1724171495793000 microseconds.
        ("https://bsky.app/profile/a.example/post/3l25zusnsfctk", "Bluesky", "2024-08-20T16:31:35"),
        (
            "https://mastodon.social/@name@other.example/103270115826048975",
            "Mastodon",
            "2019-12-08T03:48:33",
        ),
        ("https://my.example/@name/103270115826048975", "Mastodon", "2019-12-08T03:48:33"),
        # RFC 9562, appendix A: all three stand for Tuesday, February 22, 2022 2:22:22 PM GMT-05:00.
        (f"https://example.org/photos/{UUID_1}", "UUID", "2022-02-22T19:22:22"),
        (f"https://example.org/photos/{UUID_6}.jpg", "UUID", "2022-02-22T19:22:22"),
        (f"https://example.org/photos/{UUID_7}/large", "UUID", "2022-02-22T19:22:22"),
    ],
)
def test_a_time_that_its_sender_could_choose_is_only_declared(
    link: str, network: str, at: str
) -> None:
    found = posting(link, now=NOW)
    assert found is not None
    assert (found.network, found.declared) == (network, True)
    assert found.at.replace(microsecond=0) == datetime.fromisoformat(f"{at}+00:00")
    assert list(made_by_servers((link,), now=NOW)) == []


@pytest.mark.parametrize(
    ("link", "network", "post"),
    [
        ("https://twitter.com/jack/status/20", "X", "20"),  # counted, of before November 2010
        ("https://twitter.com/a/status/29700859247", "X", "29700859247"),
        ("https://www.youtube.com/watch?v=jNQXAC9IVRw&t=3", "YouTube", "jNQXAC9IVRw"),
        ("https://youtu.be/jNQXAC9IVRw", "YouTube", "jNQXAC9IVRw"),
        ("https://www.facebook.com/a/posts/10153231379946729", "Facebook", "10153231379946729"),
        ("https://www.facebook.com/watch/?v=10153231379946729", "Facebook", "10153231379946729"),
        ("https://www.facebook.com/photo/?fbid=10153231379946729", "Facebook", "10153231379946729"),
        ("https://facebook.com/story.php?id=4&story_fbid=pfbid02abc", "Facebook", "pfbid02abc"),
        ("https://www.facebook.com/share/p/1BcDeFgHiJ/", "Facebook", "1BcDeFgHiJ"),
        ("https://www.youtube-nocookie.com/embed/jNQXAC9IVRw", "YouTube", "jNQXAC9IVRw"),
    ],
)
def test_a_post_whose_id_holds_no_time_is_known_as_such(link: str, network: str, post: str) -> None:
    found = read_link(link, now=NOW)
    assert found is not None
    assert (found[0], found[1].id, found[1].at) == (network, post, None)
    assert posting(link, now=NOW) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://x.com/a/status/9223372036854775807",  # the year 2079
        "https://notx.com/a/status/507185938620219395",
        "https://x.com.example.org/a/status/507185938620219395",
        "https://example.org/?u=https://x.com/a/status/507185938620219395",
        "https://x.com/a/status/50718593862021939५",
        "https://x.com/explore",
        "https://t.me/channel",
        "https://discord.com/channels/1/2",
        "https://www.tiktok.com/@scout2015",
        "https://www.instagram.com/p/short/",
        "https://bsky.app/profile/a.example",
        "https://mastodon.social/@Gargron/20",
        "https://example.org/0b9ab3d4-5c2f-4f0e-9d5e-8c4f6f1b2a3c",  # a UUID of chance
        "https://www.youtube.com/@channel",
        "http://[broken",
        "https://x.com:99999/a/status/507185938620219395x",
        "",
    ],
)
def test_other_links_give_none(link: str) -> None:
    assert read_link(link, now=NOW) is None


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("C_UdnvPUwAE3Dnn.jpg", "X"),
        ("C_UdnvPUwAE3Dnn-orig.jpg", "X"),
        ("C_UdnvPUwAE3Dnn.jpg_large.jpg", "X"),
        ("507185938620219395_1.jpg", "X"),
        ("Interior-507185938620219395-img1.jpg", "X"),
        ("Interior on Twitter - 507185938620219395.png", "X"),
        ("scout2015_6718335390845095173.mp4", "TikTok"),
        ("2384288897814875714_25025320.jpg", "Instagram"),
        (f"photo_{UUID_7.lower()}.jpeg", "UUID"),
    ],
)
def test_a_file_named_by_its_network_gives_a_time(name: str, network: str) -> None:
    found = read_name(name, now=NOW)
    assert found is not None
    assert found.network == network


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20230101_12.jpg",
        "DSC_20230101_12.jpg",
        "Aleppo_citadels.jpg",
        "FACEBOOK_PHOTOS.png",
        "507185938620219395.jpg",  # whose number, nobody can say
        "117434871_10153231379946729_4918331_n.jpg",
        "507185938620219901_1.jpg",  # the 1789th of its millisecond
        "6118335390845095173.mp4",  # of 2015, before there was a TikTok
        f"{UUID_7[:8]}.jpg",
        "0b9ab3d4-5c2f-4f0e-9d5e-8c4f6f1b2a3c.jpg",
        "",
    ],
)
def test_other_names_give_none(name: str) -> None:
    assert read_name(name, now=NOW) is None


@settings(deadline=None)
@given(
    st.text(),
    st.sampled_from(["https://x.com/a/status/", "https://tiktok.com/video/", "a.b/@c/", ""]),
)
def test_no_link_and_no_name_breaks_the_reading(text: str, start: str) -> None:
    read_link(start + text, now=NOW)
    read_name(text, now=NOW)
