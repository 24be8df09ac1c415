from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language import Reader, cell, clean
from verify.records import SentAs
from verify.wording.terms import word

READER = Reader("en", ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("holiday\u202egpj.exe", "holidaygpj.exe"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("half\ud83d a face", "half\ufffd a face"),
        ("Z" + "\u0301" * 50 + "algo", "Z" + "\u0301" * 4 + "algo"),
        ("soft\u00adhyphen\u200bzero", "softhyphenzero"),
        ("  \x00\x1b[31m ", "[31m"),
        ("", ""),
    ],
)
def test_what_could_mislead_the_eye_is_gone(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize("raw", ["صُورَةٌ", "می‌خواهم", "👩‍👩‍👧", "Ünïcode – “quoted”"])
def test_ordinary_writing_of_any_script_stays_untouched(raw: str) -> None:
    assert clean(raw) == raw


@pytest.mark.parametrize("raw", ["x" * 100_000, " x" * 100_000, "\u0301" * 100_000])
def test_long_text_is_cut_with_an_ellipsis(raw: str) -> None:
    assert len(clean(raw, limit=50)) <= 50


@settings(deadline=None)
@given(st.text(st.characters(codec=None)), st.integers(1, 60))
def test_cleaning_twice_changes_nothing_more(raw: str, limit: int) -> None:
    once = clean(raw, limit)
    assert len(once) <= limit
    assert clean(once, limit) == once


def begins_a_formula(text: str) -> bool:
    return text.strip(' \t\r\n"\u200c\u200d\u200e\u200f\u2068')[:1] in set("=+-@＝＋－＠")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("@SUM(1)", "'@SUM(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("\t=1", "'=1"),
        ("\r\n =1", "'=1"),
        ("\u202e\u200b=1", "'=1"),
        ("\u200d=1", "'\u200d=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ('a"; "=1', 'a";\' "=1'),
        (word(SentAs.PHOTO), "sent as a photo"),
    ],
)
def test_a_spreadsheet_calculates_nothing(raw: str, shown: str) -> None:
    assert cell(raw, READER) == shown


@pytest.mark.parametrize(
    "raw", ["صورة من حلب", "IMG-2026.jpg", "a = b, c@d", "temple; lake", "https://a.example/?b=c"]
)
def test_ordinary_words_stand_in_a_cell_as_they_are(raw: str) -> None:
    assert cell(raw, READER) == raw


@settings(deadline=None)
@given(st.text(st.sampled_from("=+-@;,\"'\t\r\n aا\u202e\u200d\x00|＝"), max_size=12))
def test_no_cell_is_a_formula_whichever_mark_parts_the_cells(raw: str) -> None:
    for mark in (",", ";"):
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow([cell(raw, READER), "next"])
        [row] = csv.reader([text.getvalue()], delimiter=mark)
        assert not any(begins_a_formula(one) for one in row)
