"""What writers use for one another is one, wherever words are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.folding import fold, fold_words, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ЖАННА", "жанна"),
        ("أحمد", "احمد"),
        ("٢٠١٤", "2014"),
        ("۲۰۱۴", "2014"),
        ("کرکوک", "كركوك"),
        ("مدرسة", "مدرسه"),
        ("موسیٰ", "موسى"),
        ("آذَّار", "اذار"),
        ("٧‏/١٠‏/٢٠٢٣", "7/10/2023"),
        ("تكـــريت", "تكريت"),
        ("خان‌یونس", "خان يونس"),
        ("KASIM Kasım", "kasim kasim"),
        ("İstanbul", "istanbul"),
        ("Événement", "Évenement"),
        ("Ain’t", "ain't"),
        ("2014–2016", "2014-2016"),
        ("Łódź, Tromsø", "lodz, tromso"),
        ("❤️", "❤"),
        ("ﷲ", "الله"),
    ],
)
def test_what_is_written_in_two_ways_folds_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("حلب", "حلم"), ("Kyiv", "Kiev"), ("і", "и"), ("پ", "ب")]
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_names_are_compared_by_their_words() -> None:
    assert fold_words("Deir-ez Zor / Dar‘ā!") == "deir ez zor dara"


def test_a_part_of_a_folded_text_is_quoted_as_it_was_written() -> None:
    text = folded("في ٧‏ تشرين الأوّل ٢٠١٢")
    start = text.text.index("7")
    assert text.written(start, len(text.text)) == "٧‏ تشرين الأوّل ٢٠١٢"
    assert folded("in May").is_capital(3)
    assert not folded("in may").is_capital(3)


@given(st.text(max_size=40))
def test_folding_again_changes_nothing_and_parts_lie_in_the_text(text: str) -> None:
    once = folded(text)
    assert once.text == fold(text)
    assert fold(once.text) == once.text
    assert all(once.written(at, at + 3) in text for at in range(len(once.text)))
