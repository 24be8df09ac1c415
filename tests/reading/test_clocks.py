"""Times of day beside a date: halves of the day in words, and zones in all their forms."""

from __future__ import annotations

import pytest

from verify.reading.dates import read_dates

DAY = "2014-06-14"


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("at 17:30", "T17:30"),
        ("5:30 pm", "T17:30"),
        ("5:30 p.m", "T17:30"),
        ("9:30 in the evening", "T21:30"),
        ("at night, at 9:30", "T21:30"),
        ("3 in the afternoon", "T15:00"),
        ("12:30 am", "T00:30"),
        ("09:30", "T09:30"),
        ("الساعة 9:30 م", "T21:30"),
        ("9:30 ص", "T09:30"),
        ("ليلاً، الساعة 10:30 م", "T22:30"),
        ("الساعة 4 عصراً", "T16:00"),
        ("الساعة 2:15 بعد الظهر", "T14:15"),
        ("الساعة العاشرة والنصف مساءً", "T22:30"),
        ("в 9 вечера", "T21:00"),
        ("о 5:30 ранку", "T05:30"),
        ("о 17:00", "T17:00"),
        ("в 2 часа ночи", "T02:00"),
        ("à 18h08", "T18:08"),
        ("9h30 du soir", "T21:30"),
        ("a las 6:08 de la tarde", "T18:08"),
        ("um 18 Uhr", "T18:00"),
        ("saat 04.17", "T04:17"),
        ("öğleden sonra 3:30 öğleden sonra", "T15:30"),
        ("ساعت ۶ ب.ظ", "T18:00"),
        ("17:30 GMT+3", "T17:30+03:00"),
        ("17:30 UTC+03:00", "T17:30+03:00"),
        ("17:30 (UTC+3)", "T17:30+03:00"),
        ("17:30 +03", "T17:30+03:00"),
        ("17:30 GMT-4", "T17:30-04:00"),
        ("17:30 UTC+5:30", "T17:30+05:30"),
        ("17:30 EEST", "T17:30+03:00"),
        ("17:30 MSK", "T17:30+03:00"),
        ("5.30pm Kyiv time", "T17:30+03:00"),
        ("17:30 по Киеву", "T17:30+03:00"),
        ("17:30 за Києвом", "T17:30+03:00"),
        ("17:30 بتوقيت غرينتش", "T17:30+00:00"),
        ("17:30 بتوقيت دمشق", "T17:30+03:00"),
        ("17:30 heure locale", "T17:30"),
        ("17:30 local time (14:30 GMT)", "T17:30+03:00"),
        ("17:30-18:00", ""),
        ("17:30 CST", ""),  # of several continents
        ("won 3:1", ""),
    ],
)
def test_the_time_is_kept_with_the_day(words: str, at: str) -> None:
    assert read_dates(f"14.06.2014, {words}").at == DAY + at


@pytest.mark.parametrize("words", ["9:30", "at 9:30 Homs", "9:30 something", "الساعة 9:30"])
def test_a_time_without_its_half_is_left_open(words: str) -> None:
    read = read_dates(f"{words}, 14 June 2014")
    assert read.at == DAY
    assert {*read.candidates} == {DAY, f"{DAY}T09:30", f"{DAY}T21:30"}


def test_a_town_has_the_zone_of_that_day() -> None:
    assert read_dates("24 February 2022, 17:30 Kyiv time").at == "2022-02-24T17:30+02:00"
