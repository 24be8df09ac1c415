"""What an import of posts with real photographs costs: its own run, and the second pass behind it.

python -m benchmarks.archive_import FOLDER [--posts 10000] [--pictures 10000] [--seed N]

Photographs of the folder are made into the exports of a made-up world (`benchmarks.world`): four
channels that post, copy, crop and forward them, a group and a downloaded channel, filled up with
posts of words alone. Printed are, for the first pass, posts and pictures a second, and the
processor time a picture beyond decoding it, of the desk and its children; for the second pass the
same without that; what of the pictures is known as a copy or a part of another; the peak of memory
of the desk and of the largest child; and how large the desk's file became.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from benchmarks import world
from verify.desk import Desk
from verify.jobs.course import Course, carry_out
from verify.jobs.kinds.import_ import Job
from verify.jobs.messages import Refused, Who, order
from verify.jobs.place import Place

_SAMPLE = 200  # pictures of which the decoding is timed


def make(folder: Path, photographs: Path, posts: int, pictures: int, seed: int) -> dict[str, int]:
    """Write the exports. In a process of its own, whose memory is not the desk's."""
    chance = random.Random(seed)
    found = sorted(photographs.glob("*.jpg"))
    wanted = world.photographs_for(pictures)
    chosen = chance.sample(found, min(wanted, len(found)))
    return world.build(folder, [one.read_bytes() for one in chosen], posts, chance)


def decoding(pictures: Sequence[Path]) -> float:
    """Seconds of processor time that decoding a picture takes, by Pillow as the lab does."""
    contents = [one.read_bytes() for one in pictures]
    began = time.process_time()
    for content in contents:
        with Image.open(io.BytesIO(content)) as picture:
            picture.convert("RGB")
    return (time.process_time() - began) / max(1, len(contents))


def _used() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak(who: int) -> float:
    """MiB."""
    return resource.getrusage(who).ru_maxrss / 1024


class Clock:
    """Seconds by the clock and of processor time since it began."""

    def __init__(self) -> None:
        self._began, self._used = time.perf_counter(), _used()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self._began, _used() - self._used


def first_pass(desk: Desk, channels: Path) -> None:
    """As a desk that stands imports. The second pass does not begin."""
    asked = order("import", Job((Place.of(channels),)), Who("1", "Noor", "en", "UTC"))
    for event in carry_out(desk, asked, Course(asked, beside_others=True)):
        if isinstance(event, Refused):
            raise RuntimeError(event.sentence.template)


def known(desk: Desk) -> int:
    """How many exhibits are matched with another."""
    [row] = desk.store.rows(
        "SELECT count(DISTINCT v.exhibit_id) AS n FROM view v JOIN match m"
        " ON m.view_id = v.id OR m.earlier_view_id = v.id"
    )
    return int(row["n"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as made:
        report(asked, Path(made))


def report(asked: argparse.Namespace, folder: Path) -> None:
    """Make the world, take it in, compare it; print what that cost."""
    channels, home = folder / "channels", folder / "home"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        given = (channels, asked.folder, asked.posts, asked.pictures, asked.seed)
        count = pool.apply(make, given)
    files = sorted(channels.rglob("*.jpg"))
    print(f"{max(asked.posts, sum(count.values()))} posts, {len(files)} pictures:", count)
    decoded = decoding(files[:: max(1, len(files) // _SAMPLE)])
    print(f"decoding {1000 * decoded:.1f} ms a picture", flush=True)
    home.mkdir(mode=0o700)
    with Desk(home) as desk:
        clock = Clock()
        first_pass(desk, channels)
        seconds, used = clock.read()
        each = 1000 * (used / len(files) - decoded)
        print(
            f"first pass {seconds:.0f} s: {asked.posts / seconds:.1f} posts and"
            f" {len(files) / seconds:.2f} pictures a second, {each:.0f} ms of processor time a"
            " picture beyond decoding",
            flush=True,
        )
        clock = Clock()
        distinct = sum(1 for _ in desk.second_pass.rest())
        seconds, used = clock.read()
        print(
            f"second pass {seconds:.0f} s: {distinct / seconds:.2f} pictures a second,"
            f" {1000 * used / max(1, distinct):.0f} ms of processor time a picture"
        )
        print(f"of {distinct} different pictures {known(desk)} show another, or are shown by one")
    size = sum(one.stat().st_size for one in home.glob("desk.db*")) / 2**20
    print(f"peak of memory {_peak(resource.RUSAGE_SELF):.0f} MiB, largest child", end=" ")
    print(f"{_peak(resource.RUSAGE_CHILDREN):.0f} MiB; desk.db {size:.0f} MiB")
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"load average {load} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
