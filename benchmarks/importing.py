"""What an import costs, and what it costs those who wait in the chat meanwhile.

python -m benchmarks.importing [--pictures 3000] [--photographs 20] [--workers 1 2] [--alone 100]

First `--alone` pictures are taken into a new desk by each number of workers: pictures a second,
and processor time a picture. Then a desk serves its local chat and gets `--photographs` one by
one, first at rest, then while `verify-desk import` brings `--pictures` in through its socket: the
time from sending a photograph to the end of the answer, in the middle and for nine in ten. Pictures
are drawn: each has edges and corners enough for the local features, and is like no other.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from telegram import Update

from verify.chat.application import Chat, build
from verify.config import read_config
from verify.desk import Desk
from verify.jobs.course import Course, carry_out
from verify.jobs.door import open_door
from verify.jobs.kinds.import_ import Job
from verify.jobs.messages import Done, Who, order
from verify.jobs.place import Place
from verify.localchat import LocalChat

PROGRAM = Path(sys.executable).with_name("verify-desk")
_SIZE = (640, 480)
_SHAPES = 250
_PAUSE_SECONDS = 1.0
_WARM = 3  # photographs before those that count


def drawn(chance: random.Random) -> bytes:
    """A JPEG of shapes laid over each other."""
    picture = Image.new("RGB", _SIZE, _colour(chance))
    brush = ImageDraw.Draw(picture)
    for _ in range(_SHAPES):
        x, y = chance.randrange(_SIZE[0]), chance.randrange(_SIZE[1])
        points = [(x + chance.gauss(0, 30), y + chance.gauss(0, 30)) for _ in range(4)]
        brush.polygon(points, fill=_colour(chance))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()


def _colour(chance: random.Random) -> tuple[int, int, int]:
    return chance.randrange(256), chance.randrange(256), chance.randrange(256)


def _folder(folder: Path, count: int, chance: random.Random) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:05}.jpg").write_bytes(drawn(chance))
    return folder


def _seconds() -> float:
    """Processor time of this process and of what it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def alone(home: Path, pictures: Path, workers: int) -> tuple[float, float]:
    """Import a folder; seconds, and seconds of processor time, a picture."""
    asked = order("import", Job((Place.of(pictures),)), Who("1", "Noor", "en", "UTC"))
    count = sum(1 for _ in pictures.iterdir())
    began, used = time.perf_counter(), _seconds()
    with Desk(home) as desk:
        desk.bulk.workers = workers
        *_, last = carry_out(desk, asked, Course(asked, beside_others=False))
        assert isinstance(last, Done)
    return (time.perf_counter() - began) / count, (_seconds() - used) / count


class Chatting:
    """A desk behind its local chat, and the end of each answer."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._answered: dict[int, asyncio.Event] = {}

    async def measure(
        self, photographs: list[bytes], pictures: Path
    ) -> tuple[list[float], list[float]]:
        """Seconds for each photograph at rest, and while the pictures come in."""
        with Desk(self._home) as desk, open_door(desk, self._home):
            chat = LocalChat(self._home, desk.sandbox)
            await chat.start()
            bot = build(
                read_config({"VERIFY_HOME": str(self._home)}),
                desk,
                token=chat.token,
                owners=frozenset({chat.you}),
                service="localchat",
                base_url=chat.address,
            )
            await bot.start()
            self._listen(bot)
            try:
                half = (len(photographs) + _WARM) // 2
                rest = [await self._sent(chat, one) for one in photographs[:half]][_WARM:]
                busy = await self._beside(chat, photographs[half:], pictures)
            finally:
                await bot.stop()
                await chat.stop()
        return rest, busy

    async def _beside(
        self, chat: LocalChat, photographs: list[bytes], pictures: Path
    ) -> list[float]:
        environment = {"PATH": os.environ["PATH"], "VERIFY_HOME": str(self._home)}
        importing = await asyncio.create_subprocess_exec(
            PROGRAM,
            "import",
            "--json",
            pictures,
            env=environment,
            stdout=subprocess.PIPE,
            limit=1 << 24,
        )
        assert importing.stdout
        await importing.stdout.readline()
        counting = asyncio.create_task(_lines(importing.stdout))
        began, found = time.perf_counter(), []
        for one in photographs:
            if importing.returncode is not None:
                break
            found.append(await self._sent(chat, one))
            await asyncio.sleep(_PAUSE_SECONDS)
        took = time.perf_counter() - began
        if importing.returncode is None:
            importing.terminate()
        count = await counting
        print(f"meanwhile {count} pictures came in within {took:.0f} s", flush=True)
        await importing.wait()
        return found

    async def _sent(self, chat: LocalChat, content: bytes) -> float:
        began = time.perf_counter()
        message = await chat.send_file(chat.you, content, "photograph.jpg", as_photo=False)
        done = self._answered.setdefault(message["message_id"], asyncio.Event())
        await asyncio.wait_for(done.wait(), 300)
        return time.perf_counter() - began

    def _listen(self, bot: Chat) -> None:
        inner = bot.inbox._process

        async def heard(update: Update) -> None:
            await inner(update)
            if update.message:
                number = update.message.message_id
                self._answered.setdefault(number, asyncio.Event()).set()

        bot.inbox._process = heard


async def _lines(stream: asyncio.StreamReader) -> int:
    count = 1
    while await stream.readline():
        count += 1
    return count


def _say(name: str, seconds: list[float]) -> float:
    middle, most = np.median(seconds), np.quantile(seconds, 0.9)
    print(f"{name:<24}{len(seconds):>4} photographs, answered in {middle:.2f} s in the middle,"
          f" nine in ten within {most:.2f} s", flush=True)  # fmt: skip
    return float(middle)


def main() -> None:
    """Print the figures; the exit status is 1 when the chat waits 1.5 times as long or longer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pictures", type=int, default=3000)
    parser.add_argument("--photographs", type=int, default=20)
    parser.add_argument("--alone", type=int, default=100)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}, {os.cpu_count()} cores", flush=True)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.workers:
            few = _folder(folder / "few", asked.alone, chance)
        for workers in asked.workers:
            wall, used = alone(folder / f"alone-{workers}", few, workers)
            print(f"{workers} workers: {1 / wall:.2f} pictures a second,"
                  f" {used * 1e3:.0f} ms of processor time each", flush=True)  # fmt: skip
        if not asked.photographs:
            return
        photographs = [drawn(chance) for _ in range(2 * asked.photographs + _WARM)]
        pictures = _folder(folder / "many", asked.pictures, chance)
        home = folder / "home"
        rest, busy = asyncio.run(Chatting(home).measure(photographs, pictures))
        ratio = _say("during an import", busy) / _say("at rest", rest)
    print(f"during an import they wait {ratio:.2f} times as long")
    sys.exit(ratio >= 1.5)


if __name__ == "__main__":
    main()
