from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from verify.lab.importers import Source, importer_of
from verify.lab.importers.twitter_jsonl import NAME, read, recognises
from verify.records import Attachment, Post, Unread

Made = Callable[..., Source]

OLD = {
    "created_at": "Fri Jun 12 14:03:00 +0000 2020",
    "id": 1271000000000000001,
    "id_str": "1271000000000000001",
    "full_text": "On the square https://t.co/a #halab",
    "source": '<a href="http://twitter.com" rel="nofollow">Twitter for Android</a>',
    "in_reply_to_status_id_str": "12",
    "user": {"id_str": "17", "name": "Salah", "screen_name": "w_salahadden"},
    "entities": {
        "hashtags": [{"text": "halab"}],
        "urls": [{"url": "https://t.co/a", "expanded_url": "https://a.example/1"}],
    },
    "extended_entities": {"media": [{"type": "photo", "media_url_https": "https://p.example/1"}]},
    "retweeted_status": {"user": {"screen_name": "halab"}},
}
NEW = {
    "id": "1271000000000000001",
    "author_id": "17",
    "created_at": "2020-06-12T14:03:00.000Z",
    "text": "On the square #halab",
    "source": "Twitter Web App",
    "entities": {"hashtags": [{"tag": "halab"}]},
    "referenced_tweets": [{"type": "replied_to", "id": "12"}, {"type": "retweeted", "id": "13"}],
    "attachments": {"media_keys": ["3_1"]},
}
INCLUDES = {
    "users": [
        {"id": "17", "name": "Salah", "username": "w_salahadden"},
        {"id": "18", "name": "Halab", "username": "halab"},
    ],
    "tweets": [{"id": "13", "author_id": "18"}],
    "media": [{"media_key": "3_1", "type": "photo", "url": "https://p.example/1"}],
}
EXPECTED = Post(
    network="x",
    id="1271000000000000001",
    account="17",
    name="Salah",
    handle="w_salahadden",
    at="2020-06-12T14:03:00Z",
    text="On the square #halab",
    hashtags=("halab",),
    client="Twitter Web App",
    forwarded_from="halab",
    reply_to="12",
    link="https://x.com/w_salahadden/status/1271000000000000001",
    media=(Attachment(missing="https://p.example/1", kind="photo"),),
)


def lines(made: Made, *objects: Any) -> Source:
    return made("tweets.jsonl", "".join(json.dumps(one) + "\n" for one in objects))


def only(source: Source) -> Post:
    (one,) = read(source)
    assert isinstance(one, Post)
    return one


def test_a_line_of_the_old_interface_is_a_post_with_its_client(made: Made) -> None:
    source = lines(made, OLD)
    assert importer_of(source).NAME == NAME
    post = only(source)
    assert (post.client, post.links) == ("Twitter for Android", ("https://a.example/1",))
    assert (post.account, post.name, post.handle) == ("17", "Salah", "w_salahadden")
    assert (post.at, post.forwarded_from, post.reply_to) == ("2020-06-12T14:03:00Z", "halab", "12")
    assert post.media == EXPECTED.media


def test_a_page_of_the_new_interface_names_its_accounts_beside_its_posts(made: Made) -> None:
    source = lines(made, {"data": [NEW], "includes": INCLUDES, "meta": {"result_count": 1}})
    assert importer_of(source).NAME == NAME
    assert only(source) == EXPECTED


def test_a_flattened_line_has_all_within(made: Made) -> None:
    answered = {"type": "replied_to", "id": "12"}
    shared = {"type": "retweeted", "id": "13", "author": {"username": "halab"}}
    flat = NEW | {
        "author": INCLUDES["users"][0],
        "referenced_tweets": [answered, shared],
        "attachments": {"media_keys": ["3_1"], "media": INCLUDES["media"]},
    }
    assert only(lines(made, flat)) == EXPECTED


def test_of_two_with_one_number_and_of_other_lines_the_reader_is_told(made: Made) -> None:
    source = lines(made, OLD, {"x": 1}, OLD, [], {"meta": {"result_count": 0}}, {"data": [{}]})
    found = list(read(source))
    assert [isinstance(one, Unread) for one in found] == [False, True, True, True, True]
    assert next(one.what for one in found if isinstance(one, Unread)) == "tweets.jsonl:2"


def test_hostile_lines_are_told_and_the_rest_comes_in(made: Made) -> None:
    post = json.dumps(OLD | {"full_text": "a\x0bb"}).replace("\\u000b", "\\x0B").encode()
    bad = [b"{", b"[" * 99_999, b"\xff\0", b'{"a":' * 99_999, b"9" * 9_999, b"x" * (9 << 20)]
    found = list(read(made("t.jsonl", b"\n".join([*bad, post]))))
    assert [isinstance(one, Unread) for one in found] == [True] * 6 + [False]
    assert isinstance(found[-1], Post) and found[-1].text == "a\x0bb"
    odd = OLD | {"full_text": "w" * 99_999, "created_at": "Fri Jan 01 00:00:00 +0000 0001"}
    post_odd = only(
        lines(made, odd | {"user": [], "entities": 3, "extended_entities": {"media": 1}})
    )
    assert (len(post_odd.text), post_odd.at, post_odd.handle) == (60_000, "", "")


def test_other_lines_are_no_posts(made: Made) -> None:
    for other in ({"id": 1, "text": "x"}, {"data": []}, {"user": 1, "text": ""}, []):
        assert not recognises(lines(made, other))
    assert not recognises(made("t.jsonl", b""))
    assert not recognises(made("t.txt", json.dumps(OLD)))
