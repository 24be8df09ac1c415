"""What an import costs on one desk alone, and on one and two workers.

python -m benchmarks.bulk [PHOTOGRAPHS] [--pictures 1000] [--workers 1 2] [--kills 3] [--seed N]

The same photographs are taken in three times: by a desk alone (on one core, as its import is, and
on all), by one worker and by two, all on this computer, over tcp://127.0.0.1. Each run has a new
home. Of each: pictures a second by the clock, and processor time a picture of the writer (the
desk's process without its lab), of the scheduler and of the workers with their labs. With --kills,
a last run in which a worker's process is killed so often, at random; then what came in is counted:
each picture once.

Efficiency at two workers is by processor time, which other work on the computer does not change:
what one worker's run takes of workers, over what two take, both with writer and scheduler counted
as if they ran beside. By the clock it is told beside it, with the load.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import photographs
from verify.desk import Desk
from verify.jobs.course import Course, carry_out
from verify.jobs.kinds.import_ import Helped, Job
from verify.jobs.messages import Done, Progress, Who, order
from verify.jobs.place import Place

PROGRAM = Path(sys.executable).with_name("verify-desk")
_ME = Who("1", "Noor", "en", "UTC")
_MANY = 100  # workers that are reckoned with


@dataclass
class Run:
    """What one import took, in seconds: by the clock, and of the processor."""

    pictures: int
    clock: float
    writer: float
    scheduler: float = 0.0
    workers: float = 0.0
    load: float = 0.0

    def told(self, name: str) -> str:
        each = 1e3 / self.pictures
        return (
            f"{name:<18}{self.pictures / self.clock:6.2f} pictures/s   ms a picture:"
            f" writer {self.writer * each:6.1f}   scheduler {self.scheduler * each:5.1f}"
            f"   workers {self.workers * each:7.1f}   load {self.load:.1f}"
        )


def used(process: psutil.Process) -> float:
    """Processor time of a process and of all that it started and waited for, or that lives."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Cluster:
    """A scheduler and workers on this computer."""

    def __init__(self, root: Path, workers: int) -> None:
        self.address, self.root = f"tcp://127.0.0.1:{free_port()}", root
        self.processes = [self._started("--serve", self.address, "listens")]
        for _ in range(workers):
            given = (self.address, "--root", str(root), "--cores", "1")
            self.processes.append(self._started(*given, "Joined"))

    def _started(self, *arguments: str) -> psutil.Popen:
        *given, until = arguments
        environment = {"PATH": os.environ["PATH"]}
        process = psutil.Popen(
            [PROGRAM, "work", *given], env=environment, stdout=subprocess.PIPE, text=True
        )
        for line in process.stdout:
            if until in line:
                return process
        raise SystemExit("a process of the cluster did not start")

    def used(self) -> tuple[float, float]:
        """Processor time of the scheduler, and of the workers."""
        scheduler, *workers = (used(one) for one in self.processes)
        return scheduler, sum(workers)

    def kill_one(self, chance: random.Random) -> None:
        """Kill the process of a worker, not what starts it again."""
        found = [
            child
            for one in self.processes[1:]
            for child in one.children()
            if "spawn_main" in " ".join(child.cmdline())
        ]
        if found:
            chance.choice(found).kill()

    def close(self) -> None:
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            try:
                one.wait(20)
            except psutil.TimeoutExpired:
                one.kill()


@contextmanager
def clustered(root: Path, workers: int) -> Iterator[Cluster]:
    found = Cluster(root, workers)
    try:
        yield found
    finally:
        found.close()


def imported(home: Path, pictures: Path, helped: Helped | None, cores: int | None = None) -> int:
    """Import a folder in this process; how many files came in."""
    asked = order("import", Job((Place.of(pictures),), helped=helped), _ME)
    total = 0
    with Desk(home) as desk:
        if cores:
            desk.bulk.workers = cores
        for event in carry_out(desk, asked, Course(asked, beside_others=False)):
            total = max(total, event.total) if isinstance(event, Progress) else total
        assert isinstance(event, Done), event
    return total


