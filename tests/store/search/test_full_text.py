"""A search finds what a person means, in Latin and in Arabic script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remembering import furnished
from verify.store.casework import members
from verify.store.database.connection import Store, now
from verify.store.search import full_text


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(furnished(tmp_path) / "desk.db")
    noor = members.known(store, "telegram", "7", "Noor", "en")
    store.insert("case", opened_at="2026-11-24T12:00:00.000000Z", opened_by=noor.id)
    yield store
    store.close()


def found(store: Store, query: str) -> list[str]:
    noor = members.known(store, "telegram", "7", "Noor", "en")
    return [hit.text for hit, _ in full_text.search(store, noor, query, 10)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("مدرسة في تكريت", "مدرسه"),
        ("مُجَنَّدُونَ في القاعدة", "مجندون"),
        ("الأنبار", "الانبار"),
        ("مستشفى الموصل", "مستشفي"),
        ("تكـــريت", "تكريت"),
        ("شهود رؤوا الضوء", "الضو"),
        ("Événement à Hama", "evenement"),
        ("posted by @witness", "@witness"),
        ("#Tikrit today", "#tikrit"),
        ("the camp-speicher base", "camp-speicher"),
        ("this AND that", "AND"),
        ('he said "run"', '"run"'),
        ("50% of NEAR things", "NEAR"),
        ("strikes in ٢٠١٤", "2014"),
        ("strikes in 2014", "۲۰۱۴"),
        ("فوق الجسر", "جسر"),
        ("كركوك بعد الهجوم", "کرکوک"),
        ("fire 🔥 at night", "🔥"),
        ("seen ❤️", "❤"),
        ("soldiers were running", "soldier"),
        ("a soldier ran", "soldiers"),
        ("Взрывы в Харькове", "взрыв"),
        ("Вибухи у Харкові", "вибух"),
        ("У Одесі лунали сирени", "одеса"),
        ("les bombardements à Alep", "bombardement"),
        ("las explosiones en la ciudad", "explosión"),
        ("die Soldaten im Dorf", "Soldat"),
        ("Halepte patlamalar oldu", "patlama"),
    ],
)
def test_a_word_is_found(store: Store, text: str, query: str) -> None:
    full_text.index(store, "note", 1, 1, text, now())
    assert found(store, query) == [text]


@pytest.mark.parametrize(
    "query",
    ["", "  ", '"', "* ( )", "@", "notthere", "Tikrit notthere", '"x＂ OR ＂Tikrit"', "Tik\0rit"],
)
def test_what_does_not_stand_there_is_not_found(store: Store, query: str) -> None:
    full_text.index(store, "note", 1, 1, "Tikrit by night", now())
    assert found(store, query) == []


@pytest.mark.parametrize("query", ["Tikrit＂", "＂Tikrit", "by＂night", "Tikrit\0", '"by＂night"'])
def test_a_wide_quotation_mark_or_a_nul_is_no_sign_of_the_search(store: Store, query: str) -> None:
    full_text.index(store, "note", 1, 1, "Tikrit by night", now())
    assert found(store, query) == ["Tikrit by night"]


def test_every_word_must_stand_there(store: Store) -> None:
    full_text.index(store, "note", 1, 1, "Tikrit by night", now())
    full_text.index(store, "note", 2, 1, "Tikrit by day", now())
    assert found(store, "night tikrit") == ["Tikrit by night"]


def test_a_changed_text_is_found_by_its_new_words_only(store: Store) -> None:
    full_text.index(store, "caption", 7, 1, "before", now())
    full_text.index(store, "caption", 7, 1, "after", now())
    assert found(store, "before") == []
    assert found(store, "after") == ["after"]


def test_half_a_surrogate_pair_is_kept_readable(store: Store) -> None:
    full_text.index(store, "note", 1, 1, "broken \ud83d letter", now())
    assert len(found(store, "broken")) == 1


def test_of_a_text_in_a_picture_the_part_with_the_word_is_shown(store: Store) -> None:
    text = f"{'alpha ' * 90}one two three مستشفى الأنبار العام"
    full_text.index(store, "text", 1, 1, text, now())
    assert found(store, "الانبار") == ["… alpha one two three مستشفى الأنبار العام"]
    assert found(store, "alpha") == [text]


@pytest.mark.parametrize("query", ["univers", '"soldier"', "🔥", "2015"])
def test_stems_and_signs_find_no_other_words(store: Store, query: str) -> None:
    full_text.index(store, "note", 1, 1, "soldiers at the university 2014 ❤", now())
    assert found(store, query) == []


def test_texts_of_an_older_folding_are_folded_again_a_few_at_a_time(store: Store) -> None:
    for number in range(1, 6):  # a search names each case once
        if number > 1:
            store.insert("case", opened_at="2026-11-24T12:00:00.000000Z", opened_by=1)
        full_text.index(store, "note", number, number, f"فوق الجسر {number}", now())
    store.change("UPDATE words SET folded = lower(text)")
    store.change("UPDATE findable SET folded_by = 0")
    assert found(store, "جسر") == []
    assert len(found(store, "الجسر")) == 5  # as before, meanwhile
    assert full_text.renew(store, 3) == 3
    assert len(found(store, "جسر")) == 3  # a kill here loses nothing: the rest follows
    assert [full_text.renew(store, 3), full_text.renew(store, 3)] == [2, 0]
    assert len(found(store, "جسر")) == 5
