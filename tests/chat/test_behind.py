"""A film is watched behind: its sender's next messages are answered meanwhile."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tests.chat.room import Json, Room, in_room, words
from tests.filmed import filmed
from tests.photographs import encode, photograph, shrunk
from verify.records import Footage

CHINA, FLOWER, COFFEE = (shrunk(photograph(name)) for name in ("china", "flower", "coffee"))


class Held:
    """Films are watched when this is opened. began: how often one was begun with."""

    def __init__(self, patch: pytest.MonkeyPatch, room: Room) -> None:
        self.open, self.began = threading.Event(), 0
        lab = room.desk.sandbox

        def watch(film: bytes | Path) -> Footage | None:
            self.began += 1
            self.open.wait(60)
            return type(lab).watch(lab, film)

        patch.setattr(lab, "watch", watch)


async def answered(room: Room, *wanted: str) -> None:
    """Wait until these words stand in messages of the bot."""

    def told(one: str) -> bool:
        return any(one in words(seen) for seen in room.answers())

    while not all(map(told, wanted)):  # noqa: ASYNC110 - nothing rings
        await asyncio.sleep(0.02)


def strips(room: Room) -> list[Json]:
    return [one for one in room.answers() if words(one).startswith("A film of")]


def test_what_comes_after_a_film_does_not_wait_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @in_room()
    async def talk(room: Room) -> None:
        held = Held(monkeypatch, room)
        for film in (filmed(CHINA, FLOWER), filmed(COFFEE, CHINA)):
            await room.local.send_file(room.you, film, "film.mp4")
        await room.local.send_file(room.you, encode(FLOWER, quality=80), "still.jpg")
        await room.local.send_text(room.you, "/case 3")
        await answered(room, "still.jpg", "looked at from beginning to end")
        assert strips(room) == []
        assert held.began == 1  # of one person's one after the other
        held.open.set()
        await room.settle()
        first, second = strips(room)
        assert [words(one).splitlines()[1] for one in (first, second)] == ["Case 1", "Case 2"]
        told = [words(one) for one in room.answers()]
        assert not any("looked at from beginning to end;" in one for one in told)
        seen = [*room.case(3).exhibits[0].matches, *room.case(3).exhibits[0].later]
        assert {one.earlier_case_id for one in seen} | {one.case_id for one in seen} >= {1}

    talk(home)


def test_a_restart_takes_it_up_again_and_answers_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.chat.inbox._GRACE_SECONDS", 0.1)

    @in_room()
    async def talk(room: Room) -> None:
        held = Held(monkeypatch, room)
        await room.local.send_file(room.you, filmed(CHINA, FLOWER), "film.mp4")
        await answered(room, "looked at from beginning to end")
        threading.Timer(1, held.open.set).start()
        await room.restart()
        await room.settle()
        assert len(strips(room)) == 1
        assert len(room.answers()) == 2

    talk(home)
