from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.reading.claimed import read_date, read_place, read_words


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("Cadets shot in Tikrit on 14 June 2014", "2014-06-14", "Tikrit, Iraq"),
        ("تكريت 14 حزيران/يونيو 2014", "2014-06-14", "تكريت، العراق"),
        ("قصف في حلب، سوريا ٢٤ نوفمبر ٢٠١٦ الساعة 3:30 مساءً", "2016-11-24T15:30", "حلب، سوريا"),
        ("إعدام في تكريت يوم 14 من يونيو عام 2014", "2014-06-14", "تكريت، العراق"),
        ("In Tripoli, Lebanon, May 2008", "2008-05", "Tripoli, Lebanon"),
        ("Near Kiev, 2024-05-01 12:30Z", "2024-05-01T12:30+00:00", "Kiev, Ukraine"),
        (
            "In Jenin, June 2024: 5 June 2024, 5 pm",
            "2024-06-05T17:00",
            "Jenin, Palestinian Territories",
        ),
        ("In Tripoli in northern Lebanon, May 2008", "2008-05", "Tripoli, Lebanon"),
        ("انفجار مرفأ بيروت (لبنان) 4 آب 2020", "2020-08-04", "مرفأ بيروت، لبنان"),
        ("Flood in Libya in 2023", "2023", "Libya"),
    ],
)
def test_one_date_and_one_place_are_kept(text: str, date: str, place: str) -> None:
    read = read_words(text)
    assert (read.date, read.place.name) == (date, place)


@pytest.mark.parametrize(
    "text", ["Flood in Tripoli, 05/06/2023", "3 May 2020 or 4 May 2020, to Rafah from Egypt"]
)
def test_of_several_none_is_kept_and_all_are_offered(text: str) -> None:
    read = read_words(text)
    assert (read.date, read.place.name) == ("", "")
    assert len(read.dates) == 2
    assert len(read.places) >= 2


@pytest.mark.parametrize(
    "text",
    ["Reading about it in Ramadan", "a shelter of Hamas", "عدة من الصور بأمان"],
)
def test_words_that_name_no_place_for_certain_are_left_alone(text: str) -> None:
    assert read_words(text).places == ()


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2014", ("2014",)),
        ("6/2014", ("2014-06",)),
        ("2014-06", ("2014-06",)),
        ("١٤ يونيو ٢٠١٤", ("2014-06-14",)),
        ("05/06/2014", ("2014-06-05", "2014-05-06")),
        ("yesterday", ()),
        ("2014-13", ()),
    ],
)
def test_an_answer_can_be_a_bare_month_or_year(text: str, dates: tuple[str, ...]) -> None:
    assert read_date(text).dates == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tripoli, lebanon", ["Tripoli, Lebanon"]),
        ("city of Aleppo", ["Aleppo, Syria"]),
        ("33.5 N, 36.3 E", ["33.5 N, 36.3 E"]),
        ("Syria", ["Syria"]),
        ("91, 200", []),
        ("nowhere at all", []),
    ],
)
def test_an_answer_names_a_place_in_any_form(text: str, names: list[str]) -> None:
    assert [spot.name for spot in read_place(text).places] == names


@settings(deadline=None)
@given(st.text("0123456789:/-. TZ+pam,;°NSEW حلبJunein\n", max_size=50))
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (read_words(text), read_date(text), read_place(text)):
        assert len(read.dates) <= 4
        assert len(read.places) <= 4
