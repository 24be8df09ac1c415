"""A busy day: thousands of pictures in albums and bursts from many people at once.

python -m benchmarks.growth [FOLDER] [--pictures 5000] [--people 20] [--seconds 3600] [--seed N]

The real bot is behind the local Bot API over HTTP on 127.0.0.1. Pictures are those of a folder,
shrunk, or are drawn here; one in twenty was sent before by somebody. A person sends albums of two
to ten, bursts of single files, photos and notes, and the next as soon as fewer than `_AHEAD` of
theirs wait. Printed every minute: pictures done, memory, longest wait; in the end what was lost,
what was answered out of order, and for each person the longest wait from sending to the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import itertools
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image
from telegram import Update

from benchmarks.blots import blots
from benchmarks.harness import custody, office
from benchmarks.wrong import exit_status
from verify.chat.application import Chat
from verify.desk import Desk
from verify.localchat import LocalChat

_AHEAD = 12  # so many files of one person may wait
_SIDE = 320
_AGAIN = 0.05
_STILL_SECONDS = 300.0
_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


@dataclass
class Wrong:
    """What must be empty in the end. starved: waited more than ten times the median person."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    starved: list[str] = field(default_factory=list)
    custody: list[str] = field(default_factory=list)


@dataclass
class Person:
    """Somebody who sends. sent, answered: their files' messages, and when, in that order."""

    id: int
    sent: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)

    @property
    def waiting(self) -> set[int]:
        """The messages without an answer."""
        return self.sent.keys() - self.answered.keys()

    @property
    def waits(self) -> list[float]:
        """Seconds from sending to the answer, or until now."""
        now = time.monotonic()
        return [self.answered.get(number, now) - at for number, at in self.sent.items()]

    @property
    def longest(self) -> float:
        """The longest of them."""
        return max(self.waits, default=0.0)


@dataclass
class Run:
    """A desk, the people who send to it, and what was measured."""

    home: Path
    pictures: Iterator[bytes]
    random: random.Random
    people: list[Person] = field(default_factory=list)
    wrong: Wrong = field(default_factory=Wrong)
    memory: list[int] = field(default_factory=list)  # MiB, all processes, a value a minute
    known: list[bytes] = field(default_factory=list)
    left: int = 0
    sent: int = 0

    @property
    def done(self) -> int:
        """How many were answered."""
        return sum(len(one.answered) for one in self.people)

    async def day(self, people: int, seconds: float) -> None:
        """Send everything, or what fits into the seconds; wait for the answers; look."""
        deadline = time.monotonic() + seconds
        async with office(self.home, people) as opened:
            await opened.chat.start()
            self.people = [Person(one) for one in opened.people]
            bot = opened.bot(self.home)
            await bot.start()
            self._listen(bot)
            watching = asyncio.create_task(self._watch())
            try:
                sending = [self._send(opened.chat, one, deadline) for one in self.people]
                await asyncio.gather(*sending)
                await self._settled()
                await bot.inbox.idle()
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
                await bot.stop()
                self._compare(opened.desk)
        self.wrong.custody += custody(self.home)

    async def _send(self, chat: LocalChat, person: Person, deadline: float) -> None:
        while self.left > 0 and time.monotonic() < deadline:
            if len(person.waiting) >= _AHEAD:
                await asyncio.sleep(0.1)
                continue
            album = self.random.random() < 0.5
            count = min(
                self.random.randint(2, 10) if album else self.random.randint(1, 5), self.left
            )
            self.left -= count
            files = [(self._picture(), f"{person.id}-{self.sent + n}.jpg") for n in range(count)]
            photo = self.random.random() < 0.5
            for part in [files] if album else [[file] for file in files]:
                if album:
                    sent = await chat.send_album(person.id, part, as_photo=photo)
                else:
                    sent = [await chat.send_file(person.id, *part[0], as_photo=photo)]
                person.sent |= {one["message_id"]: time.monotonic() for one in sent}
            self.sent += count
            if self.random.random() < 0.2:
                await chat.send_text(person.id, f"A note after {self.sent}")

    def _picture(self) -> bytes:
        if self.known and self.random.random() < _AGAIN:
            return self.random.choice(self.known)
        self.known = [*self.known[-99:], next(self.pictures)]
        return self.known[-1]

    def _listen(self, bot: Chat) -> None:
        """Note when each file's update was worked off, which is after its answer."""
        by_id, inner = {one.id: one for one in self.people}, bot.inbox._process

        async def heard(update: Update) -> None:
            await inner(update)
            message = update.message
            if message and not message.text:
                by_id[message.chat_id].answered[message.message_id] = time.monotonic()

        bot.inbox._process = heard

    async def _watch(self) -> None:
        """A line a minute."""
        for minute in itertools.count(1):
            await asyncio.sleep(60)
            self.memory.append(await asyncio.to_thread(_memory))
            longest = max(one.longest for one in self.people)
            print(f"minute {minute:>3}: {self.done} of {self.sent} pictures done,"
                  f" {self.memory[-1]} MiB, longest wait {longest:.1f} s", flush=True)  # fmt: skip

    async def _settled(self) -> None:
        """Wait until nobody waits, or until nothing was done for a while."""
        done, deadline = -1, 0.0
        while any(one.waiting for one in self.people):
            if self.done > done:
                done, deadline = self.done, time.monotonic() + _STILL_SECONDS
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(0.25)

    def _compare(self, desk: Desk) -> None:
        rows = desk.store.rows("SELECT chat_id, message_id FROM submission")
        kept = {(row[0], row[1]) for row in rows}
        for one in self.people:
            self.wrong.lost += [f"{one.id}: {number}" for number in one.waiting]
            if list(one.answered) != sorted(one.answered):
                self.wrong.disordered.append(str(one.id))
        if len(kept) != len(rows):
            self.wrong.doubled.append(f"{len(rows) - len(kept)} submissions")
        if len(kept) < self.sent:
            self.wrong.lost.append(f"{self.sent - len(kept)} submissions")
        usual = float(np.median([one.longest for one in self.people]))
        self.wrong.starved += [str(one.id) for one in self.people if one.longest > 10 * usual]


