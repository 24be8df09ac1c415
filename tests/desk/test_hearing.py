"""A sound that was heard before is told, with its times, under whatever pictures it came."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.photographs import photograph
from tests.sounding import RATE, filmed_with, recorded, street
from tests.submissions import arrived
from verify.desk import Desk
from verify.language import Reader, plain
from verify.records import ExhibitReport, Person, Role
from verify.wording.sounds import told

CHINA, FLOWER = (photograph(name).resize((160, 106)) for name in ("china", "flower"))
LONG = street(1, 24)
PART = LONG[8 * RATE : 18 * RATE]
ENGLISH = Reader("en", ZoneInfo("UTC"))

Came = Callable[[bytes], ExhibitReport]


@pytest.fixture
def came(desk: Desk, noor: Person) -> Came:
    """Hands a file in, has it examined and listened to; what is known of it then."""

    def hand_in(file: bytes) -> ExhibitReport:
        receipt = desk.receiving.receive(noor, arrived(), file)
        desk.examining.examine(noor, receipt.exhibit_id)
        desk.hearing.hear(noor, receipt.exhibit_id)
        return desk.reports.exhibit(noor, receipt.case_id, receipt.exhibit_id)

    return hand_in


def lines(exhibit: ExhibitReport) -> list[str]:
    return [plain(line, ENGLISH) for line in told(exhibit)]


def test_a_film_with_the_sound_of_another_is_told_with_the_times_of_both(
    desk: Desk, noor: Person, came: Came
) -> None:
    first = came(filmed_with(LONG, CHINA))
    second = came(filmed_with(np.concatenate([street(2, 4), PART]), FLOWER))
    assert lines(first) == [] and not second.matches
    assert lines(second) == [
        "The sound from 0:04 to 0:13 was heard before, under other pictures: 0:08 to 0:17 of a film"
        f" in case {first.case_id}"
    ]
    (passage,) = second.heard[0].passages
    assert passage.begins == pytest.approx(4, abs=0.5)
    assert passage.earlier_begins - passage.begins == pytest.approx(4, abs=0.1)
    assert passage.speed == pytest.approx(1, abs=0.003)
    now = desk.reports.exhibit(noor, first.case_id, first.exhibit_id)
    assert lines(now) == [f"Its sound was heard again later: case {second.case_id}"]
    assert not desk.hearing.hear(noor, second.exhibit_id)  # that is done


def test_of_a_film_whose_pictures_match_as_well_the_sound_is_not_told_apart(came: Came) -> None:
    came(filmed_with(LONG, CHINA))
    again = came(filmed_with(PART, CHINA))
    assert again.matches and again.heard and lines(again) == []


def test_recordings_and_films_find_each_other(came: Came) -> None:
    note = came(recorded(PART))
    film = came(filmed_with(LONG, CHINA))
    later = came(recorded(LONG, "mp3", "libmp3lame", 44100))
    (unheard,) = lines(note)
    assert unheard.startswith("Its sound was not heard at this desk before.")
    assert lines(film) == [
        "The sound from 0:08 to 0:17 was heard before: 0:00 to 0:09 of a recording in case"
        f" {note.case_id}"
    ]
    assert [one.earlier_film for one in later.heard] == [False, True]


def test_a_faster_copy_is_told_with_its_speed(came: Came) -> None:
    came(recorded(LONG))
    fast = np.interp(np.arange(0, len(LONG) - 1, 1.06), np.arange(len(LONG)), LONG)
    (line,) = lines(came(recorded(fast.astype(np.float32))))
    assert line.endswith("in case 1 (at 1.06 times its speed)")


def test_silence_is_said_and_matches_nothing(came: Came) -> None:
    silence = np.zeros(10 * RATE, np.float32)
    for pictures in (CHINA, FLOWER):
        assert lines(came(filmed_with(silence, pictures))) == [
            "It has a sound track, in which nothing can be heard."
        ]


def test_a_case_that_is_closed_to_the_reader_is_not_named(
    desk: Desk, noor: Person, came: Came
) -> None:
    secret = came(recorded(LONG))
    desk.casework.close_to_others(noor, secret.case_id, True)
    other = came(recorded(PART))
    ben = desk.team.admit("telegram", "8", "Ben", Role.REPORTER)
    assert other.heard
    assert desk.reports.exhibit(ben, other.case_id, other.exhibit_id).heard == ()


def test_what_is_wiped_is_heard_no_more(desk: Desk, noor: Person, came: Came) -> None:
    first, second = came(recorded(LONG)), came(recorded(PART))
    assert second.heard
    desk.wiping.wipe(noor, first.case_id)
    assert desk.reports.exhibit(noor, second.case_id, second.exhibit_id).heard == ()
    assert came(recorded(LONG[: 20 * RATE])).heard[0].earlier_exhibit_id == second.exhibit_id


def test_what_an_earlier_version_never_heard_is_heard_with_the_rest(
    desk: Desk, noor: Person
) -> None:
    kept = [desk.receiving.receive(noor, arrived(), recorded(one)) for one in (LONG, PART)]
    for one in kept:
        desk.examining.examine(noor, one.exhibit_id)
    assert len([*desk.hearing.hear_rest(noor)]) == 2
    assert [*desk.hearing.hear_rest(noor)] == []
    assert desk.hearing.heard(noor, kept[1].exhibit_id)
    assert len([*desk.hearing.hear_rest(noor, again=True)]) == 2
    (heard,) = desk.hearing.heard(noor, kept[0].exhibit_id)
    assert (heard.exhibit_id, heard.earlier_exhibit_id) == (kept[1].exhibit_id, kept[0].exhibit_id)
