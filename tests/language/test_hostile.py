from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.language import clean


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
