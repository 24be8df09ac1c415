"""Marks cover an exhibit and what shows it; an own one is taken off, another's by two people."""

from __future__ import annotations

import io

import pytest

from tests.filmed import encoded, filmed, panned
from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.errors import BadInput, Covered, NotAllowed
from verify.records import Person, Role, Sensitive, Step

CHINA, COFFEE = photograph("china"), shrunk(photograph("coffee"))
GRAPHIC, CAPTIVE = Sensitive.GRAPHIC, Sensitive.CAPTIVE


@pytest.fixture
def rosa(desk: Desk) -> Person:
    return desk.team.admit("telegram", "8", "Rosa", Role.REPORTER)


@pytest.fixture
def emil(desk: Desk) -> Person:
    return desk.team.admit("telegram", "9", "Emil", Role.EDITOR)


def bring(desk: Desk, person: Person, content: bytes, caption: str = "") -> tuple[int, int]:
    """A file, examined: its case and exhibit."""
    kept = desk.receiving.receive(person, arrived(caption=caption), content)
    desk.examining.examine(person, kept.exhibit_id)
    desk.examining.watch(person, kept.exhibit_id)
    return kept.case_id, kept.exhibit_id


def test_an_own_mark_goes_freely_and_anothers_when_a_second_person_agrees(
    desk: Desk, noor: Person, rosa: Person, emil: Person
) -> None:
    place = bring(desk, noor, encode(CHINA))
    cover = desk.marking.mark(rosa, *place, GRAPHIC)
    assert [(one.kind, one.by, one.own) for one in cover.marks] == [(GRAPHIC, "Rosa", True)]
    off, _ = desk.marking.take_off(rosa, *place, GRAPHIC)
    assert off

    desk.marking.mark(rosa, *place, GRAPHIC)
    off, cover = desk.marking.take_off(emil, *place, GRAPHIC)
    assert not off
    assert cover.marks[0].off_by == "Emil"
    assert not desk.marking.take_off(emil, *place, GRAPHIC)[0]  # asking twice is not two people
    off, cover = desk.marking.take_off(noor, *place, GRAPHIC)
    assert off
    assert not cover.kinds
    kinds = [row["kind"] for row in desk.store.rows("SELECT kind FROM custody_event ORDER BY id")]
    assert [one for one in kinds if "mark" in one] == [
        "marked", "mark taken off", "marked", "mark disputed", "mark taken off",
    ]  # fmt: skip


def test_who_is_alone_at_a_desk_takes_any_mark_off(desk: Desk, noor: Person) -> None:
    place = bring(desk, noor, encode(CHINA))
    gone = desk.team.admit("telegram", "10", "Gone", Role.REPORTER)
    desk.marking.mark(gone, *place, GRAPHIC)
    desk.team.change_role(noor, gone.id, None)
    assert desk.marking.take_off(noor, *place, GRAPHIC)[0]


def test_a_viewer_sees_why_and_marks_nothing(desk: Desk, noor: Person) -> None:
    place = bring(desk, noor, encode(CHINA))
    vera = desk.team.admit("telegram", "11", "Vera", Role.VIEWER)
    for change in (desk.marking.mark, desk.marking.refuse, desk.marking.take_off):
        with pytest.raises(NotAllowed):
            change(vera, *place, GRAPHIC)
    desk.marking.mark(noor, *place, GRAPHIC)
    assert desk.marking.cover(vera, *place).kinds == (GRAPHIC,)


def test_a_captions_words_cover_until_somebody_says_that_they_are_wrong(
    desk: Desk, noor: Person, rosa: Person
) -> None:
    place = bring(desk, noor, encode(CHINA), "Hostages near Portsmouth")
    assert desk.marking.cover(rosa, *place).proposed == (CAPTIVE,)
    cover = desk.marking.refuse(rosa, *place, CAPTIVE)
    assert not cover.kinds
    desk.marking.mark(noor, *place, CAPTIVE)
    assert desk.marking.cover(rosa, *place).marks
    with pytest.raises(Covered):
        desk.pictures.alone(rosa, *place)
    assert desk.marking.refuse(rosa, *place, CAPTIVE).marks  # another's mark stays


@pytest.mark.parametrize("marked_first", [True, False])
def test_copies_crops_and_films_before_and_after_inherit(
    desk: Desk, noor: Person, marked_first: bool
) -> None:
    whole, crop = encode(CHINA), encode(CHINA.crop((40, 30, 560, 400)), quality=80)
    copy = encode(shrunk(CHINA, 0.7), quality=60)
    film = filmed(shrunk(photograph("flower")), shrunk(CHINA), seconds=2)
    files = [whole, copy, crop, film] if marked_first else [film, crop, copy, whole]
    places = [bring(desk, noor, one) for one in files]
    other = bring(desk, noor, encode(COFFEE))
    if not marked_first:
        places.reverse()
    desk.marking.mark(noor, *places[0], GRAPHIC)
    for place in places[1:]:
        cover = desk.marking.cover(noor, *place)
        assert cover.inherited == (GRAPHIC,), place
        assert not cover.marks
        with pytest.raises(Covered):
            desk.pictures.alone(noor, *place)
    [(begins, ends)] = desk.marking.cover(noor, *places[3]).stretches
    assert 1.5 <= begins <= ends <= 4
    assert not desk.marking.cover(noor, *other).kinds
    desk.marking.take_off(noor, *places[0], GRAPHIC)
    assert not any(desk.marking.cover(noor, *place).kinds for place in places)


