"""A disk that fills up under a running chat: who sends gets a sentence or an answer."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chat.room import Room, words
from verify.errors import DiskRefused

_MIB = 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MiB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "none", folder]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights that are not there")
    yield folder
    subprocess.run(["umount", folder], check=True)


def fill(disk: Path, free: int) -> None:
    """Leave so many bytes on the disk."""
    (disk / "filler").unlink(missing_ok=True)
    left = int(subprocess.check_output(["df", "-B1", "--output=avail", disk]).split()[-1])
    with (disk / "filler").open("wb", buffering=0) as file:
        file.write(bytes(max(0, left - free)))


def test_who_sends_while_the_disk_is_full_gets_a_sentence_or_an_answer(disk: Path) -> None:
    async def talk() -> None:
        room = await Room(disk / "home", "localchat").enter()
        try:
            (cases,) = await room.say("/cases")
            own = room.own()[0]["message_id"]
            silent: list[tuple[int, int]] = []
            refused = answered = 0
            for free in (0, 5_000, 200_000, 2 * _MIB, 12 * _MIB, 17 * _MIB, 20 * _MIB):
                fill(disk, free)
                for number in range(10):
                    try:
                        if number % 5 == 0:
                            await room.local.send_file(room.you, bytes(3 * _MIB), "a.bin")
                        elif number % 5 == 1:
                            await room.edit(own, f"/cases {number}")
                            continue
                        else:
                            answers = await asyncio.wait_for(room.say("/cases"), 240)
                            answered += bool(answers)
                            if not answers:
                                silent.append((free, number))
                    except DiskRefused as error:
                        assert error.sentence.template.startswith("The disk is full.")
                        refused += 1
            assert silent == []
            assert refused >= 50 - 5
            assert answered >= 10
            fill(disk, 48 * _MIB)
            assert [words(one) for one in await room.say("/cases")] == [words(cases)]
        finally:
            await room.leave()

    asyncio.run(talk())
