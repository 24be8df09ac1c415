"""What of a post does not come in as it stands in an export has a line in the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from verify.lab.importers import Source, telegram_json, told
from verify.language import Reader, plain
from verify.records import Post, Unread

Made = Callable[..., Source]
READER = Reader("en", ZoneInfo("UTC"))


def read(made: Made, **more: object) -> tuple[Post, list[str]]:
    message = {"id": 7, "type": "message", "date": "2020-06-12T16:03:00", "text": "a", **more}
    chat = {"name": "A", "type": "public_channel", "id": 17, "messages": [message]}
    first, *rest = told(telegram_json, made("result.json", json.dumps(chat)))
    assert isinstance(first, Post)
    lines = [one for one in rest if isinstance(one, Unread)]
    assert all(one.what == "7" for one in lines)
    return first, [plain(one.why, READER) for one in lines]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"from": "n" * 100_000}, "longer than 300 characters: only its beginning"),
        ({"text": "w" * 100_000}, "longer than 60000 characters"),
        ({"photo": "../../x.jpg"}, "the file ../../x.jpg, which would lie outside"),
        ({"photo": "/etc/passwd"}, "which would lie outside of the export"),
        ({"date_unixtime": "99999999999999999999"}, "which is none; it comes in with another time"),
        ({"date": "0001-01-01T00:00:00"}, "which is none; the post comes in without"),
        ({"date": "0001-01-01T00:00:00", "date_unixtime": "-1"}, "the post comes in without"),
    ],
)
def test_it_is_told_and_the_rest_comes_in(made: Made, more: dict[str, object], said: str) -> None:
    post, [line] = read(made, **more)
    assert said in line.replace("\u2068", "").replace("\u2069", "").replace(",000", "000")
    assert post.id == "7"


def test_nothing_is_told_of_a_post_that_is_whole(made: Made) -> None:
    post, lines = read(made, date_unixtime="1591977780", photo="photos/a.jpg", **{"from": "n"})
    assert (post.at, lines) == ("2020-06-12T16:03:00Z", [])
    assert post.media[0].missing == "photos/a.jpg"
