"""How much one person may send: a burst waits and loses nothing, a day ends in a sentence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chat.room import Room, in_room, words
from tests.photographs import encode, photograph, shrunk
from verify.records import Role
from verify.store.database.connection import now, stamp

SMALL = shrunk(photograph("china"))
PICTURES = [encode(SMALL, quality=quality) for quality in (60, 70, 80)]


def test_a_burst_waits_is_told_so_and_loses_nothing_in_a_restart(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.inbox._GRACE_SECONDS", 0.1)

    @in_room(VERIFY_FILES_A_MINUTE="2")
    async def talk(room: Room) -> None:
        for picture in PICTURES:
            await room.local.send_file(room.you, picture, "a.jpg")
        while not waiting(room):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert len(room.desk.store.rows("SELECT 1 FROM submission")) == 2
        await room.chat.stop()
        with room.desk.store.transaction():  # two minutes pass
            past = stamp(now() - timedelta(minutes=2))
            room.desk.store.change("UPDATE submission SET received_at = ?", (past,))
        await room.restart()
        assert [len(room.case(number).exhibits) for number in (1, 2, 3)] == [1, 1, 1]
        assert len(waiting(room)) == 1

    talk(home)


@in_room(VERIFY_FILES_A_MINUTE="1", VERIFY_MB_A_DAY="1")
async def test_nobody_waits_for_what_came_while_the_clock_was_ahead(room: Room) -> None:
    await room.send(encode(SMALL) + bytes(900_000))
    with room.desk.store.transaction():  # the clock is set right again
        ahead = stamp(now() + timedelta(days=400))
        room.desk.store.change("UPDATE submission SET received_at = ?", (ahead,))
    (answer, *_) = await room.send(PICTURES[0] + bytes(900_000))
    assert "Case 2" in words(answer)


def waiting(room: Room) -> list[str]:
    """The messages that say that files wait."""
    return [words(one) for one in room.answers() if "2 files a minute" in words(one)]


@in_room(VERIFY_MB_A_DAY="1")
async def test_a_day_ends_in_a_sentence_also_after_a_restart(room: Room) -> None:
    noise = encode(photograph("china"), quality=95) + bytes(700_000)
    await room.send(noise)
    for _ in range(2):
        (told,) = await room.send(noise + b"1")
        assert "takes 1 MB within 24 hours. This file was not kept" in words(told)
        await room.chat.stop()
        await room.restart()
    assert len(room.case(1).sightings) == 1
    (answer,) = await room.say("a note goes on")
    assert "Noted in case 1" in words(answer)


@in_room(VERIFY_MB_A_DAY="1")
async def test_a_file_larger_than_a_day_is_not_told_to_come_tomorrow(room: Room) -> None:
    (told,) = await room.send(encode(photograph("china"), quality=95) + bytes(1_000_000))
    assert "This file alone is larger than what this desk takes" in words(told)
    assert "1 MB" in words(told)
    assert "tomorrow" not in words(told)


@in_room("telegram", VERIFY_OWNERS="1001", VERIFY_MB_A_DAY="1")
async def test_owners_hear_once_a_day_of_a_person_whose_day_is_full(room: Room) -> None:
    omar = room.local.exchange.store.add_person("Omar <b>", "en")
    await room.say("/start")
    room.desk.team.admit("telegram", str(omar), "Omar <b>", Role.REPORTER)
    noise = encode(photograph("china"), quality=95) + bytes(700_000)

    def heard() -> list[str]:
        return [words(one) for one in room.answers() if "as much as this desk takes" in words(one)]

    await room.send(noise, "secret.jpg", by=omar)
    assert heard() == []
    for _ in range(2):
        await room.send(noise + b"1", "secret.jpg", by=omar)
        (told,) = heard()
        assert told.startswith("Omar <b> has sent as much as this desk takes from one person")
        assert "secret" not in told
        await room.restart()
    with room.desk.store.transaction():  # a day passes
        room.desk.store.change("UPDATE sent SET step = replace(step, ' on ', ' on 1')")
    await room.send(noise + b"1", "secret.jpg", by=omar)
    assert len(heard()) == 2


@in_room("telegram", VERIFY_OWNERS="1001 1002", VERIFY_MB_A_DAY="1")
async def test_one_persons_files_take_nothing_from_another(room: Room) -> None:
    noise = encode(photograph("china"), quality=95) + bytes(700_000)
    other = room.local.exchange.store.add_person("Omar", "en")
    await room.send(noise)
    answers = await room.send(noise + b"1", by=other)
    assert not any("not kept" in words(answer) for answer in answers)
