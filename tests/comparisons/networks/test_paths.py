"""The whole path of a link decides: what only contains something like an id has no time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verify.comparisons.networks import made_by_servers, posting, read_link, with_archived

NOW = datetime(2026, 11, 24, tzinfo=UTC)
STATUS = "507185938620219395"
POSTED = datetime(2014, 9, 3, 15, 18, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    "link",
    [
        f"https://twitter.com/#!/Interior/status/{STATUS}",
        f"https://xcancel.com/Interior/status/{STATUS}#m",
        f"https://fixvx.com/Interior/status/{STATUS}",
        f"https://nitter.poast.org/Interior/status/{STATUS}",
        f"https://x.com/Interior/status/{STATUS}/photo/1",
        f"https://x.com/i/web/status/{STATUS}",
        f"https://x.com/Interior/status/{STATUS}?s=20",
    ],
)
def test_a_status_is_read_wherever_it_is_shown(link: str) -> None:
    found = posting(link, now=NOW)
    assert found and found.at.replace(microsecond=0) == POSTED


@pytest.mark.parametrize(
    "link",
    [
        "https://www.instagram.com/share/p/BADnRQnXzD",
        "https://www.instagram.com/share/reel/BAbcDefGhi",
        "https://www.instagram.com/stories/highlights/17991234567890123456/",
        "https://www.instagram.com/s/aGlnaGxpZ2h0OjE3OTk",
        "https://www.youtube.com/TheGuardian",
        f"https://x.com/search/x/status/{STATUS}/more/things",
        f"https://example.org/?u=https://x.com/Interior/status/{STATUS}",
        "https://t.me/interior/507",
        "https://t.me/s/interior/507",
        "https://t.me/c/1234567890/507",
        "https://vk.com/wall-123456_507185",
        "https://ok.ru/interior/topic/151234567890",
        "https://archive.ph/AbC12",
        "https://perma.cc/ABCD-1234",
        "https://ghostarchive.org/archive/AbC12",
    ],
)
def test_what_only_looks_like_an_id_has_no_time(link: str) -> None:
    assert posting(link, now=NOW) is None


@pytest.mark.parametrize(
    ("link", "network"),
    [
        ("https://t.me/s/interior/507", "Telegram"),
        ("https://t.me/c/1234567890/507", "Telegram"),
        ("https://vk.com/wall-123456_507185", "VK"),
        ("https://ok.ru/video/1512345678901", "Odnoklassniki"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "YouTube"),
        ("https://www.threads.net/@interior/post/C8abcdefghi", "Threads"),
        ("https://www.threads.com/@interior/post/C8abcdefghi", "Threads"),
        ("https://www.instagram.com/interior/reel/C8abcdefghi/", "Instagram"),
    ],
)
def test_a_post_is_known_by_its_network(link: str, network: str) -> None:
    found = read_link(link, now=NOW)
    assert found and found[0] == network


@pytest.mark.parametrize(
    "link",
    [
        f"https://web.archive.org/web/20150102030405/https://twitter.com/Interior/status/{STATUS}",
        f"https://web.archive.org/web/20150102030405if_/http:/twitter.com/Interior/status/{STATUS}",
        f"https://archive.ph/2015.01.02-030405/https://twitter.com/Interior/status/{STATUS}",
        f"https://archive.today/20150102030405/https://twitter.com/Interior/status/{STATUS}",
    ],
)
def test_an_archived_page_has_its_own_time_and_the_address_inside(link: str) -> None:
    copy = posting(link, now=NOW)
    assert copy and copy.archived and copy.at == datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC)
    inside = [*with_archived([link], now=NOW)][1]
    assert (found := posting(inside, now=NOW)) and found.at.replace(microsecond=0) == POSTED
    assert [at.year for at in made_by_servers((link,), now=NOW)] == [2014]
