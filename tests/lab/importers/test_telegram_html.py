from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from verify.lab.importers import Source, importer_of
from verify.lab.importers.telegram_html import NAME, _shifted, read, recognises
from verify.records import Attachment, PlaceKind, Post, Unread

Made = Callable[..., Source]

HEAD = """<!DOCTYPE html>
<html>
 <head>
  <meta charset="utf-8"/>
<title>Exported Data</title>
  <link href="css/style.css" rel="stylesheet"/>
 </head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header"><div class="content"><div class="text bold">
Street &amp; Sons
   </div></div></div>
   <div class="page_body chat_page"><div class="history">
"""
TAIL = "</div></div></div></body></html>"
DATE = "14.01.2021 23:43:49 UTC+02:00"


def message(number: int, inner: str, sender: str | None = "Alice", date: str = DATE) -> str:
    name = "" if sender is None else f'<div class="from_name">\n{sender}\n       </div>'
    joined = " joined" if sender is None else ""
    return f"""
     <div class="message default clearfix{joined}" id="message{number}">
      <div class="pull_left userpic_wrap"><div class="userpic userpic1"><div class="initials">
A</div></div></div>
      <div class="body">
       <div class="pull_right date details" title="{date}">
23:43
       </div>
       {name}
       {inner}
      </div>
     </div>
"""


def text(words: str) -> str:
    return f'<div class="text">\n{words}\n       </div>'


def service(number: int, words: str) -> str:
    body = f'<div class="body details">\n{words}\n      </div>'
    return f'<div class="message service" id="message{number}">{body}</div>'


def exported(made: Made, *messages: str, beside: tuple[str, ...] = ()) -> Source:
    return made("messages.html", HEAD + "".join(messages) + TAIL, *beside)


def posts(source: Source) -> list[Post]:
    found = list(read(source))
    assert all(isinstance(one, Post) for one in found)
    return [one for one in found if isinstance(one, Post)]


def test_a_message_says_who_wrote_what_and_when(made: Made) -> None:
    words = 'Hello &quot;<strong>w</strong>&quot;<br>two <a href="https://a.example/1">here</a> #x'
    source = exported(made, service(-1, "14 December 2021"), message(2, text(words)))
    assert recognises(source) and importer_of(source).NAME == NAME
    assert posts(source) == [
        Post(
            network="telegram",
            id="2",
            place="Street & Sons",
            place_name="Street & Sons",
            place_kind=PlaceKind.CLOSED_GROUP,
            name="Alice",
            person=True,
            at="2021-01-14T21:43:49Z",
            text='Hello "w"\ntwo here #x',
            links=("https://a.example/1",),
            hashtags=("x",),
        )
    ]


def test_what_is_joined_has_the_sender_of_the_message_before(made: Made) -> None:
    source = exported(
        made,
        message(2, text("a"), "Alice via @gif"),
        message(3, text("b"), None),
        message(4, text("c"), "Bob"),
        message(5, text("d"), None),
    )
    assert [(post.name, post.client) for post in posts(source)] == [
        ("Alice", "@gif"),
        ("Alice", "@gif"),
        ("Bob", ""),
        ("Bob", ""),
    ]


def test_a_forward_and_an_answer_name_what_they_are_of(made: Made) -> None:
    origin = 'Carol <span class="date details" title="10.12.2021 09:00:00 UTC+02:00"> 1</span>'
    inner = f'<div class="forwarded body"><div class="from_name">\n{origin}</div>{text("f")}</div>'
    answered = (
        '<div class="reply_to details">\nIn reply to <a href="{}#go_to_message2">this</a></div>'
    )
    both = [answered.format(page) + text("r") for page in ("", "messages2.html")]
    forward, *answers = posts(
        exported(made, message(5, inner), *(message(6 + n, one) for n, one in enumerate(both)))
    )
    assert (forward.name, forward.forwarded_from, forward.text) == ("Alice", "Carol", "f")
    assert forward.at == "2021-01-14T21:43:49Z"
    assert [(one.reply_to, one.text) for one in answers] == [("2", "r"), ("2", "r")]


def test_files_lie_beside_the_page_or_are_missing(made: Made) -> None:
    photo = '<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="{}">'
    photo += '<img class="photo" src="photos/a_thumb.jpg" style="width: 1px"/></a></div>'
    lacking = """<div class="media_wrap clearfix"><div class="media clearfix pull_left media_video">
<div class="fill pull_left"></div><div class="body"><div class="title bold">Video file</div>
<div class="description">\nNot included, change data exporting settings to download.\n</div>
<div class="status details">00:41, 164.2 KB</div></div></div></div>"""
    source = exported(
        made,
        message(1, photo.format("photos/a.jpg") + text("t")),
        message(2, photo.format("../../chats/chat_01/photos/a.jpg")),
        message(3, lacking),
        message(4, photo.format("../../x")),
        beside=("photos/a.jpg",),
    )
    here = (Attachment(path="photos/a.jpg", kind="photo"),)
    words = "Not included, change data exporting settings to download."
    assert [(post.media, post.text) for post in posts(source)] == [
        (here, "t"),
        (here, ""),
        ((Attachment(missing=words, kind="video_file"),), ""),
        ((Attachment(missing="../../x", kind="photo"),), ""),
    ]


