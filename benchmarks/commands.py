"""Jobs for a desk that is killed: commands of its command line, some of them killed too."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.blots import blots
from benchmarks.losses import Wrong, reading
from benchmarks.processes import family

PROGRAM = Path(sys.executable).with_name("verify-desk")
_AT_ONCE = 2
_FILES = 4  # of one import
_REFUSED = 2
_END_SECONDS = 300.0


@dataclass
class Asked:
    """A command on its way. what: the folder, words or file that it is about."""

    name: str
    what: str
    process: subprocess.Popen[str]
    killed: bool = False


@dataclass
class Commands:
    """Starts them and keeps what must come of each. status: of those that ended by themselves."""

    folder: Path
    home: Path
    random: random.Random
    counts: Counter[str]
    under_way: list[Asked] = field(default_factory=list)
    ended: list[tuple[Asked, str]] = field(default_factory=list)
    number: int = 0
    started: set[tuple[int, str]] = field(default_factory=set)  # by those that were killed

    def stream(self, stop: threading.Event) -> None:
        """Ask for one job after the other until told to stop."""
        while not stop.wait(self.random.random() * 0.5):
            self._collect(wait=False)
            if len(self.under_way) < _AT_ONCE:
                self._ask()
            elif self.random.random() < 0.05:
                self._kill(self.random.choice(self.under_way))

    def after_a_kill(self) -> None:
        """The desk is gone: some commands follow it, the others go on as they can."""
        for asked in self.under_way:
            if self.random.random() < 0.4:
                self._kill(asked)
        if self.random.random() < 0.5:  # else they meet the next desk
            self.settle()

    def settle(self) -> None:
        """Let all come to their end."""
        self._collect(wait=True)

    def _ask(self) -> None:
        self.number += 1
        name = self.random.choice(("import", "claim", "export"))
        what = f"{name} {self.number}"
        arguments = {
            "import": lambda: [str(self._pictures(what))],
            "claim": lambda: ["1", what],
            "export": lambda: ["1", str(self.folder / f"{what}.zip")],
        }[name]()
        process = self.run(name, *arguments)
        self.under_way.append(Asked(name, what, process))
        self.counts[f"jobs: {name}"] += 1

    def run(self, *arguments: str) -> subprocess.Popen[str]:
        """A command beside the desk, or after it."""
        self.folder.mkdir(exist_ok=True)
        return subprocess.Popen(
            [PROGRAM, arguments[0], "--json", *arguments[1:]],
            env={"PATH": os.environ["PATH"], "VERIFY_HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _pictures(self, what: str) -> Path:
        folder = self.folder / what
        folder.mkdir(parents=True)
        for number in range(_FILES):
            (folder / f"{what} {number}.jpg").write_bytes(blots(self.random))
        return folder

    def _kill(self, asked: Asked) -> None:
        if asked.process.poll() is None:
            self.started |= family(asked.process.pid)
            asked.process.send_signal(signal.SIGKILL)
            asked.killed = True
            self.counts["jobs: command killed"] += 1

    def _collect(self, *, wait: bool) -> None:
        left = []
        for asked in self.under_way:
            if wait or asked.process.poll() is not None:
                said, _ = asked.process.communicate(timeout=_END_SECONDS)
                self.ended.append((asked, said))
            else:
                left.append(asked)
        self.under_way = left

    # --- in the end -----------------------------------------------------------------------------

    def compare(self, wrong: Wrong) -> None:
        """Ask for every import once more, then set what is kept against what was asked for."""
        folders = sorted({asked.what for asked, _ in self.ended if asked.name == "import"})
        if folders:
            again = self.run("import", *(str(self.folder / one) for one in folders))
            again.communicate(timeout=_END_SECONDS)
            if again.returncode:
                wrong.jobs.append(f"importing again ended with {again.returncode}")
        desk = reading(self.home / "desk.db")
        bodies = desk.execute("SELECT body FROM submission WHERE service = 'import'").fetchall()
        names = Counter(json.loads(body)["filename"] for (body,) in bodies)
        claims = Counter(text for (text,) in desk.execute("SELECT text FROM claim"))
        unexamined = desk.execute(
            "SELECT count(*) FROM exhibit WHERE id NOT IN (SELECT exhibit_id FROM examination)"
        ).fetchone()[0]
        desk.close()
        wrong.jobs += [f"{unexamined} exhibits are not examined"] * bool(unexamined)
        wrong.doubled += [name for name, count in (names + claims).items() if count > 1]
        for asked, said in self.ended:
            wrong.jobs += self._faults(asked, said, names, claims)
        wrong.strays += [str(path) for path in self.folder.glob(".*")]

    def _faults(
        self, asked: Asked, said: str, names: Counter[str], claims: Counter[str]
    ) -> list[str]:
        done = asked.process.returncode == 0
        self.counts[f"jobs: {asked.name} ended with {asked.process.returncode}"] += 1
        if not asked.killed and asked.process.returncode not in (0, _REFUSED):
            return [f"{asked.what} ended with {asked.process.returncode}"]
        if asked.name == "import":
            wanted = [f"{asked.what} {number}.jpg" for number in range(_FILES)]
            told = [Path(json.loads(line)["file"]).name for line in said.splitlines()]
            lost = [f"{one} is lost" for one in wanted if not names[one]]
            return lost + [f"{asked.what} told {told}"] * (done and told != wanted)
        if asked.name == "claim":
            return [f"{asked.what} is lost"] * (done and not claims[asked.what])
        file = self.folder / f"{asked.what}.zip"
        if not file.exists():
            return [f"{asked.what} is lost"] * done
        try:
            with zipfile.ZipFile(file) as archive:
                return [f"{asked.what} is damaged"] * (archive.testzip() is not None)
        except zipfile.BadZipFile:
            return [f"{asked.what} is half written"]
