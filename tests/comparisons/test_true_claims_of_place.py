"""A flag is worth something only while it is right: true claims of place stay quiet, false ones
do not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from verify.records import Outcome

Compare = Callable[..., list[tuple[Outcome, str]]]

ODESA, MOSUL, YALTA = (46.4825, 30.7233), (36.34, 43.13), (44.4952, 34.1663)
SEEN = datetime(2013, 8, 21, tzinfo=UTC)

TRUE = [
    ("Explosion in Odessa, Ukraine", ODESA),
    ("Missile strike in Odessa", ODESA),
    ("Odesa region under attack", (46.0, 29.7)),
    ("Southern Ukraine tonight", ODESA),
    ("Обстріл Одеси вночі", ODESA),
    ("На Одещині вибухи", (45.5, 29.6)),
    ("Взрыв в Одессе", ODESA),
    ("قصف في مدينة الموصل", MOSUL),
    ("للموصل تاريخ طويل", MOSUL),
    ("not in Aleppo but in Mosul", MOSUL),
    ("Bombardement à Mossoul", MOSUL),
    ("Mossul nach dem Angriff", MOSUL),
    ("Musul'da patlama", MOSUL),
    ("Clashes in Tripoli", (34.43, 35.84)),
    ("Explosion near Yalta, Russia", YALTA),
    ("in Crimea, Ukraine", YALTA),
    ("Kyiv accuses Moscow", ODESA),
    ("Gaza tonight", (31.297, 34.243)),
    ("Reading about it in March was Nice, said Jordan", MOSUL),
    ("مدينة الألعاب", MOSUL),
]
FALSE = [
    ("Explosion in Odessa, Ukraine", MOSUL),
    ("قصف في مدينة الموصل", ODESA),
    ("Вибух у Харкові", ODESA),
    ("Bombardement d'Alep", ODESA),
    ("Halep'te patlama", MOSUL),
]


@pytest.mark.parametrize(("claim", "gps"), TRUE)
def test_coordinates_flag_no_true_claim(
    compare: Compare, claim: str, gps: tuple[float, float]
) -> None:
    found = compare("place_against_claim", gps=gps, claims=(claim,))
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize(("claim", "gps"), FALSE)
def test_coordinates_flag_a_false_claim(
    compare: Compare, claim: str, gps: tuple[float, float]
) -> None:
    [(outcome, _)] = compare("place_against_claim", gps=gps, claims=(claim,))
    assert outcome is Outcome.FLAGGED


@pytest.mark.parametrize(
    "claim",
    [
        "Mosul, Iraq",
        "In Mosul",
        "الموصل الآن",
        "في العراق",
        "قصف بالموصل",
        "Взрыв в Мосуле",
        "Explosion à Mossoul",
        "Explosion in Mossul",
        "Musul'da patlama",
        "Clashes in Tripoli",
        "Explosion in Donetsk",
    ],
)
def test_a_zone_flags_no_true_claim(compare: Compare, claim: str) -> None:
    found = compare(
        "zone_against_claim", captured="2014-12-14T10:00:00", zone="+03:00", claims=(claim,)
    )
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize("claim", ["In Paris", "Взрыв в Берлине", "انفجار في باريس"])
def test_the_zone_of_home_is_no_contradiction(compare: Compare, claim: str) -> None:
    [(outcome, _)] = compare(
        "zone_against_claim", captured="2014-12-14T10:00:00", zone="+03:00", claims=(claim,)
    )
    assert outcome is Outcome.NOTED


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ("Explosion in Odessa, Ukraine", "Вибух в Одесі"),
        ("Explosion in Odessa", "Взрыв в Одессе, Украина"),
        ("قصف في مدينة الموصل", "Mosul under fire"),
        ("Strike in Gaza", "قصف في رفح"),
        ("In Crimea, Russia", "Yalta, Ukraine"),
        ("Clashes in Tripoli", "Clashes in Tripoli, Lebanon"),
        ("West Bank", "Jenin, Israel"),
        ("Bombardement d'Alep", "Halep'te patlama"),
        ("Kyiv accuses Moscow", "Explosion in Kherson"),
        ("a convoy by night", "Explosion in Kherson"),
    ],
)
def test_an_earlier_claim_of_the_same_place_is_no_flag(
    compare: Compare, earlier: str, today: str
) -> None:
    found = compare("earlier_claim_against_claim", claims=(today,), matches=((SEEN, earlier),))
    assert Outcome.FLAGGED not in [outcome for outcome, _ in found]


@pytest.mark.parametrize(
    ("earlier", "today"),
    [("قصف في حلب", "Explosion in Odessa, Ukraine"), ("Взрыв в Одессе", "Halep'te patlama")],
)
def test_an_earlier_claim_of_another_place_is_flagged(
    compare: Compare, earlier: str, today: str
) -> None:
    [(outcome, sentence)] = compare(
        "earlier_claim_against_claim", claims=(today,), matches=((SEEN, earlier),)
    )
    assert outcome is Outcome.FLAGGED
    assert "Another place was claimed" in sentence
