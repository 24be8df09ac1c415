"""Pages that somebody kept: by SingleFile, as MHTML, in WARC and WACZ."""

from __future__ import annotations

import base64
import io
import json
import quopri
from collections.abc import Callable

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from verify.lab.importers import Importer, Source, importer_of
from verify.lab.importers import mhtml as of_mhtml
from verify.lab.importers import singlefile as of_singlefile
from verify.lab.importers import wacz_pages as of_wacz
from verify.lab.importers import warc as of_warc
from verify.records import Post, Unread

Made = Callable[..., Source]

WEB = "https://news.example/square"
TWEET = "https://x.com/w_salahadden/status/1271000000000000001"
BODY = """<html><head><title>On the
 square</title><meta property="og:site_name" content="News"><style>p { color: red }</style></head>
<body><script>var a = "<p>no</p>";</script><h1>Halab</h1><p>One &amp; <b>two</b><br>three</p></body>
</html>"""
TEXT = "On the square\n\nHalab\nOne & two\nthree"
SAID = '<html><meta property="og:title" content="Salah on X"><meta property="og:description"'
SAID += ' content="words #halab"><body>Log in</body></html>'


def singlefile(made: Made, link: str = WEB, html: str = BODY) -> Source:
    told = f" url: {link} \n saved date: Fri Jun 12 2020 16:03:00 GMT+0200 (Ora)\n"
    comment = f"<!--\n Page saved with SingleFile \n{told}-->"
    return made("page.html", "<!DOCTYPE html>" + html.replace("<html>", f"<html>{comment}", 1))


def mhtml(made: Made, link: str = WEB, html: str = BODY, way: str = "quoted-printable") -> Source:
    data = html.encode()
    coded = base64.encodebytes(data) if way == "base64" else quopri.encodestring(data)
    return made(
        "page.mhtml",
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {link}\r\nSubject: On the square\r\n"
        "Date: Fri, 12 Jun 2020 14:03:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----Mark--1----"\r\n'
        "\r\n\r\n------Mark--1----\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {way}\r\nContent-Location: {link}\r\n\r\n".encode()
        + coded
        + b"\r\n------Mark--1----\r\nContent-Type: image/png\r\n\r\nnone\r\n"
        + b"------Mark--1------\r\n",
    )


def warc(made: Made, link: str = WEB, html: str = BODY, packed: bool = True) -> Source:
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, kind, body in (
        (link, "text/html; charset=utf-8", html.encode()),
        (f"{link}/a.png", "image/png", b"png"),
    ):
        answer = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                address,
                "response",
                payload=io.BytesIO(body),
                http_headers=answer,
                warc_headers_dict={"WARC-Date": "2020-06-12T14:03:00Z"},
            )
        )
    return made("a.warc.gz" if packed else "a.warc", held.getvalue())


def wacz(made: Made, link: str = WEB, html: str = BODY) -> Source:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    text = "Halab\nOne & two\nthree" if html == BODY else "words #halab"
    entry = {"id": "1", "url": link, "title": "On the square", "ts": "2020-06-12T14:03:00Z"}
    return made("pages.jsonl", f"{json.dumps(head)}\n{json.dumps(entry | {'text': text})}\n")


KINDS = [(singlefile, of_singlefile), (mhtml, of_mhtml), (warc, of_warc), (wacz, of_wacz)]
each = pytest.mark.parametrize(("make", "importer"), KINDS)


def only(source: Source) -> Post:
    (one,) = importer_of(source).read(source)
    assert isinstance(one, Post)
    return one


@each
def test_a_page_has_its_address_its_words_and_when_it_was_there(
    made: Made, make: Callable[..., Source], importer: Importer
) -> None:
    source = make(made)
    assert importer_of(source) is importer
    post = only(source)
    assert (post.network, post.id, post.link) == ("web", WEB, WEB)
    assert (post.at, post.text) == ("2020-06-12T14:03:00Z", TEXT)


@each
def test_a_kept_post_has_no_time_but_its_own(
    made: Made, make: Callable[..., Source], importer: Importer
) -> None:
    post = only(make(made, link=TWEET, html=SAID))
    assert (post.network, post.id) == ("x", "1271000000000000001")
    assert (post.handle, post.at) == ("w_salahadden", "")
    assert post.text.endswith("words #halab") and post.hashtags == ("halab",)


def test_a_page_may_tell_when_it_was_published(made: Made) -> None:
    told = '<meta property="article:published_time" content="2019-01-02T03:04:05+02:00">'
    assert only(singlefile(made, html=BODY.replace("<head>", f"<head>{told}"))).at == (
        "2019-01-02T01:04:05Z"
    )


def test_a_page_may_be_coded_otherwise(made: Made) -> None:
    assert only(mhtml(made, way="base64")).text == TEXT
    assert only(warc(made, packed=False)).text == TEXT


def test_files_within_a_page_do_not_hide_its_words(made: Made) -> None:
    picture = base64.b64encode(bytes(7 << 20)).decode()
    html = BODY.replace("<h1>", f'<img src="data:image/png;base64,{picture}"><h1>')
    assert only(singlefile(made, html=html)).text == TEXT


@each
def test_what_is_cut_off_raises_nothing(
    made: Made, make: Callable[..., Source], importer: Importer
) -> None:
    whole = make(made)
    data = whole.content.whole(1 << 20)
    for size in range(0, len(data), max(1, len(data) // 40)):
        assert all(
            isinstance(one, Post | Unread) for one in importer.read(made(whole.name, data[:size]))
        )


@each
def test_hostile_bytes_raise_nothing(
    made: Made, make: Callable[..., Source], importer: Importer
) -> None:
    for odd in (
        b"",
        b"\0" * 99,
        b"\xff" * 999,
        b"<" * 99_999,
        b"a" * (2 << 20),
        b"WARC/1.0\r\n" * 9,
    ):
        assert all(isinstance(one, Unread) for one in importer.read(made("x", odd)))
    for html in ("<div>" * 9_000 + "w" * 200_000, "\u2003" * 120_000):
        long = make(made, html="<html>" + html)
        assert all(isinstance(one, Post | Unread) for one in importer.read(long))


@pytest.mark.parametrize("packed", [False, True])
def test_of_an_archive_cut_off_the_reader_is_told(made: Made, packed: bool) -> None:
    source = warc(made, html=BODY + "w" * 9_000, packed=packed)
    data = source.content.whole(1 << 20)
    whole = data.index(b"One") if not packed else len(data) // 2
    assert isinstance([*of_warc.read(made(source.name, data[:whole]))][-1], Unread)
    assert [type(one) for one in of_warc.read(source)] == [Post]


def test_the_headers_of_a_record_are_bounded(made: Made) -> None:
    endless = b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000
    assert [type(one) for one in of_warc.read(made("a.warc", endless))] == [Unread]


def test_other_files_are_no_kept_pages(made: Made) -> None:
    for name, text in (
        ("page.html", BODY),
        ("page.mhtml", "From: a\r\n\r\n"),
        ("a.warc", "RIFF"),
        ("pages.jsonl", '{"format": "other"}'),
        ("a.warc.gz", "WARC/1.0"),
    ):
        source = made(name, text)
        assert not any(importer.recognises(source) for _, importer in KINDS), name
