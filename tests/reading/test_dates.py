from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.reading.dates import dates_in


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Strike on 2023-10-07 in Gaza", ["2023-10-07"]),
        ("7.10.2023", ["2023-10-07"]),
        ("25/12/2023, not 12/26/2023", ["2023-12-25", "2023-12-26"]),
        ("5/6/2023", ["2023-06-05", "2023-05-06"]),
        ("7th of May, 2022 and Oct 8, 2023", ["2022-05-07", "2023-10-08"]),
        ("In March 2019", ["2019-03"]),
        ("since 2012", ["2012"]),
        ("٧ تشرين الأول/أكتوبر ٢٠٢٣", ["2023-10-07"]),
        ("في ٢١ آب ٢٠١٣", ["2013-08-21"]),
        ("يوم 30 يونيو 2013", ["2013-06-30"]),
        ("سنة ٢٠١١", ["2011"]),
        ("20 جويلية 2021", ["2021-07-20"]),
    ],
)
def test_dates_are_read_in_english_and_arabic(text: str, understood: list[str]) -> None:
    assert [named.understood for named in dates_in(text)] == understood


@pytest.mark.parametrize(
    "text",
    [
        "2014 people",
        "7 October",
        "31 February 2024",
        "2023-13-45",
        "1.2.2023.4",
        "10-07-2023-1",
        "https://example.org/2023/10/07/story",
        "IMG_20231007",
        "march 2,000 metres",
        "may 20 people",
        "",
    ],
)
def test_what_may_not_be_a_date_is_left_alone(text: str) -> None:
    assert dates_in(text) == []


def test_the_words_are_quoted_as_they_were_written() -> None:
    assert [named.written for named in dates_in("حلب ٧ أيلول ٢٠١٦")] == ["٧ أيلول ٢٠١٦"]


@settings(deadline=None)
@given(st.text("0123456789/-. ٠٩mayاب,ſ\n", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(named.first <= named.last for named in dates_in(text))
