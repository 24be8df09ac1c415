"""Dates in the words of claims: read as stretches of days, and told from other numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.reading.dates import dates_claimed, dates_in, read_dates
from verify.reading.kept import as_kept, days_kept
from verify.records import Claim

POSTED = date(2023, 5, 6)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Strike on 2023-10-07 in Gaza", "2023-10-07"),
        ("7.10.2023", "2023-10-07"),
        ("7th of May, 2022", "2022-05-07"),
        ("Oct. 8th, 2023", "2023-10-08"),
        ("24-Feb-2022", "2022-02-24"),
        ("24/2/22", "2022-02-24"),
        ("16.3.22", "2022-03-16"),
        ("In March 2019", "2019-03"),
        ("Sept 2017", "2017-09"),
        ("2014", "2014"),
        ("not in Aleppo but in Mosul, 2017", "2017"),
        ("not 2014 but 2016", "2016"),
        ("early April 2022", "2022-04"),
        ("٧ تشرين الأول/أكتوبر ٢٠٢٣", "2023-10-07"),
        ("7 تشرين (الأول) 2012م", "2012-10-07"),
        ("بتشرين الأوّل 2012", "2012-10"),
        ("في ٢١ آب ٢٠١٣", "2013-08-21"),
        ("يوم 30 يونيو 2013", "2013-06-30"),
        ("20 جويلية 2021", "2021-07-20"),
        ("8 شتنبر 2023", "2023-09-08"),
        ("سنة ٢٠١١", "2011"),
        ("24 лютого 2022 року", "2022-02-24"),
        ("у травні 2022", "2022-05"),
        ("24-го февраля 2022г.", "2022-02-24"),
        ("12 груд. 2016", "2016-12-12"),
        ("le 1er décembre 2016", "2016-12-01"),
        ("el 4 de agosto de 2020", "2020-08-04"),
        ("am 4. August 2020", "2020-08-04"),
        ("12 Aralık'ta 2016", "2016-12-12"),
        ("2016'da Halep", "2016"),
        ("۱۵ مهر ۱۴۰۲", "2023-10-07"),
        ("12 Şubat 2023", "2023-02-12"),
        ("7 באוקטובר 2023", "2023-10-07"),
        ("2015年8月12日", "2015-08-12"),
        ("Sunday 05/06/2022", "2022-06-05"),
        ("Mersin Limanı'nda yangın 7/12/2021", "2021-12-07"),
        ("Hama in 1982", "1982"),
        ("Wien, 3. Jänner 2020", "2020-01-03"),
        ("Kobani, 2019 Ekim", "2019-10"),
        ("mid-September 2022", "2022-09"),
    ],
)
def test_a_date_is_read_for_certain(text: str, at: str) -> None:
    assert read_dates(text).at == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3-5 June 2014", "2014-06-03/2014-06-05"),
        ("3 to 5 June 2014", "2014-06-03/2014-06-05"),
        ("between 3 and 5 June 2014", "2014-06-03/2014-06-05"),
        ("June 3-5, 2014", "2014-06-03/2014-06-05"),
        ("28 February - 2 March 2014", "2014-02-28/2014-03-02"),
        ("03.06-05.06.2014", "2014-06-03/2014-06-05"),
        ("2014–2016", "2014/2016"),
        ("2014-16", "2014/2016"),
        ("June-July 2014", "2014-06/2014-07"),
        ("the 1990s", "1990/1999"),
        ("since 2011", "2011/.."),
        ("after the 4 August 2020 explosion", "2020-08-04/.."),
        ("before 2014", "../2014"),
        ("بين 3 و5 حزيران 2014", "2014-06-03/2014-06-05"),
        ("منذ 15 أبريل 2023", "2023-04-15/.."),
        ("с 3 по 5 июня 2014", "2014-06-03/2014-06-05"),
        ("с 24 февраля 2022 года", "2022-02-24/.."),
        ("в ночь на 4 июня 2014", "2014-06-04"),  # as people date it; comparisons allow a day
        ("в ночь с 3 на 4 июня 2014", "2014-06-03/2014-06-04"),
        ("у ніч з 3 на 4 червня 2014", "2014-06-03/2014-06-04"),
        ("Nacht vom 14. auf den 15. Juli 2021", "2021-07-14/2021-07-15"),
        ("14./15. Juli 2021", "2021-07-14/2021-07-15"),
        ("Kherson, 3/4 June 2023", "2023-06-03/2023-06-04"),
        ("Aleppo, 24-Feb-22", "2022-02-24"),
        ("Aleppo, 14 Feb '22", "2022-02-14"),
        ("31 December 2019 – 1 January 2020", "2019-12-31/2020-01-01"),
        ("5 May 2021 - 7 June 2022", "2021-05-05/2022-06-07"),
        ("between 5 May 2021 and 7 June 2022", "2021-05-05/2022-06-07"),
        ("с 5 мая 2021 года по 7 июня 2022 года", "2021-05-05/2022-06-07"),
        ("من 5 أيار 2021 إلى 7 حزيران 2022", "2021-05-05/2022-06-07"),
        ("5.10.2022-7.10.2022", "2022-10-05/2022-10-07"),
        ("2022-05-01/2022-05-07", "2022-05-01/2022-05-07"),
        ("du 25 au 26/09/2019", "2019-09-25/2019-09-26"),
        ("du 3 au 5 juin 2014", "2014-06-03/2014-06-05"),
        ("von 3. bis 5. Juni 2014", "2014-06-03/2014-06-05"),
        ("2011'den beri", "2011/.."),
        ("5 Haziran 2014'e kadar", "../2014-06-05"),
        ("3 ila 5 Haziran 2014", "2014-06-03/2014-06-05"),
        ("vom 3. bis zum 5. Juni 2014", "2014-06-03/2014-06-05"),
        ("desde el 3 hasta el 5 de junio de 2014", "2014-06-03/2014-06-05"),
        ("من 3 لغاية 5 يونيو 2014", "2014-06-03/2014-06-05"),
        ("از ۲۵ تا ۲۷ آبان ۱۳۹۸", "2019-11-16/2019-11-18"),
        ("۲۵ آبان تا ۲ آذر ۱۳۹۸", "2019-11-16/2019-11-23"),
        ("مهر تا آبان ۱۳۹۸", "2019-09-23/2019-11-21"),
        ("من 3 إلى 5 رمضان 1435 هـ", "2014-06-29/2014-07-03"),
        ("17 رمضان 1435 هـ", "2014-07-13/2014-07-15"),  # the moon is seen on different evenings
    ],
)
def test_a_stretch_of_days_stays_one(text: str, at: str) -> None:
    assert read_dates(text).at == at


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("5/6/2023", {"2023-06-05", "2023-05-06"}),
        ("٧‏/١٠‏/٢٠٢٣", {"2023-10-07", "2023-07-10"}),
        ("7/12/2023م", {"2023-12-07", "2023-07-12"}),
        ("7 تشرين 2012", {"2012-10-07", "2012-11-07"}),
        ("2010-12", {"2010-12", "2010/2012"}),
        ("Mosque built in 1960", {"1960"}),
        ("ذكرى انفجار 4 آب 2020", {"2020-08-04"}),
        ("around 2014", {"2014"}),
        ("Leopard 2 June 2023", {"2023-06-02"}),
        ("12 May 2000 people gathered", {"2000-05-12"}),
        ("3'ten 5 Haziran 2014", {"2014-06-05"}),
        ("3 Haziran'dan 5 Haziran 2014", {"2014-06-05"}),
        ("3 May 2012, again on 7 May 2013", {"2012-05-03", "2013-05-07"}),
    ],
)
def test_what_is_in_doubt_is_offered_and_not_kept(text: str, candidates: set[str]) -> None:
    read = read_dates(text)
    assert (read.at, {*read.candidates}) == ("", candidates)
    assert read.why


@pytest.mark.parametrize(
    "text",
    [
        "2014 people",
        "Killed 2014 soldiers",
        "7 October",
        "9/11 attacks",
        "flight PS752",
        "31 February 2024",
        "2023-13-45",
        "1.2.2023.4",
        "10-07-2023-1",
        "v1.2.22",
        "Resolution 2139/2014",
        "36.20, 37.16",
        "won 3:1, then 25:23",
        "+380 44 2022 2014",
        "Tokyo 2020 opening ceremony",
        "Euro 2020",
        "Route 2014",
        "price 2014 USD",
        "24/7",
        "between 3 and 5",
        "not from 5 May 2023",
        "ليس من 2014",
        "https://example.org/2023/10/07/story",
        "IMG_20231007",
        "march 2,000 metres",
        "may 20 people",
        "May was right",
        "اليوم",
        "",
    ],
)
def test_what_may_not_be_a_date_is_left_alone(text: str) -> None:
    assert dates_in(text) == []


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Fire in Moscow last night", "2023-05-05/2023-05-06"),
        ("yesterday", "2023-05-05"),
        ("اليوم في غزة", "2023-05-06"),
        ("вчера в Москве", "2023-05-05"),
        ("вчора ввечері", "2023-05-05"),
        ("dün Halep", "2023-05-05"),
        ("hier à Alep", "2023-05-05"),
        ("vor 3 Tagen", "2023-05-03"),
        ("2 days ago", "2023-05-04"),
        ("Yesterday, 5.5.2023", "2023-05-05"),
    ],
)
def test_yesterday_counts_from_the_post(text: str, at: str) -> None:
    assert read_dates(text, posted=POSTED).at == at
    received = read_dates(text, received=POSTED)
    assert at in (received.at, *received.candidates)


def test_what_is_counted_says_so_and_is_in_doubt_where_only_the_receipt_is_known() -> None:
    assert read_dates("yesterday", posted=POSTED).counted_from == "2023-05-06"
    read = read_dates("yesterday", received=POSTED)
    assert (read.at, read.candidates) == ("", ("2023-05-05",))
    assert "The day of the post is not known" in read.why[0].template


@pytest.mark.parametrize("text", ["حلب اليوم: غارات", "Russia Today reports", "until today", "now"])
def test_names_and_other_words_are_no_day_of_the_post(text: str) -> None:
    assert dates_in(text, posted=POSTED) == []


def test_the_words_are_quoted_as_they_were_written() -> None:
    assert [named.written for named in dates_in("حلب ٧ أيلول ٢٠١٦")] == ["٧ أيلول ٢٠١٦"]


@settings(deadline=None, max_examples=60)
@given(st.text("0123456789/-. ٠٩mayاب,ſ\nto since'", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert all(named.first <= named.last for named in dates_in(text, posted=POSTED))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 800))
def test_what_is_kept_is_read_again(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    for stretch in ((first, last), (first, date.max), (date.min, last)):
        assert days_kept(as_kept(*stretch)) == stretch


@pytest.mark.parametrize("text", ["2014-02-31", "2014/2013", "../..", "2014-6", "x/2014"])
def test_what_is_no_date_is_not_kept(text: str) -> None:
    assert days_kept(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Hama this morning, 3 May 2015",
            "Homs, today 3 May 2015",
            "3 May 2015 (yesterday), Homs",
        ),
        "حماة اليوم 3 مايو 2015",
    ],
)
def test_a_day_that_is_named_beside_today_is_that_day(text: str) -> None:
    for posted, received in ((POSTED, None), (None, POSTED)):
        assert read_dates(text, posted, received).at == "2015-05-03"


def test_a_day_beside_yesterdays_is_in_doubt_where_none_is_kept() -> None:
    text = "Found yesterday, a film of 3 May 2015"
    assert read_dates(text, None, POSTED).at == ""
    claim = Claim(
        id=1,
        case_id=1,
        version=1,
        text=text,
        claimant="",
        recorded_by="Noor",
        recorded_at=datetime(2023, 5, 6, tzinfo=UTC),
    )
    (named,) = dates_claimed(claim)
    assert not named.certain