def alone(home: Path, pictures: Path, cores: int) -> Run:
    me, began, before = psutil.Process(), time.perf_counter(), psutil.Process().cpu_times()
    everything = _everything(me)
    count = imported(home, pictures, None, cores)
    took = time.perf_counter() - began
    after = me.cpu_times()
    own = after.user + after.system - before.user - before.system
    rest = _everything(me) - everything - own
    return Run(count, took, own, workers=rest, load=os.getloadavg()[0])


def _everything(me: psutil.Process) -> float:
    times = me.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


def helped_by(cluster: Cluster, home: Path, pictures: Path) -> Run:
    helped = Helped(cluster.address, Place.of(cluster.root))
    me, began, own = psutil.Process(), time.perf_counter(), psutil.Process().cpu_times()
    scheduler, workers = cluster.used()
    count = imported(home, pictures, helped)
    took, now = time.perf_counter() - began, me.cpu_times()
    scheduler_now, workers_now = cluster.used()
    return Run(
        count,
        took,
        now.user + now.system - own.user - own.system,
        scheduler_now - scheduler,
        workers_now - workers,
        os.getloadavg()[0],
    )


def killed(cluster: Cluster, home: Path, pictures: Path, kills: int, chance: random.Random) -> None:
    """Import while workers are killed; print what came in."""
    ended, done = threading.Event(), 0

    def kill() -> None:
        nonlocal done
        while done < kills and not ended.wait(chance.uniform(3, 12)):
            cluster.kill_one(chance)
            done += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        count = imported(home, pictures, Helped(cluster.address, Place.of(cluster.root)))
    finally:
        ended.set()
        killer.join()
    with Desk(home, reading=True) as desk:
        [row] = desk.store.rows(
            "SELECT (SELECT count(*) FROM exhibit) AS exhibits,"
            " (SELECT count(*) FROM examination) AS examinations,"
            " (SELECT count(DISTINCT exhibit_id) FROM examination) AS examined,"
            " (SELECT count(*) FROM uncompared) AS left"
        )
        print(
            f"{done} workers killed: of {count} files {row['exhibits']} are in,"
            f" {row['examined']} examined, {row['examinations'] - row['examined']} of them twice,"
            f" {row['left']} left to compare",
            flush=True,
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("photographs", type=Path, nargs="?")
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    print(f"seed {asked.seed}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    found = photographs.find(asked.photographs)
    chosen = chance.sample(found, min(asked.pictures, len(found)))
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        pictures = root / "pictures"
        pictures.mkdir()
        for path in chosen:
            shutil.copyfile(path, pictures / path.name)
        imported(root / "warm", pictures / chosen[0].name, None)  # what is loaded once
        base = alone(root / "alone", pictures, 1)
        print(base.told("one desk alone"), flush=True)
        runs: dict[int, Run] = {}
        for count in asked.workers:
            with clustered(root, count) as cluster:
                runs[count] = helped_by(cluster, root / f"by-{count}", pictures)
            print(runs[count].told(f"{count} worker{'s' * (count > 1)}"), flush=True)
        if {1, 2} <= runs.keys():
            _tell_efficiency(base, runs)
        if asked.kills:
            with clustered(root, 2) as cluster:
                killed(cluster, root / "killed", pictures, asked.kills, chance)


def _tell_efficiency(base: Run, runs: dict[int, Run]) -> None:
    one, two = runs[1], runs[2]
    each = two.workers / two.pictures
    beside = max(two.writer, two.scheduler) / two.pictures
    by_processor = (one.workers + one.writer + one.scheduler) / (
        two.workers + two.writer + two.scheduler
    )
    print(
        f"two workers: {by_processor:.2f} of twice one worker by processor time,"
        f" {one.clock / two.clock / 2:.2f} by the clock;"
        f" {base.clock / two.clock:.2f} times as fast as one desk alone by the clock"
    )
    print(
        f"{_MANY} workers would bring in {min(_MANY / each, 1 / beside):.0f} pictures a second:"
        f" they could {_MANY / each:.0f}, writer and scheduler each on a core of its own"
        f" {1 / beside:.0f}"
    )


if __name__ == "__main__":
    main()
