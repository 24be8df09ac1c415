from __future__ import annotations

from enum import StrEnum
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from verify.language import Reader, plain
from verify.records import Orientation, Rating
from verify.wording.terms import Word, word
from verify.wording.verdicts import meaning

MEMBERS = [member for kind in get_args(Word) for member in kind]


@pytest.mark.parametrize("member", MEMBERS, ids=repr)
def test_every_member_that_a_reader_meets_has_words_in_arabic_too(member: Word) -> None:
    english, arabic = (plain(word(member), Reader(code, ZoneInfo("UTC"))) for code in ("en", "ar"))
    assert english
    assert arabic != english


def test_members_that_share_a_value_keep_their_own_words() -> None:
    assert isinstance(Rating.ORIGINAL, StrEnum)
    assert word(Rating.ORIGINAL) != word(Orientation.ORIGINAL)


def test_every_rating_says_what_it_means_and_is_of_mediareview_or_open() -> None:
    said = [meaning(rating) for rating in Rating]
    assert len({str(one.values["meaning"]) for one in said}) == len(Rating)
    open_ones = {rating for rating in Rating if not rating.media_review}
    assert open_ones == {Rating.UNVERIFIED, Rating.CANNOT_BE_VERIFIED}
    assert Rating.AI_GENERATED.media_review == Rating.TRANSFORMED.media_review