def test_a_channel_is_one_where_its_creation_is_told(made: Made) -> None:
    created = service(1, "Channel &laquo;Street&raquo; created")
    (post,) = posts(exported(made, created, message(2, text("a"))))
    assert (post.place_kind, post.person) == (PlaceKind.CHANNEL, False)


def test_in_summer_a_time_is_known_to_the_hour_alone(made: Made) -> None:
    dates = ["14.07.2021 23:43:49 UTC+02:00", "14.07.2021 23:43:49 UTC+03:00"]
    dates += ["14.07.2021 23:43:49", "99.99.0001 23:43:49 UTC+02:00"]
    source = exported(made, *(message(n, text("a"), date=date) for n, date in enumerate(dates)))
    assert [(post.at, post.resolution_s) for post in posts(source)] == [
        ("2021-07-14T21:43:49Z", 3600),
        ("2021-07-14T20:43:49Z", 1),
        ("2021-07-14T23:43:49", 1),
        ("", 1),
    ]


def test_no_zone_had_another_offset_where_a_time_is_taken_to_the_second() -> None:
    zones = [ZoneInfo(name) for name in available_timezones() if "/" in name]
    for day in range(0, 366 * 13, 9):
        when = datetime(2013, 9, 1, tzinfo=UTC) + timedelta(days=day)
        for zone in zones:
            local = when.astimezone(zone)
            if ahead := local.dst():
                standard = (local.utcoffset() or timedelta()) - ahead
                assert _shifted(int(standard.total_seconds() // 60), local.month), (zone, local)


def test_of_a_page_cut_off_all_before_the_cut_comes_in(made: Made) -> None:
    whole = HEAD + "".join(message(n, text("a" * 99)) for n in range(500))
    *before, last = read(made("messages.html", whole[: len(whole) // 2]))
    assert 200 < len(before) < 300 and isinstance(last, Unread)


def test_of_two_messages_with_one_number_the_later_is_left_out(made: Made) -> None:
    first, second = read(exported(made, message(1, text("a")), message(1, text("b"))))
    assert isinstance(first, Post) and isinstance(second, Unread)


def test_hostile_pages_end_in_a_line_and_not_in_an_error(made: Made) -> None:
    head = HEAD.encode()
    endless = [
        b"<div>" * 9_000,
        b"<" + b"a" * (2 << 20),
        b"<!" * 9_000,
        b"\xff\xfe\0",
        b"<![x" * 99,
    ]
    for tail in endless:
        assert isinstance([*read(made("messages.html", head + tail))][-1], Unread)
    long = message(1, text("w" * 100_000), "n" * 100_000)
    (post,) = posts(exported(made, long))
    assert (len(post.name), len(post.text)) == (300, 60_000)


def test_ordinary_pages_are_no_export(made: Made) -> None:
    page = "<html><head><title>Exported Data</title></head><body></body></html>"
    assert not recognises(made("messages.html", page))
    assert not recognises(made("messages.html", '<html><div class="history"></html>'))
    assert not recognises(made("messages.html", b""))


def test_events_and_signatures_tell_a_channel_wherever_they_stand(made: Made) -> None:
    signed = '<div class="signature details">Noor</div>'
    plain = message(2, text("a"), "Street &amp; Sons")
    for telling in (
        service(3, "Channel photo changed"),
        service(3, "Channel title changed to &laquo;Street&raquo;"),
        message(3, text("b") + signed, "Street &amp; Sons"),
    ):
        first, *_ = posts(exported(made, plain, telling))
        assert first.place_kind is PlaceKind.CHANNEL
        assert not first.person


def test_a_page_that_does_not_tell_says_so_and_is_a_closed_chat(made: Made) -> None:
    line, first = read(exported(made, message(2, text("a"), "Street &amp; Sons")))
    assert isinstance(line, Unread) and "does not tell" in line.why.template
    assert isinstance(first, Post) and first.place_kind is PlaceKind.CLOSED_GROUP
    mixed = exported(
        made,
        message(2, text("a") + '<div class="signature details">N</div>', "Street &amp; Sons"),
        message(3, text("b"), "Bob"),
    )
    assert {one.place_kind for one in posts(mixed)} == {PlaceKind.CLOSED_GROUP}


def test_a_page_that_breaks_off_takes_nothing_of_the_next(made: Made) -> None:
    end = "'\"></script></style>--><!--verify-desk: end of messages{}.html-->"
    first = (HEAD + message(1, text("one")) + message(2, text("two")))[:-120]
    for cut in (first, first[: first.rindex("<div") + 9]):
        pages = cut + end.format("") + HEAD + message(3, text("three"), "Bob") + TAIL
        found = list(read(made("messages.html", pages + end.format(2))))
        assert [one.what for one in found if isinstance(one, Unread)] == ["messages.html"]
        whole = [one for one in found if isinstance(one, Post)]
        assert (whole[0].id, whole[0].text) == ("1", "one")
        assert (whole[-1].id, whole[-1].text, whole[-1].name) == ("3", "three", "Bob")
