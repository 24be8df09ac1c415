from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

from verify.lab.importers import Source, importer_of, told
from verify.lab.importers.telegram_json import NAME, read, recognises
from verify.records import Attachment, PlaceKind, Post, Unread

Made = Callable[..., Source]


def message(number: int, text: object = "Good morning", **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2020-06-12T16:03:00",
        "date_unixtime": "1591970580",
        "from": "Word of the Street",
        "from_id": "channel17",
        "text": text,
        "text_entities": [],
    } | more


def chat(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    named = {"name": "Street", "type": "public_channel", "id": 17}
    return named | more | {"messages": [*messages]}


def exported(made: Made, *messages: dict[str, Any], **more: Any) -> Source:
    return made("result.json", json.dumps(chat(*messages, **more), ensure_ascii=False, indent=1))


def posts(source: Source) -> list[Post]:
    return [one for one in read(source) if isinstance(one, Post)]


def only(source: Source) -> Post:
    (one,) = read(source)
    assert isinstance(one, Post)
    return one


def test_a_message_says_who_posted_what_where_and_when(made: Made) -> None:
    edited = {"edited": "2020-06-12T18:03:00", "edited_unixtime": "1591977780"}
    origin = {"forwarded_from": "Salah", "reply_to_message_id": 3, "via_bot": "@gif"}
    source = exported(made, message(4, **edited, **origin))
    assert recognises(source) and importer_of(source).NAME == NAME
    assert only(source) == Post(
        network="telegram",
        id="4",
        place="17",
        place_name="Street",
        place_kind=PlaceKind.CHANNEL,
        account="channel17",
        name="Word of the Street",
        at="2020-06-12T14:03:00Z",
        edited_at="2020-06-12T16:03:00Z",
        text="Good morning",
        client="@gif",
        forwarded_from="Salah",
        reply_to="3",
    )


def test_a_time_without_its_unix_time_is_one_of_an_unknown_zone(made: Made) -> None:
    old = message(1)
    del old["date_unixtime"]
    post = only(exported(made, old))
    assert (post.at, post.zone_known) == ("2020-06-12T16:03:00", False)


def test_an_impossible_time_is_no_time(made: Made) -> None:
    for never in ("-62135596800", "99999999999999999999", "x"):
        post = only(exported(made, message(1, date="0001-01-01T00:00:00", date_unixtime=never)))
        assert post.at == ""


def test_all_chats_of_an_account_come_in_each_with_its_place(made: Made) -> None:
    account = {
        "about": "Here is the data you requested. Remember: ...",
        "personal_information": {"user_id": 5, "first_name": "A"},
        "contacts": {"list": [{"user_id": 1, "date": "2020-01-01T00:00:00"}]},
        "chats": {
            "about": "This page lists all chats",
            "list": [
                chat(message(1)),
                {"type": "saved_messages", "id": 5, "messages": [message(1, from_id="user5")]},
                chat(message(1, from_id="user6"), type="personal_chat", id=6, name=None),
            ],
        },
        "left_chats": {
            "about": "",
            "list": [chat(message(9, from_id="user8"), type="private_supergroup", id=18)],
        },
    }
    source = made("result.json", json.dumps(account))
    assert recognises(source)
    assert [(p.place, p.place_name, p.place_kind, p.person) for p in posts(source)] == [
        ("17", "Street", PlaceKind.CHANNEL, False),
        ("5", "", PlaceKind.PRIVATE, True),
        ("6", "", PlaceKind.PRIVATE, True),
        ("18", "Street", PlaceKind.CLOSED_GROUP, True),
    ]


def test_links_and_hashtags_are_those_that_the_export_marks(made: Made) -> None:
    entities = [
        {"type": "plain", "text": "See "},
        {"type": "text_link", "text": "this", "href": "https://a.example/1"},
        {"type": "plain", "text": " and "},
        {"type": "link", "text": "b.example"},
        {"type": "hashtag", "text": "#دمشق"},
    ]
    post = only(exported(made, message(1, entities, text_entities=entities)))
    assert post.text == "See this and b.example#دمشق"
    assert post.links == ("https://a.example/1", "http://b.example")
    assert post.hashtags == ("دمشق",)


def test_what_an_older_export_does_not_mark_is_found_in_its_words(made: Made) -> None:
    text = ["(https://a.example/x_(y)). #भारत, #1 https://a.example/x_(y)#top"]
    old = message(1, text)
    del old["text_entities"]
    post = only(exported(made, old))
    assert post.links == ("https://a.example/x_(y)", "https://a.example/x_(y)#top")
    assert post.hashtags == ("भारत",)


def test_an_account_written_as_a_number_is_the_same_account(made: Made) -> None:
    old = [message(1, from_id=5), message(2, from_id=(2 << 32) + 17)]
    assert [post.account for post in posts(exported(made, *old))] == ["user5", "channel17"]


def test_files_are_those_that_lie_beside_the_export(made: Made) -> None:
    gone = "(File exceeds maximum size. Change data exporting settings to download.)"
    held = [
        message(1, photo="photos/photo_1.jpg"),
        message(2, file="files/film.mp4", media_type="video_file", thumbnail="files/x_thumb.jpg"),
        message(3, file=gone, mime_type="video/mp4"),
        message(4, photo="../../etc/passwd"),
        message(5, file="stickers/x_thumb.jpg"),
    ]
    source = made("result.json", json.dumps(chat(*held)), "photos/photo_1.jpg", "files/film.mp4")
    assert [post.media for post in posts(source)] == [
        (Attachment(path="photos/photo_1.jpg", kind="photo"),),
        (Attachment(path="files/film.mp4", kind="video_file"),),
        (Attachment(missing=gone, kind="video/mp4"),),
        (Attachment(missing="../../etc/passwd", kind="photo"),),
        (),
    ]


def test_control_characters_written_as_no_json_come_in(made: Made) -> None:
    source = json.dumps(chat(message(1, 'a\x1bb c:\\x41 "q"'))).replace("\\u001b", "\\x1B")
    assert only(made("result.json", source)).text == 'a\x1bb c:\\x41 "q"'


def test_they_come_in_wherever_the_pieces_are_cut(made: Made) -> None:
    text = "".join(f"{'y' * n}\x0b\\x\x0b\\\\" for n in range(700))
    source = json.dumps(chat(message(1, text))).replace("\\u000b", "\\x0B")
    assert only(made("result.json", source)).text == text[:60_000]


def test_of_a_file_cut_off_all_before_the_cut_comes_in(made: Made) -> None:
    whole = json.dumps(chat(*(message(number) for number in range(500))))
    *before, last = read(made("result.json", whole[: len(whole) // 2]))
    assert 200 < len(before) < 300
    assert all(isinstance(one, Post) for one in before) and isinstance(last, Unread)


def test_of_two_messages_with_one_number_the_later_is_left_out(made: Made) -> None:
    source = exported(made, message(1, "a"), message(3), message(2), message(1, "b"), message(2))
    first, _, _, fourth, fifth = read(source)
    assert isinstance(first, Post) and first.text == "a"
    assert isinstance(fourth, Unread) and fourth.what == "17/1"
    assert isinstance(fifth, Unread) and fifth.what == "17/2"


def test_service_messages_are_no_posts_and_unsupported_ones_are_told(made: Made) -> None:
    joined = {"id": 1, "type": "service", "action": "join_group_by_link"}
    (one,) = read(exported(made, joined, {"id": 2, "type": "unsupported"}))
    assert isinstance(one, Unread) and one.what == "17/2"


def test_no_name_or_text_is_longer_than_a_table_takes(made: Made) -> None:
    long = message(1, "t" * 100_000, **{"from": "n" * 100_000})
    source = exported(made, long, name="\0" + "c" * 100_000)
    assert recognises(source)
    post = only(source)
    assert (len(post.name), len(post.text), len(post.place_name)) == (300, 60_000, 299)


def test_what_is_no_message_is_told_and_the_rest_comes_in(made: Made) -> None:
    deep = {"id": 3, "x": json.loads("[" * 40 + "]" * 40)}
    odd = [{"id": "x"}, {"id": True, "type": 7}, message(2), {"id": 9, "from_id": [], "text": 3}]
    found = list(read(exported(made, *odd, {"id": 5, "y": list(range(9_000))}, deep)))
    assert [isinstance(one, Unread) for one in found] == [True, False, False, False, True, False]


def test_hostile_bytes_end_in_a_line_and_not_in_an_error(made: Made) -> None:
    head = '{"name":"a","type":"public_channel","id":1,"messages":['
    for tail in (
        b"[" * 100_000,
        b'{"id":1' + b"9" * 9_000,
        b"\xff\xfe\0\0",
        b'"' + b"\\" * 200_001,
    ):
        *_, last = read(made("result.json", head.encode() + tail))
        assert isinstance(last, Unread)
    assert not recognises(made("result.json", b""))
    assert [type(one) for one in read(made("result.json", b""))] == [Unread]


def test_the_memory_stays_small_whatever_the_size(made: Made) -> None:
    head = b'{"name":"a","type":"public_channel","id":1,"messages":['
    one = json.dumps(message(1, "w" * 300)).encode().replace(b'"id": 1', b'"id": %d')
    large = made("result.json", head + b",".join(one % n for n in range(3_000)) + b"]}")
    endless = made("result.json", head + b'"' + b"x" * (9 << 20))
    tracemalloc.start()
    count = sum(1 for _ in read(large))
    assert [type(one) for one in read(endless)] == [Unread]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000 and peak < 12 << 20


def test_ordinary_json_is_no_export(made: Made) -> None:
    for other in ({"messages": []}, {"name": "x", "type": "module", "id": 1, "messages": []}, []):
        assert not recognises(made("result.json", json.dumps(other)))
    assert not recognises(made("result.txt", json.dumps(chat(message(1)))))


def test_a_damaged_export_is_refused_and_no_ordinary_file(made: Made) -> None:
    cut = json.dumps(chat(message(1)))[:48]
    for held in (json.dumps(chat() | {"messages": {"a": 1}}), cut):
        source = made("result.json", held)
        assert recognises(source)
        assert [type(one) for one in read(source)] == [Unread]
    assert list(read(made("result.json", json.dumps(chat())))) == []


def test_a_time_that_is_none_gets_a_line_and_the_post_comes_in(made: Made) -> None:
    odd = message(1, date="0001-01-01T00:00:00", date_unixtime="-62135596800")
    source = exported(made, odd, message(2, date_unixtime="99999999999999999999"))
    first, line, second, other = told(importer_of(source), source)
    assert isinstance(other, Unread)
    assert isinstance(first, Post) and first.at == ""
    assert isinstance(line, Unread) and line.what == "1"
    assert line.why.values["written"] == "-62135596800"
    assert isinstance(second, Post) and second.at == "2020-06-12T16:03:00"