def test_a_frame_taken_out_of_a_film_is_covered_before_it_is_examined(
    desk: Desk, noor: Person
) -> None:
    case_id, film = bring(desk, noor, filmed(COFFEE, shrunk(CHINA)))
    desk.marking.mark(noor, case_id, film, GRAPHIC)
    sha256 = desk.reports.exhibit(noor, case_id, film).sha256
    frame = desk.deriving.frame(noor, sha256, 1200, case_id)
    assert desk.marking.cover(noor, frame.case_id, frame.exhibit_id).inherited == (GRAPHIC,)


def test_what_is_marked_in_a_confidential_case_covers_elsewhere_and_names_nobody(
    desk: Desk, noor: Person, rosa: Person
) -> None:
    case_id, exhibit_id = bring(desk, noor, encode(CHINA))
    desk.casework.close_to_others(noor, case_id, True)
    desk.marking.mark(noor, case_id, exhibit_id, GRAPHIC)
    own_case, same = bring(desk, rosa, encode(CHINA))
    assert (own_case, same) != (case_id, exhibit_id)
    cover = desk.marking.cover(rosa, own_case, same)
    assert cover.kinds == (GRAPHIC,)
    assert [(one.by, one.at) for one in cover.marks] == [("", None)]
    near = bring(desk, rosa, encode(shrunk(CHINA), quality=70))
    assert desk.marking.cover(rosa, *near).inherited == (GRAPHIC,)


def test_marks_follow_a_merge_and_go_with_a_wipe(desk: Desk, noor: Person) -> None:
    first, second = bring(desk, noor, encode(CHINA)), bring(desk, noor, encode(COFFEE))
    desk.marking.mark(noor, *first, GRAPHIC)
    desk.casework.merge(noor, first[0], second[0])
    assert desk.marking.cover(noor, second[0], first[1]).marks[0].by == "Noor"
    desk.wiping.wipe(noor, second[0])
    assert desk.store.row("SELECT 1 FROM mark") is None


def test_a_full_step_shows_what_it_is_and_the_drawing_does_not(desk: Desk, noor: Person) -> None:
    from PIL import Image

    place = bring(desk, noor, encode(CHINA))
    plain = desk.pictures.alone(noor, *place)
    desk.marking.mark(noor, *place, GRAPHIC)
    assert desk.pictures.alone(noor, *place, step=Step.FULL).jpeg == plain.jpeg
    drawing = Image.open(io.BytesIO(desk.pictures.alone(noor, *place, step=Step.DRAWING).jpeg))
    middle = drawing.convert("L").histogram()[60:200]
    assert sum(middle) < 0.1 * drawing.width * drawing.height


def test_a_mark_on_a_stretch_covers_the_film_and_what_shows_that_stretch(
    desk: Desk, noor: Person
) -> None:
    film = bring(desk, noor, encoded(panned(CHINA, photograph("coffee"), seconds=3)))
    first = bring(desk, noor, encode(CHINA))
    second = bring(desk, noor, encode(photograph("coffee")))
    assert desk.reports.exhibit(noor, *first).matches
    assert desk.reports.exhibit(noor, *second).matches
    desk.marking.mark(noor, *film, GRAPHIC, (0.0, 2.0))
    assert desk.marking.cover(noor, *film).stretches == ((0.0, 2.0),)
    assert desk.marking.cover(noor, *first).kinds == (GRAPHIC,)
    assert desk.marking.cover(noor, *second).kinds == ()
    desk.marking.mark(noor, *film, GRAPHIC)
    assert desk.marking.cover(noor, *second).kinds == (GRAPHIC,)


def test_a_stretch_that_an_exhibit_does_not_have_is_refused(desk: Desk, noor: Person) -> None:
    film = bring(desk, noor, encoded(panned(CHINA, photograph("coffee"), seconds=3)))
    picture = bring(desk, noor, encode(CHINA))
    for place, stretch in ((picture, (0.0, 1.0)), (film, (6.0, 6.5)), (film, (1.0, 9.0))):
        with pytest.raises(BadInput):
            desk.marking.mark(noor, *place, GRAPHIC, stretch)
        assert desk.marking.cover(noor, *place).kinds == ()
    desk.marking.mark(noor, *film, GRAPHIC, (5.5, 6.5))
