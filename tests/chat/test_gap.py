"""A desk that was away for longer than Telegram keeps messages: the owners hear of which span."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.chat.room import Room, in_room, words
from verify.chat import gap
from verify.records import Role
from verify.store.database.connection import moment, now, stamp

OWNED = {"VERIFY_OWNERS": "1001", "VERIFY_ZONE": "Asia/Baghdad"}


def last(room: Room) -> str:
    return str(room.desk.store.rows("SELECT at FROM heard")[0]["at"])


async def heard_again(room: Room) -> None:
    """Wait for the next answer to a request for updates, which a message brings about."""
    await room.local.send_text(room.you, "/cases")
    await room.settle()
    await asyncio.sleep(0.05)


def told(room: Room) -> list[str]:
    return [words(one) for one in room.answers() if "24 hours only" in words(one)]


def set_last(room: Room, at: datetime) -> None:
    with room.desk.store.transaction():
        room.desk.store.change("UPDATE heard SET at = ?", (stamp(at),))


async def restarted(room: Room, last_heard: datetime) -> None:
    await room.chat.stop()
    set_last(room, last_heard)
    await room.restart()
    await heard_again(room)


@in_room("telegram", **OWNED)
async def test_owners_hear_once_after_a_start_which_span_may_be_missing(room: Room) -> None:
    await room.say("/start")
    omar = room.local.exchange.store.add_person("Omar", "ar")
    room.desk.team.admit("telegram", str(omar), "Omar", Role.REPORTER)
    since = now() - timedelta(days=3)
    before = now()
    await restarted(room, since)
    (sentence,) = told(room)
    zone = room.chat._door.zone
    assert f"From {since.astimezone(zone):%Y-%m-%d %H:%M} +03:00 to" in sentence
    days = {(one - timedelta(days=1)).astimezone(zone).date() for one in (before, now())}
    assert any(f"to {day}" in sentence for day in days)  # it may have been midnight
    assert moment(last(room)) > now() - timedelta(minutes=1)
    await room.restart()
    await heard_again(room)
    assert len(told(room)) == 1
    assert room.answers(omar) == []


@pytest.mark.parametrize("away", [timedelta(hours=23), timedelta(days=-3), timedelta(days=-9000)])
def test_a_shorter_absence_and_a_clock_set_back_are_no_gap(home: Path, away: timedelta) -> None:
    @in_room("telegram", **OWNED)
    async def talk(room: Room) -> None:
        await room.say("/start")
        await restarted(room, now() - away)
        assert told(room) == []
        assert abs(moment(last(room)) - now()) < timedelta(minutes=1)

    talk(home)


def test_a_lid_closed_for_days_is_a_gap_whatever_the_clock_says(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @in_room("telegram", **OWNED)
    async def talk(room: Room) -> None:
        await room.say("/start")
        monkeypatch.setattr(gap, "now", _later(now, days=-400))
        await heard_again(room)
        monkeypatch.setattr(gap, "now", _later(now, days=300))
        await heard_again(room)
        assert told(room) == []  # clocks are set; no time went by
        ran = gap.elapsed
        monkeypatch.setattr(gap, "elapsed", lambda: ran() + 50 * 3600)
        monkeypatch.setattr(gap, "now", now)
        before = now()
        await heard_again(room)
        (sentence,) = told(room)
        zone, away = room.chat._door.zone, timedelta(hours=50)
        hours = {f"{(one - away).astimezone(zone):%Y-%m-%d %H}" for one in (before, now())}
        assert any(f"From {hour}" in sentence for hour in hours)

    talk(home)


def _later(clock: Callable[[], datetime], days: int) -> Callable[[], datetime]:
    return lambda: clock() + timedelta(days=days)


@in_room()
async def test_the_local_chat_keeps_everything_and_says_nothing(room: Room) -> None:
    await room.say("/start")
    assert room.desk.store.rows("SELECT 1 FROM heard") == []
