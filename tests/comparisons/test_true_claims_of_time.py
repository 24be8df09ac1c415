"""A flag is worth something only while it is right: true claims of time stay quiet, false ones
do not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

# All true of a picture of 14 June 2014.
TRUE_OF_JUNE_14 = [
    "Mosul, 12-15 June 2014",
    "Mosul, 14/6/14",
    "Mosul, at war since 2011",
    "Not from 2016: Mosul in June 2014",
    "Mosul, 06/14/2014",
    "On the anniversary of 5 May 2011: a march in Mosul",
    "الموصل، ١٤‏/٦‏/٢٠١٤م",
    "الموصل بين 10 و 20 حزيران 2014",
    "ذكرى 9 نيسان 2003 في الموصل",
    "الموصل، 16 شعبان 1435 هـ",
    "Мосул, 10–20 июня 2014 года",
    "Мосул с 4 июня 2014 года под обстрелом",
    "Мосул, у червні 2014 року",
    "Mossoul, du 10 au 20 juin 2014",
    "Mossoul, à la mi-juin 2014",
    "Musul, 14 Haziran 2014",
    "Mossul, 14. Juni 2014",
    "موصل، ۲۴ خرداد ۱۳۹۳",
    "Mosul, el 14 de junio de 2014",
    "After the 10 June 2014 attack on Mosul",
    "Mosul mosque built in 1172, rebuilt in 1942",
]
X_2026 = f"https://x.com/Interior/status/{(1_795_435_200_000 - 1_288_834_974_657) << 22}"
FALSE_OF_JUNE_14 = [
    "Mosul, 3-5 July 2016",
    "Mosul since 2016",
    "الموصل، 17 تشرين الأول 2016",
    "Мосул, 17 октября 2016 года",
    "Mossoul, le 17 octobre 2016",
    "Musul, 17 Ekim 2016",
]


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_a_capture_on_the_day_flags_no_true_claim(compare: Compare, claim: str) -> None:
    found = compare("capture_against_claim", captured="2014-06-14T21:30:00", claims=(claim,))
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_a_post_of_that_day_flags_no_true_claim(compare: Compare, claim: str) -> None:
    # X's number for 14 June 2014, 20:00 UTC
    number = (1_402_776_000_000 - 1_288_834_974_657) << 22
    link = f"https://x.com/Interior/status/{number}"
    found = compare("posting_against_claim", links=(link,), claims=(claim,))
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_a_sighting_of_that_day_flags_no_true_claim(compare: Compare, claim: str) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    found = compare("first_seen_against_claim", claims=(claim,), matches=((seen, None),))
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_an_earlier_true_claim_is_no_other_date(compare: Compare, claim: str) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    for earlier in TRUE_OF_JUNE_14[:6]:
        found = compare("earlier_claim_against_claim", claims=(claim,), matches=((seen, earlier),))
        assert "another date" not in " ".join(sentence for _, sentence in found)


@pytest.mark.parametrize("claim", FALSE_OF_JUNE_14)
def test_a_false_claim_is_flagged(compare: Compare, claim: str) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    for check, more in (
        ("capture_against_claim", {"captured": "2014-06-14T21:30:00"}),
        ("first_seen_against_claim", {"matches": ((seen, None),)}),
        ("earlier_claim_against_claim", {"matches": ((seen, "Mosul, 14 June 2014"),)}),
    ):
        found = compare(check, claims=(claim,), **more)
        assert [outcome for outcome, _ in found] == [Outcome.FLAGGED], check


@pytest.mark.parametrize(
    "claim",
    ["Mosul, 05/06/2016", "around 2016", "Mosul, 3 May 2016 or 4 May 2017", "17 تشرين 2016"],
)
def test_a_date_in_doubt_asks_and_flags_nothing(compare: Compare, claim: str) -> None:
    found = compare("capture_against_claim", captured="2014-06-14T21:30:00", claims=(claim,))
    assert [outcome for outcome, _ in found] == [Outcome.INCONCLUSIVE]


@pytest.mark.parametrize("claim", TRUE_OF_JUNE_14)
def test_a_later_post_of_a_picture_that_is_said_to_be_old_is_no_flag(
    compare: Compare, claim: str
) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    found = compare("posted_in_link", links=(X_2026,), claims=(claim,), matches=((seen, None),))
    assert [outcome for outcome, _ in found] == [Outcome.NOTED, Outcome.NOTED]


@pytest.mark.parametrize("claim", ["Mosul now", "الموصل، 23 تشرين الثاني 2026", "Мосул сегодня"])
def test_a_later_post_of_a_picture_that_is_said_to_be_new_is_flagged(
    compare: Compare, claim: str
) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    found = compare("posted_in_link", links=(X_2026,), claims=(claim,), matches=((seen, None),))
    assert [outcome for outcome, _ in found] == [Outcome.NOTED, Outcome.FLAGGED]


@pytest.mark.parametrize(
    "claim",
    [
        "File photo: Mosul, which was hit on 17 October 2016",
        "Mosul, 17 October 2016 (archive photo)",
        "الموصل، 17 تشرين الأول 2016، صورة أرشيفية",
        "الموصل 17 أكتوبر 2016 (أرشيفية)",
        "Мосул, 17 октября 2016 года. Архивное фото",
        "Архів: Мосул, 17 жовтня 2016 року",
        "Musul, 17 Ekim 2016 (arşiv fotoğrafı)",
        "Mossoul, le 17 octobre 2016 (photo d'archives)",
        "Mossul, 17. Oktober 2016 (Archivbild)",
        "Mosul, 17 de octubre de 2016, foto de archivo",
    ],
)
def test_what_is_said_to_be_from_an_archive_is_not_flagged_as_old(
    compare: Compare, claim: str
) -> None:
    seen = datetime(2014, 6, 14, 20, tzinfo=UTC)
    for check, more in (
        ("capture_against_claim", {"captured": "2014-06-14T21:30:00"}),
        ("first_seen_against_claim", {"matches": ((seen, None),)}),
    ):
        found = compare(check, claims=(claim,), **more)
        assert [outcome for outcome, _ in found] == [Outcome.INCONCLUSIVE], check


@pytest.mark.parametrize(
    "claim",
    [
        "Mosul, 14 June 2014",
        "الموصل، 14 حزيران 2014",
        "Мосул, 14 июня 2014",
        "Musul, 14 Haziran 2014",
    ],
)
def test_the_time_of_a_clock_that_was_never_set_flags_nothing(compare: Compare, claim: str) -> None:
    found = compare("capture_against_claim", captured="2010-01-01T00:03:00", claims=(claim,))
    assert [outcome for outcome, _ in found] == [Outcome.INCONCLUSIVE]


BAGHDAD = (33.3, 44.4)  # where clocks show +03:00


@pytest.mark.parametrize(
    "at",
    [
        "2014-06-14T21:30",
        "2014-06-14T21:30+03:00",
        "2014-06-14T18:30+00:00",
    ],
)
def test_a_true_claim_of_night_is_left_alone(compare: Compare, at: str) -> None:
    found = compare("sun", gps=BAGHDAD, claims=("Baghdad at night",), stated={"claimed_at": at})
    assert [outcome for outcome, _ in found] == [Outcome.NOTED]