def _memory() -> int:
    """MiB that this process and all below it hold for themselves and share, in proportion."""
    total, waiting = 0, [os.getpid()]
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields_[1]), []).append(int(stat.parent.name))
    while waiting:
        pid = waiting.pop()
        waiting += parents.get(pid, [])
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total // 1024


def drawn(chance: random.Random) -> Iterator[bytes]:
    """Pictures like no other, without end: soft blots of colour."""
    while True:
        yield blots(chance, (_SIDE, 240))


def shrunk(folder: Path) -> Iterator[bytes]:
    """The pictures of a folder, no side longer than `_SIDE`; from the start again at the end."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    for path in itertools.cycle(paths):
        with Image.open(path) as picture:
            small = picture.convert("RGB")
        small.thumbnail((_SIDE, _SIDE))
        yield _jpeg(small)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=85)
    return file.getvalue()


def run(
    home: Path, pictures: Iterator[bytes], count: int, people: int, seed: int, seconds: float = 3600
) -> Run:
    """So many pictures, or as many as fit into the seconds, and what was wrong in the end."""
    growth = Run(home, pictures, random.Random(seed), left=count)
    asyncio.run(growth.day(people, seconds))
    return growth


def main() -> None:
    """Print the figures; the exit status is 1 when anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, default=5000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    logging.disable(logging.ERROR)
    pictures = shrunk(asked.folder) if asked.folder else drawn(random.Random(asked.seed))
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        growth = run(home, pictures, asked.pictures, asked.people, asked.seed, asked.seconds)
    taken = time.monotonic() - started
    print(f"{growth.done} pictures from {asked.people} people in {taken:.0f} s,"
          f" {growth.done / taken:.2f} a second")  # fmt: skip
    for one in growth.people:
        if one.sent:
            print(f"person {one.id}: {len(one.sent)} pictures, waited {np.median(one.waits):.1f} s"
                  f" in the middle, {one.longest:.1f} s at most")  # fmt: skip
    sys.exit(exit_status(growth.wrong))


if __name__ == "__main__":
    main()
