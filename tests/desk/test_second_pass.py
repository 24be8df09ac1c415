"""What an import of posts leaves for later: compared and read behind all else, over restarts."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.desk.test_film_words import PROGRAM, sign
from tests.desk.test_posts import CHINA, READER, exported, lines, message, sent, told_to_all
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from tests.remembering import furnished
from verify import tesseract
from verify.desk import Desk, catching_up
from verify.jobs.course import Course
from verify.jobs.kinds import reexamine
from verify.jobs.kinds.import_ import Job, Result, run
from verify.jobs.messages import Progress, Who, order
from verify.jobs.place import Place
from verify.language import plain
from verify.records import Archived, Person, Pixels, Rating, Role, View
from verify.sandbox import Sandbox
from verify.store.folder.vault import sha256_of
from verify.store.pictures import examinations, exhibits, matches, uncompared
from verify.wording import accounts
from verify.wording import posts as where_it_stood
from verify.wording.exports import brought


@pytest.fixture
def channels(tmp_path: Path) -> Path:
    """Two channels with one photograph in two sizes, and another photograph."""
    folder = tmp_path / "channels"
    first = [message(1, 1402581791, "Tikrit, 12 June 2014", "photos/1.jpg")]
    exported(folder / "first", "Wilayat Salahaddin", 1001, first)
    other = {"from": "Copies", "from_id": "channel1002"}
    told = [
        message(7, 1402754591, "Mosul", "photos/1.jpg", **other),
        message(8, 1402754691, "a flower", "photos/2.jpg", **other),
    ]
    exported(folder / "second", "Copies", 1002, told)
    (folder / "second" / "photos" / "2.jpg").write_bytes(encode(photograph("flower")))
    return folder


def described(desk: Desk, person: Person, path: Path) -> list[Archived]:
    """Take a path in as a desk that stands does, whose second pass has not begun."""
    job = Job((Place.of(path),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=True)
    found = [one for one in run(desk, person, job, course) if isinstance(one, Result)]
    return [one.posts for one in found if one.posts]


def copies(desk: Desk) -> int:
    """How many pairs of copies the desk knows."""
    return len(matches.copies(desk.store, exhibits.all_ids(desk.store)))


def test_an_import_ends_with_its_pictures_findable_and_says_how_many_are_not_compared(
    desk: Desk, noor: Person, channels: Path
) -> None:
    [told] = described(desk, noor, channels)
    assert told.comparing == 3
    assert "3 of them are still being compared and read" in [
        plain(one, READER) for one in brought(told)
    ]
    assert copies(desk) == 0
    assert "Seen before in the archive" in lines(sent(desk, noor, encode(shrunk(CHINA, 0.5))))
    assert desk.second_pass.share(noor) == 25
    so_far = "Of the 25 % compared so far; more may turn up."
    assert so_far in lines(desk.reports.case(noor, 1))
    stood = desk.posts.appearances(noor, 1, desk.reports.case(noor, 1).exhibits[0].exhibit_id)
    assert so_far in [plain(one, READER) for one in where_it_stood.heading(stood)]
    [account] = desk.posts.accounts(noor, "Copies")
    assert so_far in [plain(one, READER) for one in accounts.told(account)]
    assert [*desk.second_pass.rest()] == [(1, 3), (2, 3), (3, 3)]
    assert desk.second_pass.share(noor) is None
    assert copies(desk) >= 2
    told_now = lines(desk.reports.case(noor, 1))
    assert "then by 1 other" in told_now
    assert "compared so far" not in told_now
    kinds = [row["kind"] for row in desk.store.rows("SELECT kind FROM custody_event")]
    assert (kinds.count("examined"), kinds.count("compared")) == (4, 3)


def test_a_second_pass_that_was_cut_is_gone_on_with_by_the_next_desk(
    home: Path, sandbox: Sandbox, channels: Path
) -> None:
    with Desk(furnished(home), sandbox=sandbox) as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        described(desk, noor, channels)
        assert [*islice(desk.second_pass.rest(), 1)] == [(1, 3)]
    with Desk(home, sandbox=sandbox) as desk:
        assert 0 < uncompared.count(desk.store) <= 2
        desk.second_pass.begin()
        while uncompared.count(desk.store):
            time.sleep(0.05)
        assert copies(desk) == 1


def test_an_import_without_a_desk_goes_on_with_it_in_a_bar_of_its_own(
    desk: Desk, noor: Person, channels: Path
) -> None:
    described(desk, noor, channels / "second")
    job = Job((Place.of(channels / "first"),))
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=False)
    told = [one for one in run(desk, noor, job, course) if isinstance(one, Progress)]
    later = [(one.done, one.total) for one in told if one.what]
    assert later == [(1, 3), (2, 3), (3, 3)]  # also what the import before left
    assert copies(desk) == 1


def test_people_of_a_concluded_case_are_told_by_the_second_pass(
    desk: Desk, noor: Person, channels: Path
) -> None:
    report = sent(desk, noor, encode(CHINA.crop((60, 40, CHINA.width, CHINA.height))))
    desk.verdicts.conclude(noor, report.id, 1, Rating.ORIGINAL, "from the sender's own phone")
    described(desk, noor, channels)
    assert told_to_all(desk) == []
    for _ in desk.second_pass.rest():
        pass
    [notice] = told_to_all(desk)
    assert notice.case_id == report.id


def test_what_people_send_does_not_wait_for_the_second_pass(
    desk: Desk, noor: Person, channels: Path
) -> None:
    described(desk, noor, channels)
    content = (channels / "second" / "photos" / "1.jpg").read_bytes()
    report = sent(desk, noor, content)
    assert uncompared.count(desk.store) == 2
    assert copies(desk) == 1
    assert "Wilayat Salahaddin" in lines(report)


def test_nothing_of_an_import_waits_once_it_is_undone(
    desk: Desk, noor: Person, channels: Path
) -> None:
    [told] = described(desk, noor, channels)
    desk.wiping.undo(noor, told.number)
    assert desk.store.rows("SELECT * FROM uncompared") == []
    assert [*desk.second_pass.rest()] == []


def test_a_file_that_is_gone_holds_nothing_up(
    desk: Desk, home: Path, noor: Person, channels: Path
) -> None:
    described(desk, noor, channels)
    first = exhibits.known(desk.store, exhibits.all_ids(desk.store)[0])
    (home / "vault" / first.sha256[:2] / first.sha256).unlink()
    assert len([*desk.second_pass.rest()]) == 3
    assert uncompared.count(desk.store) == 0


def test_a_confidential_import_tells_nobody_else_that_it_is_compared(
    desk: Desk, noor: Person, channels: Path
) -> None:
    sara = desk.team.admit("telegram", "9", "Sara", Role.REPORTER)
    sent(desk, sara, encode(photograph("flower")))
    job = Job((Place.of(channels / "first"),), confidential=True)
    course = Course(order("import", job, Who("1", "noor", "en", "UTC")), beside_others=True)
    assert [*run(desk, noor, job, course)]
    assert desk.second_pass.share(noor) == 50
    assert desk.second_pass.share(sara) is None


def test_examining_all_again_leaves_nothing_for_later(
    desk: Desk, noor: Person, channels: Path
) -> None:
    described(desk, noor, channels)
    who = Who("1", "noor", "en", "UTC")
    again = Course(order("reexamine", reexamine.Job(), who), beside_others=True)
    assert [*reexamine.run(desk, noor, reexamine.Job(), again)]
    assert uncompared.count(desk.store) == 0
    assert copies(desk) == 1


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not shutil.which("tesseract"):
        pytest.skip("Tesseract is not installed")
    monkeypatch.setattr(tesseract, "_program", PROGRAM)
    yield


def test_text_in_pictures_and_films_of_posts_is_read_and_found(
    desk: Desk, noor: Person, channels: Path, reading: None
) -> None:
    photos = channels / "second" / "photos"
    (photos / "1.jpg").write_bytes(encode(sign("Harbour closed")))
    (photos / "2.jpg").write_bytes(filmed(CHINA, sign("until Thursday"), seconds=2))
    described(desk, noor, channels / "second")
    assert _texts(desk) == set()
    for _ in desk.second_pass.rest():
        pass
    assert _texts(desk) == {"Harbour closed", "until Thursday"}
    assert desk.store.rows("SELECT * FROM uncompared") == []
    assert len(desk.store.rows("SELECT * FROM sound")) == 1


def test_pictures_of_one_import_that_are_read_together_keep_each_its_own_text(
    desk: Desk, noor: Person, channels: Path, reading: None
) -> None:
    photos = channels / "second" / "photos"
    (photos / "1.jpg").write_bytes(encode(sign("Harbour closed")))
    (photos / "2.jpg").write_bytes(encode(sign("until Thursday")))
    described(desk, noor, channels)
    assert [*desk.second_pass.rest()] == [(1, 3), (2, 3), (3, 3)]
    assert _text(desk, photos / "1.jpg") == "Harbour closed"
    assert _text(desk, photos / "2.jpg") == "until Thursday"
    assert _text(desk, channels / "first" / "photos" / "1.jpg") == ""


def _text(desk: Desk, picture: Path) -> str:
    exhibit_id = exhibits.with_bytes(desk.store, sha256_of(picture))
    assert exhibit_id
    examined = examinations.latest(desk.store, exhibit_id)
    assert examined and examined.examination.text
    return examined.examination.text.text


def test_what_went_wrong_with_one_of_them_stops_none(
    desk: Desk, noor: Person, channels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described(desk, noor, channels)
    with_frames, asked = catching_up.with_frames, list[object]()

    def failing(views: tuple[View, ...], pixels: Pixels | None) -> tuple[View, ...]:
        asked.append(views)
        if len(asked) == 2:
            raise ValueError("of the second picture")
        return with_frames(views, pixels)

    monkeypatch.setattr(catching_up, "with_frames", failing)
    assert [*desk.second_pass.rest()] == [(1, 3), (2, 3), (3, 3)]
    assert desk.store.rows("SELECT * FROM uncompared") == []
    kinds = [row["kind"] for row in desk.store.rows("SELECT kind FROM custody_event")]
    assert kinds.count("compared") == 2


def _texts(desk: Desk) -> set[str]:
    rows = desk.store.rows("SELECT body FROM finding WHERE check_name = 'text'")
    films = desk.store.rows("SELECT texts FROM film_words")
    found = " ".join([row["body"] for row in rows] + [row["texts"] for row in films])
    return {one for one in ("Harbour closed", "until Thursday") if one in found}


def test_what_resembles_a_case_is_compared_as_it_comes_in(
    desk: Desk, noor: Person, channels: Path
) -> None:
    sent(desk, noor, encode(shrunk(photograph("flower"), 0.5)))
    described(desk, noor, channels)
    [exhibit] = desk.reports.case(noor, 1).exhibits
    assert exhibit.first_known and exhibit.first_known.source == "Copies"


def test_of_many_copies_that_of_a_case_is_looked_at_first(
    desk: Desk, noor: Person, channels: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("verify.matching.find._COPIES", 1)
    described(desk, noor, channels)
    [*_] = desk.second_pass.rest()
    cropped = photograph("china").crop((20, 20, 600, 400))
    sent(desk, noor, encode(cropped))
    exported(tmp_path / "old", "Old", 1003, [message(1, 1199239200, "Basra", "photos/1.jpg")])
    (tmp_path / "old" / "photos" / "1.jpg").write_bytes(encode(shrunk(CHINA, 0.7), quality=55))
    described(desk, noor, tmp_path / "old")
    [*_] = desk.second_pass.rest()
    [exhibit] = desk.reports.case(noor, 1).exhibits
    assert matches.matched(desk.store, exhibits.all_ids(desk.store)[-1], exhibit.exhibit_id)
