from __future__ import annotations

import pytest

from verify.places.towns import towns
from verify.reading.places import places_in


def _read(text: str, near: tuple[tuple[float, float], ...] = ()) -> str:
    """The one town that is certain, else what is offered behind a question mark."""
    found = places_in(text, near)
    known = towns()
    if len(found) == 1 and found[0].certain and found[0].towns:
        town = found[0].towns[0]
        return f"{known.names[town]} {known.countries[town]}"
    return "?" + " ".join(known.countries[town] for one in found for town in one.towns[:2])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Explosion in Odessa, Ukraine", "Odesa UA"),
        ("Kharkiv strike", "Kharkiv UA"),
        ("Gaza tonight", "Gaza PS"),
        ("Beirut port explosion", "Beirut LB"),
        ("not in Aleppo but in Mosul", "Mosul IQ"),
        ("Filmed in Paris, Texas", "Paris US"),
        ("Clashes in Tripoli, Lebanon", "Tripoli LB"),
        ("Barcelona footballer visits Doha", "Doha QA"),
        ("قصف في مدينة الموصل", "Mosul IQ"),
        ("قصف بمدينة إدلب", "Idlib SY"),
        ("للموصل تاريخ طويل", "Mosul IQ"),
        ("بحلب القديمة", "Aleppo SY"),
        ("غزة الآن", "Gaza PS"),
        ("حلب اليوم: غارات", "Aleppo SY"),
        ("مظاهرة في ميدان التحرير بالقاهرة", "Cairo EG"),
        ("Вибух у Харкові", "Kharkiv UA"),
        ("Обстріл Одеси вночі", "Odesa UA"),
        ("Обстрел Белгорода", "Belgorod RU"),
        ("Pożar w Krakowie", "Kraków PL"),
        ("Halep'te patlama", "Aleppo SY"),
        ("Bombardement d'Alep", "Aleppo SY"),
        ("انفجار در کابل نه در قندهار", "Kabul AF"),
        ("İzmir değil Manisa", "Manisa TR"),
        ("Беженцы из Мариуполя прибыли в Таганрог", "Taganrog RU"),
        ("Incendie près de Nice", "Nice FR"),
        ("Manifestation à Nice", "Nice FR"),
        ("Tel aviv sous les tirs", "Tel Aviv IL"),
        ("Frankfurt (Oder), 1. Mai", "Frankfurt (Oder) DE"),
        ("این ویدیو از غزه نیست بلکه از حلب است", "Aleppo SY"),
    ],
)
def test_a_place_is_read_in_the_forms_of_its_language(text: str, place: str) -> None:
    assert _read(text) == place


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Clashes in Tripoli", "?LY LB"),
        ("Strike near Rafah this morning", "?PS EG"),
        ("From Raqqa to Deir ez-Zor", "?SY SY"),
        ("Irpin and Bucha after the retreat", "?UA UA"),
        ("Explosion in Springfield, Syria", "?US US"),
        ("A convoy in Birmingham, not Birmingham, Alabama", "?GB US"),
        ("Aleppo or Idlib? A hospital", "?SY SY"),
        ("Les rebelles quittent Alep pour Idlib", "?SY SY"),
        ("قصف على خان يونس ودير البلح", "?PS PS"),
        ("Brand in Moria auf Lesbos", "?IL"),
        ("Demonstrators from Leeds outside Downing Street", "?GB US"),
        ("أهالي الموصل في مخيم الخازر", "?"),
        ("Грозный ответ террористам", "?RU"),
        ("Bab el-Hava sınır kapısı", "?SY"),
        ("Hannah Stuttgart, Sprecherin der Bewegung", "?DE US"),
    ],
)
def test_what_can_be_meant_in_several_ways_is_asked_about(text: str, offered: str) -> None:
    assert _read(text) == offered


@pytest.mark.parametrize(
    "text",
    [
        "May was right about Brexit",
        "Ali Hassan speaks to reporters",
        "Independence Day parade",
        "Victory for the national team",
        "on Independence Square",
        "in nice weather, near reading rooms",
        "شهداء الثورة",
        "الميدان والجامعة والساحل",
        "Взрыв на Крымском мосту",
        "They call it the new Paradise",
        "La paz llegó a Colombia en 2016",
        "Los ángeles de la guarda",
        "La unión hace la fuerza",
        "Газета «Вісті» пише про корупцію",
    ],
)
def test_everyday_words_and_people_are_no_towns(text: str) -> None:
    assert _read(text) == "?"


def test_what_is_known_of_a_case_tells_towns_of_one_name_apart() -> None:
    assert _read("Clashes in Tripoli", near=((34.4, 35.9),)) == "Tripoli LB"


@pytest.mark.parametrize(
    "text", ["Explosion in Simferopol", "Jerusalem, Al-Aqsa", "in Stepanakert"]
)
def test_ground_that_several_states_claim_is_told(text: str) -> None:
    assert places_in(text)[0].disputed
