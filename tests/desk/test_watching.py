"""Stretches of a film are found again inside what was made of it, by desk, lab and archive."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageOps

from tests.filmed import encoded, panned
from tests.lab.test_film_findings import made
from tests.photographs import encode, photograph
from tests.submissions import arrived
from verify.desk import Desk
from verify.language import Reader, plain
from verify.records import ExhibitReport, Match, Orientation, Person, Stretch
from verify.store.pictures import footage, views
from verify.wording import matches

SHOTS = ("china", "flower", "chelsea")  # three seconds each
SIZE = (256, 192)


@cache
def frames(*names: str) -> list[Image.Image]:
    return panned(*(photograph(name) for name in names), seconds=3, size=SIZE)


@cache
def film(*names: str) -> bytes:
    return encoded(frames(*names))


def bring(desk: Desk, person: Person, data: bytes) -> ExhibitReport:
    receipt = desk.receiving.receive(person, arrived(), data)
    desk.examining.examine(person, receipt.exhibit_id)
    desk.examining.watch(person, receipt.exhibit_id)
    return desk.reports.exhibit(person, receipt.case_id, receipt.exhibit_id)


def lies(shown: Stretch, *times: float | None) -> bool:
    """Whether a stretch is from here to here, there from there to there, within a second."""
    found = (shown.begins, shown.ends, shown.earlier_begins, shown.earlier_ends)
    return [time and pytest.approx(time, abs=1) for time in times] == list(found)


def told(match: Match) -> str:
    return plain(matches.seen(match), Reader("en", ZoneInfo("UTC")))


@pytest.fixture
def earlier(desk: Desk, noor: Person) -> ExhibitReport:
    return bring(desk, noor, film(*SHOTS))


def test_what_is_left_and_right_of_a_cut_is_found(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    cut = [*frames(*SHOTS)[:33], *frames(*SHOTS)[63:]]
    (match,) = bring(desk, noor, encoded(cut)).matches
    assert match.earlier_exhibit_id == earlier.exhibit_id
    before, after = match.shown
    assert lies(before, 0, 3.3, 0, 3.3)
    assert lies(after, 3.3, 6, 6.3, 9)
    assert told(match).endswith("; 1 more stretch is alike")


def test_a_crop_in_a_mirror_is_found_by_features(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    def cropped(frame: Image.Image) -> Image.Image:
        return ImageOps.mirror(frame.crop((20, 40, 180, 180))).resize(SIZE)

    made = [cropped(frame) for frame in frames(*SHOTS)[15:]]
    (match,) = bring(desk, noor, encoded(made)).matches
    (shown,) = match.shown
    assert lies(shown, 0, 7.5, 1.5, 9)
    assert (shown.orientation, shown.method) == (Orientation.MIRRORED, "local-features")
    assert re.search("0:00–0:0[78] of this film is 0:0[12]–0:09", told(match))
    assert told(match).endswith("of that one, mirrored left to right")


def test_a_still_names_the_second_that_shows_it(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    (match,) = bring(desk, noor, encode(frames(*SHOTS)[47], quality=70)).matches
    assert match.earlier_exhibit_id == earlier.exhibit_id
    (shown,) = match.shown
    assert (shown.begins, shown.ends) == (None, None)
    assert shown.earlier_begins is not None
    assert shown.earlier_begins - 0.5 <= 4.7 <= (shown.earlier_ends or 0) + 0.5


@pytest.mark.parametrize("film_first", [True, False])
def test_what_changed_in_a_still_is_told_against_the_very_frame_of_a_film(
    desk: Desk, noor: Person, film_first: bool
) -> None:
    still = frames(*SHOTS)[47].copy()
    still.paste((200, 30, 30), (60, 40, 110, 90))
    files = [film(*SHOTS), encode(still, quality=85)]
    for data in files if film_first else files[::-1]:
        report = bring(desk, noor, data)
    (match,) = report.matches
    assert not match.in_motion
    found, _ = desk.pictures.changes(noor, match.id)
    assert found is not None
    assert found.at_ms == 4700
    (left, top), _, (right, bottom), _ = found.regions[0].corners
    assert (left * SIZE[0], top * SIZE[1]) == pytest.approx((60, 40), abs=8)
    assert (right * SIZE[0], bottom * SIZE[1]) == pytest.approx((110, 90), abs=8)


def test_a_film_tells_when_it_shows_an_earlier_still(desk: Desk, noor: Person) -> None:
    still = bring(desk, noor, encode(photograph("coffee")))
    slide = [photograph("coffee").resize(SIZE)] * 25
    made = encoded([*frames("china"), *slide, *frames("flower")])
    (match,) = bring(desk, noor, made).matches
    assert match.earlier_exhibit_id == still.exhibit_id
    (shown,) = match.shown
    assert lies(shown, 3, 5.5, None, None)
    assert "of this film shows that picture" in told(match)


@pytest.mark.parametrize("mirrored", [True, False])
def test_before_a_film_is_watched_no_more_is_said_than_that_a_picture_of_it_was_there(
    desk: Desk, noor: Person, earlier: ExhibitReport, mirrored: bool
) -> None:
    made = frames(*SHOTS)[10:70]
    made = [ImageOps.mirror(one) for one in made] if mirrored else made
    receipt = desk.receiving.receive(noor, arrived(), encoded(made))
    desk.examining.examine(noor, receipt.exhibit_id)
    (match,) = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).matches
    said = "Seen before in case 1: at least one picture of this film"
    assert told(match) == (f"{said}, mirrored left to right" if mirrored else said)
    desk.examining.watch(noor, receipt.exhibit_id)
    (match,) = desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id).matches
    assert "of this film is" in told(match)


def test_other_footage_is_no_match(desk: Desk, noor: Person, earlier: ExhibitReport) -> None:
    assert bring(desk, noor, film("coffee")).matches == ()


def test_a_film_is_watched_once(desk: Desk, noor: Person, earlier: ExhibitReport) -> None:
    assert not desk.examining.watch(noor, earlier.exhibit_id)
    still = bring(desk, noor, encode(photograph("coffee")))
    assert not desk.examining.watch(noor, still.exhibit_id)


def test_what_was_seen_of_a_film_goes_with_it(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    copy = encoded(frames(*SHOTS)[:31])
    assert bring(desk, noor, copy).matches
    desk.wiping.wipe(noor, earlier.case_id)
    assert footage.of(desk.store, earlier.exhibit_id) is None
    assert views.ids_of(desk.store, earlier.exhibit_id) == []
    assert len(bring(desk, noor, film("china")).matches) == 1  # of the copy


def test_a_film_that_is_examined_again_is_watched_again(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    copy = bring(desk, noor, encoded(frames(*SHOTS)[:31]))
    both = [earlier.exhibit_id, copy.exhibit_id]
    now = datetime.now(UTC)
    assert [
        wrong
        for _, wrong in desk.examining.examine_each(noor, both, lambda one: one, since=now)
        if wrong
    ] == []
    assert not any(desk.examining.watch(noor, one) for one in both)
    again = desk.reports.exhibit(noor, copy.case_id, copy.exhibit_id)
    assert [one.id for one in again.matches] == [one.id for one in copy.matches]


def test_films_of_an_earlier_version_are_watched_when_all_is_made_again(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    with desk.store.transaction():
        footage.drop(desk.store, earlier.exhibit_id)
    for _ in desk.examining.reindex(noor):
        pass
    assert footage.of(desk.store, earlier.exhibit_id) is not None
    (match,) = bring(desk, noor, encoded(frames(*SHOTS)[33:])).matches
    assert lies(match.shown[0], 0, 5.7, 3.3, 9)


def test_an_animation_is_watched_too(desk: Desk, noor: Person, earlier: ExhibitReport) -> None:
    file = io.BytesIO()
    first, *others = frames(*SHOTS)[33::2]
    first.save(file, "GIF", save_all=True, append_images=others, duration=200, loop=0)
    (match,) = bring(desk, noor, file.getvalue()).matches
    (shown,) = match.shown
    assert lies(shown, 0, 5.7, 3.3, 9)


def test_the_later_film_shows_the_earlier_whichever_is_watched_first(
    desk: Desk, noor: Person
) -> None:
    first, later = (
        desk.receiving.receive(noor, arrived(), data)
        for data in (film(*SHOTS), encoded(frames(*SHOTS)[60:]))
    )
    desk.examining.examine(noor, first.exhibit_id)
    with desk.store.transaction():  # as if nothing of it could be found by its quick look
        desk.store.change("DELETE FROM fingerprint")
        desk.store.change("DELETE FROM features")
    desk.archive.rebuild()
    for one in (later, first):
        desk.examining.examine(noor, one.exhibit_id)
        desk.examining.watch(noor, one.exhibit_id)
    assert desk.reports.exhibit(noor, first.case_id, first.exhibit_id).matches == ()
    (match,) = desk.reports.exhibit(noor, later.case_id, later.exhibit_id).matches
    assert match.earlier_exhibit_id == first.exhibit_id
    assert lies(match.shown[0], 0, 3, 6, 9)


def test_what_shows_only_when_all_is_decoded_is_told_in_the_place_of_the_first_look(
    desk: Desk, noor: Person
) -> None:
    exhibit = bring(desk, noor, made(7, 1))
    said = [plain(one.summary, Reader("en", ZoneInfo("UTC"))) for one in exhibit.findings]
    assert "All of this film of 0:07 was looked at, twice a second: 1 shot." in said
    assert "From 0:00 to 0:06 the picture hardly changes." in said
    assert not any("pictures is looked at" in one or "pictures are looked" in one for one in said)


def test_of_a_film_that_breaks_off_no_more_is_claimed_than_could_be_seen(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    whole = encoded(frames(*SHOTS), form="matroska")
    exhibit = bring(desk, noor, whole[: len(whole) // 2])
    said = [plain(one.summary, Reader("en", ZoneInfo("UTC"))) for one in exhibit.findings]
    assert any(one.startswith("Not all of this film of 0:0") for one in said), said
    assert exhibit.film and exhibit.film.gaps
    [match] = exhibit.matches
    assert all((one.ends or 0) <= exhibit.film.gaps[0][0] + 0.6 for one in match.shown)


def test_a_kept_frame_is_no_find_in_its_own_film(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    kept = desk.deriving.frame(noor, earlier.sha256, 4500)
    desk.examining.examine(noor, kept.exhibit_id)
    assert desk.reports.exhibit(noor, kept.case_id, kept.exhibit_id).matches == ()
    with desk.store.transaction():
        footage.drop(desk.store, earlier.exhibit_id)
    desk.examining.watch(noor, earlier.exhibit_id)
    assert desk.reports.exhibit(noor, earlier.case_id, earlier.exhibit_id).matches == ()
    other = bring(desk, noor, encode(frames(*SHOTS)[45], quality=80))
    assert {one.earlier_exhibit_id for one in other.matches} == {
        earlier.exhibit_id, kept.exhibit_id
    }  # fmt: skip


def test_a_film_of_one_picture_has_no_times(
    desk: Desk, noor: Person, earlier: ExhibitReport
) -> None:
    (match,) = bring(desk, noor, encoded(frames(*SHOTS)[45:46])).matches
    assert match.earlier_exhibit_id == earlier.exhibit_id
    (shown,) = match.shown
    assert (shown.begins, shown.ends) == (None, None)
    assert "of this film" not in told(match)
