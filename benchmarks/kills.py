"""kill -9 at random points: what a desk that is killed again and again has lost.

python -m benchmarks.kills [--rounds 200] [--seconds 600] [--seed N]

Each round starts `verify-desk serve`, sends photos, albums, documents, notes and presses of
buttons as the page does, and kills the process in the middle, now and then while it starts.
Meanwhile commands hand it jobs: imports, claims, exports. Some of these are killed as well; the
others go on with the next desk or without one. In the end the desk is left to finish, and its
tables are set against the chat's and against what was asked for.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.blots import blots
from benchmarks.commands import Commands
from benchmarks.harness import showing
from benchmarks.losses import Wrong, compare, reading, strays
from benchmarks.processes import alive, family
from benchmarks.wrong import exit_status
from tests.visitor import Sealing

PROGRAM = Path(sys.executable).with_name("verify-desk")
_DRAIN_SECONDS = 300.0
_ORPHAN_SECONDS = 60.0
_PROMPTS = frozenset({"Note", "Claim"})  # that ask for words, and take none here


@dataclass
class Run:
    """A desk, who sends to it, and the count of what happened."""

    folder: Path
    random: random.Random
    sent: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    wrong: Wrong = field(default_factory=Wrong)
    acknowledged: list[str] = field(default_factory=list)  # words that the page took
    served: bool = False  # whether a page was let in
    pictures: list[bytes] = field(default_factory=list)
    started: set[tuple[int, str]] = field(default_factory=set)  # by the desks that were killed
    notes: int = 0
    work_seconds: float = 3.0  # at most, before it is killed
    commands: Commands = field(init=False)

    def __post_init__(self) -> None:
        # dice of its own: which come from another thread
        dice = random.Random(self.random.random())
        self.commands = Commands(self.folder / "jobs", self.home, dice, self.sent)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    # --- the process ---

    def start(self) -> subprocess.Popen[str]:
        (self.folder / "tmp").mkdir(exist_ok=True)
        with (self.folder / "errors").open("a") as errors:
            return subprocess.Popen(
                [PROGRAM, "serve", "--json"],
                env={
                    "PATH": os.environ["PATH"],
                    "VERIFY_HOME": str(self.home),
                    "TMPDIR": str(self.folder / "tmp"),
                },
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def kill(self, desk: subprocess.Popen[str], when: str) -> None:
        """SIGKILL. What the process had started must end by itself; `_orphans` looks for it."""
        self.started |= family(desk.pid)
        desk.send_signal(signal.SIGKILL)
        desk.wait()
        self.killed[when] += 1

    @contextlib.contextmanager
    def page(self, address: str) -> Iterator[httpx.Client]:
        """The page's own requests; it is let in by the key of this start."""
        root = address.partition("/#")[0]
        transport = Sealing(httpx.HTTPTransport(trust_env=False))
        with httpx.Client(base_url=root, transport=transport, timeout=120) as page:
            page.get(address)
            self.served = True
            yield page

    # --- what is sent ---

    def stream(self, page: httpx.Client, begun: threading.Event, stop: threading.Event) -> None:
        """Send one thing after the other until the desk is gone."""
        acts = [self.document, self.photo, self.album, self.note, self.note, self.press]
        with contextlib.suppress(httpx.TransportError):
            while not stop.is_set():
                act = self.random.choice(acts)
                act(page)
                self.sent[act.__name__] += 1
                begun.set()
                time.sleep(self.random.random() * 0.03)

    def document(self, page: httpx.Client) -> None:
        self._files(page, 1, as_photo=False)

    def photo(self, page: httpx.Client) -> None:
        self._files(page, 1, as_photo=True)

    def album(self, page: httpx.Client) -> None:
        self._files(page, self.random.randint(2, 4), as_photo=self.random.random() < 0.5)

    def note(self, page: httpx.Client) -> None:
        self.notes += 1
        text = f"Note {self.notes}"
        _post(page, "send", {"text": text})
        self.acknowledged.append(text)

    def press(self, page: httpx.Client) -> None:
        """Any of the buttons that only show something."""
        messages = page.post("/api/messages").json()["messages"]
        bodies = [message.get("body", {}) | {"message_id": message["id"]} for message in messages]
        buttons = showing(bodies, also=_PROMPTS)
        if buttons:
            number, button = self.random.choice(buttons)
            asked = {"message_id": number, "data": button["callback_data"]}
            answer = page.post("/api/press", json=asked)
            if answer.status_code not in (200, 404):  # 404: edited away meanwhile
                answer.raise_for_status()

    def _files(self, page: httpx.Client, count: int, *, as_photo: bool) -> None:
        tokens = []
        for _ in range(count):
            if self.pictures and self.random.random() < 0.1:
                content = self.random.choice(self.pictures)
            else:
                content = blots(self.random)
                self.pictures.append(content)
            answer = page.post("/api/upload?name=picture.jpg&type=image/jpeg", content=content)
            tokens.append(answer.raise_for_status().json()["upload"])
        self.notes += 1
        text = f"Caption {self.notes}"
        _post(page, "send", {"text": text, "uploads": tokens, "as_photo": as_photo})
        self.acknowledged.append(text)

    # --- the rounds ---

    def round(self) -> None:
        """Start, send, kill."""
        desk = self.start()
        assert desk.stdout
        with desk, contextlib.ExitStack() as at_the_end:
            at_the_end.callback(desk.kill)
            if self.served and self.random.random() < 0.125:
                time.sleep(self.random.random() * 2)
                self.kill(desk, "while starting")
                return
            if not (line := desk.stdout.readline()):  # a command works in its place
                self.commands.settle()
                return
            address = json.loads(line)["address"]
            page = at_the_end.enter_context(self.page(address))
            if not self.acknowledged:
                self.document(page)  # notes need a case to stand in
                self.note(page)
            begun, stop = threading.Event(), threading.Event()
            sender = threading.Thread(target=self.stream, args=(page, begun, stop))
            asker = threading.Thread(target=self.commands.stream, args=(stop,))
            sender.start()
            asker.start()
            if self.random.random() < 0.75:
                begun.wait(20)
            time.sleep(self.random.random() * self.work_seconds)
            self.kill(desk, "at work")
            stop.set()
            sender.join()
            asker.join()
            self.commands.after_a_kill()

    def finish(self) -> None:
        """Let the desk work off what is left, stop it, and look."""
        self.commands.settle()
        desk = self.start()
        assert desk.stdout
        with desk:
            try:
                desk.stdout.readline()
                _drained(self.home)
                self.started |= family(desk.pid)
                desk.send_signal(signal.SIGTERM)
                desk.wait(120)
            finally:
                desk.kill()
        self._orphans()
        self.commands.compare(self.wrong)
        compare(self.home, self.acknowledged, self.wrong, self.sent)
        strays(self.home, self.folder / "tmp", self.wrong, self.sent)

    def _orphans(self) -> None:
        """What killed desks had started and still runs after a while."""
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while (left := alive(self.started | self.commands.started)) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.wrong.orphans += [str(pid) for pid in left]


