"""Tables of posts: 4CAT's own, and any with columns that can be told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from verify.lab.importers import AmbiguousDatesError, Source, fourcat, importer_of, posts_csv
from verify.records import Attachment, DateOrder, PlaceKind, Post, Unread

Made = Callable[..., Source]

TWEETS = (
    "id,thread_id,timestamp,unix_timestamp,link,subject,body,author,author_fullname,author_id,"
    "source,retweet_count,retweeted_user,hashtags,urls,images\r\n"
    "1271,1270,2020-06-12 14:03:00,1591970580,https://twitter.com/w_salahadden/status/1271,,"
    '"On the square, ""now""\nsecond line #halab",w_salahadden,Salah,17,'
    'Twitter Web App,3,halab,"halab,syria",https://a.example/1,https://p.example/1\r\n'
)
MESSAGES = (
    "id,thread_id,chat,author,author_username,author_name,body,timestamp,unix_timestamp,"
    "timestamp_edited,unix_timestamp_edited,author_forwarded_from_name\n"
    "halab-12,halab,halab,99,,Halab Today,words,2020-06-12 14:03:00,,x,1591970640,Salah\n"
)


def posts(found: object) -> list[Post]:
    listed = list(found)  # type: ignore[call-overload]
    assert all(isinstance(one, Post) for one in listed)
    return listed


def table(made: Made, text: str, *beside: str, dates: DateOrder | None = None) -> Source:
    return made("posts.csv", text, *beside, dates=dates)


def test_4cats_table_of_tweets(made: Made) -> None:
    source = made("twitterv2-search-halab.csv", TWEETS)
    assert importer_of(source).NAME == fourcat.NAME
    assert posts(fourcat.read(source)) == [
        Post(
            network="x",
            id="1271",
            account="17",
            name="Salah",
            handle="w_salahadden",
            at="2020-06-12T14:03:00Z",
            text='On the square, "now"\nsecond line #halab',
            links=("https://a.example/1",),
            hashtags=("halab", "syria"),
            client="Twitter Web App",
            forwarded_from="halab",
            link="https://twitter.com/w_salahadden/status/1271",
            media=(Attachment(missing="https://p.example/1", kind="photo"),),
        )
    ]


def test_4cats_table_of_a_telegram_channel(made: Made) -> None:
    (post,) = posts(fourcat.read(made("telegram-search-x.csv", MESSAGES)))
    assert (post.network, post.place, post.id, post.account) == ("telegram", "halab", "12", "99")
    assert (post.at, post.edited_at) == ("2020-06-12T14:03:00", "2020-06-12T14:04:00Z")
    assert (post.forwarded_from, post.place_kind) == ("Salah", PlaceKind.GROUP)


def test_lines_of_4cat_and_of_zeeschuimer(made: Made) -> None:
    mapped = {
        "id": "5",
        "thread_id": "5",
        "parent_id": "5",
        "unix_timestamp": 1591970580,
        "author": "a",
        "body": "b",
        "timestamp": "2020-06-12 14:03:00",
    }
    film = {
        "id": "7",
        "desc": "d #x",
        "createTime": 1591970580,
        "author": {"uniqueId": "halab", "id": "9"},
    }
    picture = {"code": "Cx1", "taken_at": 1591970580, "user": {"pk": "8", "username": "halab"}}
    meta = {"timestamp_collected": 1, "nav_index": "0"}
    lines = [
        mapped | {"tiktok_url": "https://www.tiktok.com/@a/video/5"},
        meta | {"source_platform": "tiktok.com", "data": film},
        meta | {"source_platform": "instagram.com", "data": picture},
        meta | {"source_platform": "9gag.com", "data": {}},
    ]
    source = made("export.ndjson", "\n".join(map(json.dumps, lines)))
    assert importer_of(source).NAME == fourcat.NAME
    first, second, third, other = fourcat.read(source)
    assert isinstance(first, Post) and (first.network, first.id, first.handle) == (
        "tiktok",
        "5",
        "a",
    )
    assert first.reply_to == ""
    assert isinstance(second, Post) and second.link == "https://www.tiktok.com/@halab/video/7"
    assert isinstance(third, Post) and (third.network, third.account) == ("instagram", "8")
    assert isinstance(other, Unread) and other.what == "export.ndjson:4"
    assert {one.at for one in (first, second, third)} == {"2020-06-12T14:03:00Z"}


def test_a_table_is_read_by_what_its_columns_are_called(made: Made) -> None:
    source = table(
        made,
        "\ufeffPost_Created;Author Name;Username;Post URL;Message;Media\r\n"
        "2020-06-12T16:03:00+02:00;Salah;@w_s;https://t.me/halab/12;"
        "'=SUM(1) #halab;a.jpg|../../x\r\n",
        "a.jpg",
    )
    assert importer_of(source).NAME == posts_csv.NAME
    (post,) = posts(posts_csv.read(source))
    assert (post.network, post.place, post.id) == ("telegram", "halab", "12")
    assert (post.name, post.handle, post.at) == ("Salah", "w_s", "2020-06-12T14:03:00Z")
    assert (post.text, post.hashtags) == ("=SUM(1) #halab", ("halab",))
    assert post.media == (Attachment(path="a.jpg"), Attachment(missing="../../x"))


def test_a_table_in_arabic(made: Made) -> None:
    (post,) = posts(posts_csv.read(table(made, "التاريخ,الحساب,النص\n2020-06-12,حلب,كلمات\n")))
    assert (post.at, post.resolution_s, post.name, post.text) == (
        "2020-06-12",
        86_400,
        "حلب",
        "كلمات",
    )
    assert len(post.id) == 32


def test_a_clock_may_have_a_column_of_its_own(made: Made) -> None:
    (post,) = posts(posts_csv.read(table(made, "date,time,author,text\n2020-06-12,14:03,a,x\n")))
    assert (post.at, post.resolution_s) == ("2020-06-12T14:03", 60)


def test_dates_of_a_table_are_ordered_by_all_its_rows_or_asked_for(made: Made) -> None:
    rows = "date,author,text\n3/4/2020 1:05 PM,a,x\n"
    told = posts(posts_csv.read(table(made, rows + "13/4/2020,a,y\n")))
    assert [one.at for one in told] == ["2020-04-03T13:05", "2020-04-13"]
    with pytest.raises(AmbiguousDatesError):
        next(posts_csv.read(table(made, rows)))
    (answered,) = posts(posts_csv.read(table(made, rows, dates=DateOrder.MONTH_FIRST)))
    assert answered.at == "2020-03-04T13:05"


def test_of_two_posts_with_one_id_the_later_is_left_out(made: Made) -> None:
    rows = "id,date,author,text\n1,2020-06-12,a,x\n1,2020-06-13,a,y\n"
    assert [type(one) for one in posts_csv.read(table(made, rows))] == [Post, Unread]
    tweets = made("t.csv", TWEETS + TWEETS.split("\r\n", 1)[1])
    assert [type(one) for one in fourcat.read(tweets)] == [Post, Unread]


def test_hostile_rows_are_told_and_the_rest_comes_in(made: Made) -> None:
    head, last = "date,author,text\n", "2020-06-12,a,kept\n"
    long = f"0001-01-01,{'n' * 100_000},{'w' * 100_000}\n"
    open_, huge = f'2020-06-12,a,"{"x" * 200_000}\n', f"2020-06-12,a,{'y' * (2 << 20)}\n"
    source = made(
        "p.csv", (head + long + ",,\nx\n").encode() + b"\xff\0\n" + (huge + last).encode()
    )
    first, *others, kept = posts_csv.read(source)
    assert isinstance(first, Post) and isinstance(kept, Post) and kept.text == "kept"
    assert (len(first.name), len(first.text), first.at) == (300, 60_000, "")
    assert [type(one) for one in others] == [Unread] * len(others)
    assert any(isinstance(one, Unread) for one in posts_csv.read(table(made, head + open_ + last)))
    for odd in ("", "\0", '"', "date,author,text"):
        assert all(isinstance(one, Unread) for one in posts_csv.read(table(made, odd)))


def test_ordinary_tables_are_no_posts(made: Made) -> None:
    for other in ("date,description,amount\n", "id,name,age\n", "time,text\n", "words\n", ""):
        source = table(made, other + "1,2,3\n")
        assert not posts_csv.recognises(source) and not fourcat.recognises(source), other
