"""Files that are a picture and something else at once, and files that hold several pictures."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.specimens import FORMATS, after_start, app1, png_with
from tests.photographs import encode, photograph
from verify.lab.containers import read_blocks
from verify.lab.examine import examine
from verify.lab.polyglots import read_hidden
from verify.records import Finding, Outcome

SMALL = photograph("flower").reduce(8)
PLAIN = encode(SMALL)


def archive(comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.class", b"\xca\xfe\xba\xbe")
        packed.comment = comment
    return file.getvalue()


def kinds(data: bytes) -> list[Finding]:
    return [one for one in examine(data).findings if one.check == "kind"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        # The archive is in a comment; its own comment reaches over the picture to the end.
        (after_start(PLAIN, b"\xff\xfe\1\0" + archive().ljust(254, b"\0")), "application/zip"),
        (after_start(PLAIN, b"\xff\xfe\0\x20%PDF-1.7\n".ljust(34, b" ")), "application/pdf"),
        (after_start(PLAIN, app1(b"x" * 40 + b"Rar!\x1a\7\1\0")), "application/vnd.rar"),
        (png_with({"Comment": "<script>alert(1)</script>"}, SMALL), "text/html"),
        (after_start(PLAIN, b"\xff\xfe\0\x20<?php system($_GET[0]);".ljust(34)), "text/html"),
    ],
    ids=["zip", "pdf", "rar", "script", "php"],
)
def test_a_second_file_within_the_picture_is_flagged(data: bytes, kind: str) -> None:
    assert [one.kind for one in read_hidden(data)] == [kind]
    [flagged] = [one for one in kinds(data) if one.outcome is Outcome.FLAGGED]
    assert "Within the picture" in flagged.summary.template


def test_html_in_a_caption_is_not_flagged() -> None:
    words = b'<iframe src="https://example.org/embed/1"></iframe> Smoke over the port'
    records = b"\x1c\x02\x78" + len(words).to_bytes(2, "big") + words
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(records).to_bytes(4, "big") + records
    data = after_start(PLAIN, b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block)
    [told] = [one for one in kinds(data) if "Within the picture" in one.summary.template]
    assert told.outcome is Outcome.NOTED


def test_an_archive_behind_the_picture_is_told_once() -> None:
    flagged = [one for one in kinds(PLAIN + archive()) if one.outcome is Outcome.FLAGGED]
    assert ["follow the end" in one.summary.template for one in flagged] == [True]


@pytest.mark.parametrize("name", FORMATS)
def test_a_plain_picture_hides_nothing(name: str) -> None:
    assert read_hidden(encode(photograph("china"), name)) == []


@pytest.mark.parametrize("words", [b"PK\5\6 is how a ZIP ends", b"a <scripted> play", b"PDF 1.7"])
def test_words_that_only_resemble_a_file_hide_nothing(words: bytes) -> None:
    assert read_hidden(PLAIN[:2] + b"\xff\xfe\0\x40" + words.ljust(62) + PLAIN[2:]) == []


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.sampled_from([b"PK\5\6", b"%PDF-", b"<script>", b"PK\1\2"]))
def test_any_bytes_around_a_signature_are_read(rest: bytes, signature: bytes) -> None:
    for one in read_hidden(rest + signature + rest):
        assert 0 <= one.at < 2 * len(rest) + len(signature)


def test_a_collection_of_heic_pictures_is_counted_without_its_thumbnails() -> None:
    frames = [SMALL, SMALL.rotate(90), SMALL.rotate(180)]
    data = encode(frames[0], "HEIF", save_all=True, append_images=frames[1:], thumbnails=[32])
    blocks = read_blocks(data, "image/heic")
    assert (blocks.pictures, blocks.moving) == (3, False)
    assert read_blocks(encode(SMALL, "HEIF"), "image/heic").pictures == 1


@pytest.mark.parametrize("name", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_is_called_that(name: str) -> None:
    frames = [SMALL, SMALL.rotate(90), SMALL.rotate(180)]
    data = encode(frames[0], name, save_all=True, append_images=frames[1:], duration=80)
    [told] = [one for one in kinds(data) if one.read_from == "container"]
    assert told.summary.values["count"] == 3
    assert "moves" in told.summary.template