def run(folder: Path, rounds: int, seed: int, seconds: float = 3600) -> tuple[int, Run]:
    """So many rounds, or as many as fit into the seconds. Returns how many, and what was found."""
    kills = Run(folder, random.Random(seed))
    deadline = time.monotonic() + seconds
    done = 0
    while done < rounds and time.monotonic() < deadline:
        kills.round()
        done = sum(kills.killed.values())
    kills.finish()
    return done, kills


def _post(page: httpx.Client, action: str, body: dict[str, Any]) -> None:
    page.post(f"/api/{action}", json=body).raise_for_status()


def _drained(home: Path) -> None:
    """Wait until no update waits, neither at the chat nor in the desk's inbox."""
    deadline = time.monotonic() + _DRAIN_SECONDS
    calm = 0
    while calm < 5 and time.monotonic() < deadline:
        time.sleep(0.1)
        with contextlib.suppress(sqlite3.Error):
            chat, desk = reading(home / "localchat.db"), reading(home / "desk.db")
            (queued,) = chat.execute("SELECT count(*) FROM update_queue").fetchone()
            (waiting,) = desk.execute(
                "SELECT count(*) FROM inbox WHERE done_at IS NULL AND failures < 3"
            ).fetchone()
            chat.close()
            desk.close()
            calm = 0 if queued or waiting else calm + 1


def main() -> None:
    """Print what was sent, how the desk was killed, and what was wrong in the end."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rounds, kills = run(Path(folder), asked.rounds, asked.seed, asked.seconds)
        errors = (Path(folder) / "errors").read_text().splitlines()
    print(f"{rounds} rounds in {time.monotonic() - started:.0f} s")
    for name, count in (*kills.killed.items(), *kills.sent.items()):
        print(f"{name:<28}{count:>8}")
    print(f"{'lines on standard error':<28}{len(errors):>8}")
    for line, count in Counter(line.partition(" ")[2][13:] for line in errors).most_common(8):
        print(f"  {count} x {line[:150]}")
    sys.exit(exit_status(kills.wrong))


if __name__ == "__main__":
    main()
