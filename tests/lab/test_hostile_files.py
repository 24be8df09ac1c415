"""Files made to break in, behind the walls: read as what they are, asking nobody."""

from __future__ import annotations

import socket
import struct
import zlib
from collections.abc import Iterator

import pytest

from tests.photographs import encode, photograph, shrunk
from verify.records import Examination, Outcome, SentAs
from verify.sandbox import Sandbox

PICTURE = encode(shrunk(photograph("china")), "PNG")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Where a file would call home; nobody should."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def looked_at(sandbox: Sandbox, data: bytes, name: str) -> Examination:
    return sandbox.examine(data, filename=name, sent_as=SentAs.DOCUMENT)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clip.mp4", "ffconcat version 1.0\nfile 'http://127.0.0.1:{port}/a'\nfile /etc/passwd\n"),
        ("clip.mp4", "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\nfile:///etc/passwd\n"),
        ("photo.jpg", "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"),
        (
            "photo.png",
            '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://127.0.0.1:{port}/a"/>'
            "<text>&x;</text></svg>",
        ),
        ("photo.svg", "<svg onload=\"fetch('http://127.0.0.1:{port}/a')\"></svg>" + " " * 500),
        ("/etc/passwd", "/etc/passwd\n" * 20),
        ("https://127.0.0.1/a.jpg", "http://127.0.0.1:{port}/a.jpg\n" * 20),
    ],
    ids=["ffconcat", "playlist", "EPS", "SVG with an entity", "SVG with a script", "path", "link"],
)
def test_a_text_that_names_files_and_links_stays_a_text(
    sandbox: Sandbox, listener: socket.socket, name: str, text: str
) -> None:
    port = str(listener.getsockname()[1])
    seen = looked_at(sandbox, text.replace("{port}", port).encode(), name)
    assert seen.media_type == "text/plain"
    assert (seen.width, seen.views) == (None, ())
    assert "root:" not in str(seen)
    assert sandbox.pixels(text.encode(), 64) is None
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_colour_profile_that_unpacks_to_much_is_refused_with_a_word(sandbox: Sandbox) -> None:
    body = b"profile\0\0" + zlib.compress(bytes(200_000_000), 9)
    chunk = struct.pack(">I", len(body)) + b"iCCP" + body
    chunk += struct.pack(">I", zlib.crc32(b"iCCP" + body))
    seen = looked_at(sandbox, PICTURE[:33] + chunk + PICTURE[33:], "a.png")
    assert seen.media_type == "image/png"
    assert any(finding.outcome is Outcome.FAILED for finding in seen.findings)
    assert looked_at(sandbox, PICTURE, "a.png").width


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def nested() -> bytes:
    inner = b""
    for _ in range(20_000):
        inner = box(b"moov", inner)
    return inner


MOVIE = box(b"ftyp", b"isom\0\0\0\0isommp42")
TABLE = box(b"stsz", struct.pack(">III", 0, 0, 2**32 - 1))
TRACK = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", TABLE))))
MOVIES = {
    "nested": MOVIE + nested(),
    "a table of four thousand million samples": MOVIE + box(b"moov", TRACK),
    "larger than the file": MOVIE + struct.pack(">I", 2**31) + b"moov" + bytes(64),
    "as large as can be": MOVIE + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1) + bytes(64),
    "without a size": MOVIE + struct.pack(">I", 0) + b"moov" + bytes(100_000),
    "very many": MOVIE + box(b"moov", box(b"trak", b"") * 200_000),
    "named as a still": box(b"ftyp", b"heic\0\0\0\0heicmif1") + nested(),
}


@pytest.mark.parametrize("data", MOVIES.values(), ids=MOVIES.keys())
def test_a_movie_header_that_lies_is_left_in_time(sandbox: Sandbox, data: bytes) -> None:
    seen = looked_at(sandbox, data, "a.mp4")
    assert seen.views == ()


def test_headers_of_sixty_thousand_pixels_a_side_are_refused(sandbox: Sandbox) -> None:
    side = 60_000
    jpeg = bytearray(encode(shrunk(photograph("china"))))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", side, side)
    png = bytearray(PICTURE)
    png[16:24] = struct.pack(">II", side, side)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    gif = bytearray(encode(shrunk(photograph("china")), "GIF"))
    gif[6:10] = struct.pack("<HH", side, side)
    for data in (jpeg, png, gif):
        seen = looked_at(sandbox, bytes(data), "a")
        assert seen.views == ()
        assert any(finding.outcome is Outcome.FAILED for finding in seen.findings)
