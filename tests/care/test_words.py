"""Captions propose marks by whole words, in the languages of the desk."""

from __future__ import annotations

import pytest

from verify.care.words import proposed
from verify.records import Sensitive


@pytest.mark.parametrize(
    ("caption", "kinds"),
    [
        ("Beheaded near the old bridge", {Sensitive.GRAPHIC}),
        ("Prisoners of war on a road", {Sensitive.CAPTIVE}),
        ("the hostage's release", {Sensitive.CAPTIVE}),
        ("#graphic_content from the market", {Sensitive.GRAPHIC}),
        ("dead children", {Sensitive.CHILD}),
        ("وجثث الأطفال في الشارع", {Sensitive.GRAPHIC, Sensitive.CHILD}),
        ("صفقة للأسرى والرهائن", {Sensitive.CAPTIVE}),
        ("فيديو إعدامات", {Sensitive.GRAPHIC}),
    ],
)
def test_whole_words_propose_what_a_picture_may_show(caption: str, kinds: set[Sensitive]) -> None:
    assert proposed([caption]) == kinds


@pytest.mark.parametrize(
    "caption",
    [
        "Smouting in Portsmouth",
        "The goregrind band, live",
        "Three people were killed in the attack",
        "Children play in the school yard",
        "An empowering powder",
        "a dead river, a body of water",
        "رياضة الأطفال في المدرسة",
        "كسر الصمت",
        "",
    ],
)
def test_parts_of_words_and_words_of_every_report_propose_nothing(caption: str) -> None:
    assert proposed([caption]) == set()
