"""What downloaders write beside their files: yt-dlp's and gallery-dl's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from verify.lab.importers import Source, gallery_dl, importer_of, ytdlp
from verify.records import Attachment, PlaceKind, Post, Unread

Made = Callable[..., Source]

FILM = {
    "id": "dQw4w9WgXcQ",
    "title": "Aleppo, 2016",
    "formats": [{"format_id": "137", "fragments": [{"url": "x"}] * 99}] * 9,
    "description": "See https://a.example #aleppo",
    "uploader": "Halab Today TV",
    "uploader_id": "@halabtodaytv",
    "uploader_url": "https://www.youtube.com/@halabtodaytv",
    "channel": "Halab Today",
    "channel_id": "UC1",
    "timestamp": 1591970580,
    "upload_date": "20200612",
    "webpage_url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "extractor_key": "Youtube",
    "ext": "mp4",
    "_type": "video",
}
TWEET = {
    "author": {"id": 17, "name": "w_salahadden", "nick": "Salah", "followers_count": 9},
    "category": "twitter",
    "content": "On the square #halab",
    "date": "2020-06-12 14:03:00",
    "extension": "jpg",
    "filename": "F1",
    "hashtags": ["halab"],
    "num": 1,
    "reply_id": 5,
    "source": "Twitter Web App",
    "subcategory": "user",
    "tweet_id": 1271_000_000_000_000_001,
    "type": "photo",
}


def film(made: Made, *beside: str, **more: Any) -> Source:
    return made("Aleppo [dQ].info.json", json.dumps(FILM | more), *beside)


def tweet(made: Made, *beside: str, **more: Any) -> Source:
    return made("1271_1.jpg.json", json.dumps(TWEET | more, indent=4), *beside)


def only(found: Any) -> Post:
    (one,) = found
    assert isinstance(one, Post)
    return one


def test_a_film_names_its_channel_its_time_and_its_files(made: Made) -> None:
    source = film(made, "Aleppo [dQ].mp4", "Aleppo [dQ].webp", "Aleppo [dQ].description")
    assert importer_of(source).NAME == ytdlp.NAME
    assert only(ytdlp.read(source)) == Post(
        network="youtube",
        id="dQw4w9WgXcQ",
        account="UC1",
        name="Halab Today",
        handle="halabtodaytv",
        at="2020-06-12T14:03:00Z",
        text="Aleppo, 2016\n\nSee https://a.example #aleppo",
        links=("https://a.example",),
        hashtags=("aleppo",),
        link="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        media=(
            Attachment(path="Aleppo [dQ].mp4"),
            Attachment(path="Aleppo [dQ].webp", kind="thumbnail"),
        ),
    )


def test_a_film_of_a_day_alone_is_known_to_the_day_and_its_file_may_be_missing(made: Made) -> None:
    post = only(ytdlp.read(film(made, timestamp=None)))
    assert (post.at, post.resolution_s) == ("2020-06-12", 86_400)
    assert post.media == (Attachment(missing="Aleppo [dQ].mp4"),)


@pytest.mark.parametrize(
    ("told", "author"),
    [
        ({"extractor_key": "Twitter", "uploader_id": "halab", "channel_id": None}, ("halab", "")),
        (
            {
                "extractor_key": "TikTok",
                "uploader": "halab",
                "uploader_id": "68",
                "channel_id": "MS4",
                "uploader_url": "https://www.tiktok.com/@halab",
            },
            ("halab", "MS4"),
        ),
        ({"uploader_id": None, "uploader_url": "https://www.youtube.com/channel/UC1"}, ("", "UC1")),
    ],
)
def test_handles_and_numbers_are_told_apart(
    made: Made, told: dict[str, Any], author: tuple[str, str]
) -> None:
    gone = {"uploader_url": ""} if "uploader_url" not in told else {}
    post = only(ytdlp.read(film(made, **gone, **told)))
    assert (post.handle, post.account) == author


def test_a_film_of_a_telegram_channel_has_its_place(made: Made) -> None:
    link = "https://t.me/HalabToday/12?single"
    post = only(ytdlp.read(film(made, extractor_key="Telegram", id="12", webpage_url=link)))
    assert (post.network, post.place, post.id) == ("telegram", "halabtoday", "12")
    assert post.place_kind is PlaceKind.CHANNEL


def test_a_list_of_films_is_no_post(made: Made) -> None:
    assert list(ytdlp.read(film(made, _type="playlist"))) == []


def test_a_picture_is_of_the_post_that_lies_beside_it(made: Made) -> None:
    source = tweet(made, "1271_1.jpg")
    assert importer_of(source).NAME == gallery_dl.NAME
    assert only(gallery_dl.read(source)) == Post(
        network="x",
        id="1271000000000000001",
        account="17",
        name="Salah",
        handle="w_salahadden",
        at="2020-06-12T14:03:00Z",
        text="On the square #halab",
        hashtags=("halab",),
        client="Twitter Web App",
        reply_to="5",
        link="https://x.com/w_salahadden/status/1271000000000000001",
        media=(Attachment(path="1271_1.jpg", kind="photo"),),
    )


def test_other_networks_name_their_posts_otherwise(made: Made) -> None:
    told: dict[str, Any] = {
        "category": "instagram",
        "subcategory": "post",
        "post_shortcode": "Cx1",
        "username": "halab",
        "fullname": "Halab",
        "owner_id": "99",
        "description": "words",
        "date": "2020-06-12 14:03:00",
    }
    post = only(gallery_dl.read(made("a.jpg.json", json.dumps(told))))
    assert (post.network, post.id, post.account, post.handle) == ("instagram", "Cx1", "99", "halab")
    assert post.link == "https://www.instagram.com/p/Cx1/"
    told = {
        "category": "reddit",
        "id": "t1",
        "author": "u1",
        "subreddit": "syria",
        "date": 1591970580,
    }
    post = only(gallery_dl.read(made("a.jpg.json", json.dumps(told | {"title": "T"}))))
    assert (post.handle, post.place, post.at) == ("u1", "syria", "2020-06-12T14:03:00Z")


def test_what_is_cut_off_or_lacks_an_id_is_told(made: Made) -> None:
    cut = made("a.info.json", json.dumps(FILM)[:200])
    assert [type(one) for one in ytdlp.read(cut)] == [Unread]
    assert [type(one) for one in gallery_dl.read(tweet(made, tweet_id=None))] == [Unread]
    assert [type(one) for one in ytdlp.read(film(made, extractor_key=None))] == [Unread]
    for odd in (b"", b"[" * 999, b'{"id": 1}', b"\xff{", b'{"id":"' + b"x" * 99):
        assert all(isinstance(one, Unread) for one in ytdlp.read(made("a.info.json", odd)))
        assert all(isinstance(one, Unread) for one in gallery_dl.read(made("a.jpg.json", odd)))


def test_hostile_fields_are_bounded(made: Made) -> None:
    told = {"title": "w" * 99_999, "description": [], "channel": "n" * 99_999, "timestamp": -62e9}
    post = only(ytdlp.read(film(made, **told, upload_date="00010101", uploader_url={})))
    assert (len(post.text), len(post.name), post.at) == (60_000, 300, "")
    post = only(
        gallery_dl.read(tweet(made, author="\0n", hashtags=[{}, "#a", 7], date="0001-01-01"))
    )
    assert (post.handle, post.hashtags, post.at) == ("n", ("a", "7"), "")
    assert post.media == (Attachment(missing="1271_1.jpg", kind="photo"),)


def test_ordinary_json_is_no_sidecar(made: Made) -> None:
    for name, told in (
        ("a.json", FILM),
        ("a.jpg.json", {"width": 1}),
        ("a.txt.json", TWEET),
        ("a.info.json", {"name": "x"}),
    ):
        source = made(name, json.dumps(told))
        assert not ytdlp.recognises(source) and not gallery_dl.recognises(source)
