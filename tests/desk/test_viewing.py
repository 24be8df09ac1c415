"""How far covered pictures go by themselves is each person's own, and so is the number."""

from __future__ import annotations

import tarfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.desk.test_marking import bring
from tests.photographs import encode, photograph
from verify.desk import Desk
from verify.errors import Covered
from verify.records import Care, Opened, Person, Role, Sensitive, Step
from verify.store.care.own import Own
from verify.store.keeping import backup

CHINA = encode(photograph("china"))


@pytest.fixture
def place(desk: Desk, noor: Person) -> tuple[int, int]:
    place = bring(desk, noor, CHINA)
    desk.marking.mark(noor, *place, Sensitive.GRAPHIC)
    return place


def test_a_picture_goes_by_itself_as_far_as_a_person_chose(
    desk: Desk, noor: Person, place: tuple[int, int]
) -> None:
    rosa = desk.team.admit("telegram", "8", "Rosa", Role.REPORTER)
    desk.viewing.choose(rosa, Care(by_itself=Step.SMALL))
    assert desk.pictures.alone(rosa, *place).step is Step.SMALL
    with pytest.raises(Covered):
        desk.pictures.alone(noor, *place)
    with pytest.raises(Covered):  # others read along
        desk.pictures.alone(replace(rosa, among_others=True), *place)


def test_each_picture_counts_once_a_day_for_who_saw_it_and_drawings_do_not(
    desk: Desk, noor: Person, place: tuple[int, int]
) -> None:
    desk.pictures.alone(noor, *place, step=Step.DRAWING)
    assert desk.viewing.opened(noor) == Opened()
    for step in (Step.SMALL, Step.FULL, Step.FULL):
        desk.pictures.alone(noor, *place, step=step)
    assert desk.viewing.opened(noor) == Opened(today=1, week=1)
    rosa = desk.team.admit("telegram", "8", "Rosa", Role.REPORTER)
    assert desk.viewing.opened(rosa) == Opened()
    other = bring(desk, noor, encode(photograph("coffee")))
    desk.pictures.alone(noor, *other)  # is not covered
    assert desk.viewing.opened(noor).today == 1


def test_the_number_is_in_no_backup_and_names_no_picture(
    desk: Desk, noor: Person, home: Path, tmp_path: Path, place: tuple[int, int]
) -> None:
    desk.pictures.alone(noor, *place, step=Step.FULL)
    desk.viewing.choose(noor, Care(limit=3))
    assert (home / "care.db").stat().st_mode & 0o777 == 0o600
    backup.write(home, tmp_path / "backup.tar")
    with tarfile.open(tmp_path / "backup.tar") as archive:
        assert not [name for name in archive.getnames() if "care" in name]
    tables = {row["name"] for row in desk.store.rows("SELECT name FROM sqlite_schema")}
    assert not {"opened", "chosen"} & tables


def test_numbers_are_erased_after_thirty_days(home: Path) -> None:
    home.mkdir(exist_ok=True)
    own, today = Own(home, reading=False), date(2026, 11, 27)
    own.count(7, today - timedelta(days=30), 5)
    own.count(7, today - timedelta(days=7), 4)
    own.count(7, today - timedelta(days=6), 2)
    own.count(7, today, 1)
    assert own.opened(7, today) == Opened(today=1, week=3)
    assert own.opened(8, today) == Opened()
    own.close()
    own = Own(home, reading=False)
    own.forget(today + timedelta(days=23))
    assert own.opened(7, today - timedelta(days=7)) == Opened()
    assert own.opened(7, today - timedelta(days=6)) == Opened(today=2, week=2)
    own.close()


def test_a_damaged_file_of_numbers_keeps_nothing_back_and_shows_nothing(
    desk: Desk, noor: Person, home: Path, place: tuple[int, int]
) -> None:
    (home / "care.db").write_bytes(b"no database" * 500)
    with pytest.raises(Covered):
        desk.pictures.alone(noor, *place)
    assert desk.pictures.alone(noor, *place, step=Step.FULL)
    assert desk.viewing.opened(noor) == Opened()
