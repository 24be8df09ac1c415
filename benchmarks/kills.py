"""kill -9 at random points: what a desk that is killed again and again has lost.

python -m benchmarks.kills [--rounds 200] [--seconds 600] [--seed N]

Each round starts `verify-desk serve`, sends photos, albums, documents, notes and presses of
buttons as the page does, and kills the process in the middle, now and then while it starts.
In the end the desk is left to finish, and its tables are set against the chat's.
"""

from __future__ import annotations

import argparse
import contextlib
import io
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
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from PIL import Image

from verify.store.audit import audit
from verify.store.home import Home

PROGRAM = Path(sys.executable).with_name("verify-desk")
_KEPT = (
    "desk.db",
    "desk.lock",
    "desk.pid",
    "localchat.db",
    "localchat",
    "vault",
    "local-features-",
)
_DRAIN_SECONDS = 300.0
_ORPHAN_SECONDS = 15.0
_SHOWING = {
    "Checklist",
    "Details",
    "Back to the examination",
    "Next item ›",
    "Note",
    "Claim",
    "Matches",
}


@dataclass
class Wrong:
    """What must be empty or zero at the end."""

    lost: list[str] = field(default_factory=list)  # the page took it, the desk does not have it
    doubled: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    custody: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


@dataclass
class Run:
    """A desk, who sends to it, and the count of what happened."""

    folder: Path
    random: random.Random
    sent: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    wrong: Wrong = field(default_factory=Wrong)
    acknowledged: list[str] = field(default_factory=list)  # words that the page took
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    pictures: list[bytes] = field(default_factory=list)
    started: set[tuple[int, str]] = field(default_factory=set)  # by the desks that were killed
    notes: int = 0

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
        self.started |= _family(desk.pid)
        desk.send_signal(signal.SIGKILL)
        desk.wait()
        self.killed[when] += 1

    @contextlib.contextmanager
    def page(self, address: str) -> Iterator[httpx.Client]:
        """The page's own requests. The first key opens a session that outlives the kills."""
        root = address.partition("/?")[0]
        headers = {"Origin": root}
        with httpx.Client(
            base_url=root, cookies=self.cookies, headers=headers, trust_env=False, timeout=30
        ) as page:
            if not self.cookies:
                page.get(address)
                self.cookies = page.cookies
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
        messages = page.get("/api/messages").json()["messages"]
        buttons = [
            (message["id"], button["callback_data"])
            for message in messages
            for row in message.get("body", {}).get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
            if button["text"].strip() in _SHOWING
        ]
        if buttons:
            number, data = self.random.choice(buttons)
            answer = page.post("/api/press", json={"message_id": number, "data": data})
            if answer.status_code not in (200, 404):  # 404: edited away meanwhile
                answer.raise_for_status()

    def _files(self, page: httpx.Client, count: int, *, as_photo: bool) -> None:
        tokens = []
        for _ in range(count):
            if self.pictures and self.random.random() < 0.1:
                content = self.random.choice(self.pictures)
            else:
                content = _picture(self.random)
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
            if self.cookies and self.random.random() < 0.125:
                time.sleep(self.random.random() * 2)
                self.kill(desk, "while starting")
                return
            address = json.loads(desk.stdout.readline())["address"]
            page = at_the_end.enter_context(self.page(address))
            if not self.acknowledged:
                self.document(page)  # notes need a case to stand in
            begun, stop = threading.Event(), threading.Event()
            sender = threading.Thread(target=self.stream, args=(page, begun, stop))
            sender.start()
            if self.random.random() < 0.75:
                begun.wait(20)
            time.sleep(self.random.random() * 2)
            self.kill(desk, "at work")
            stop.set()
            sender.join()

    def finish(self) -> None:
        """Let the desk work off what is left, stop it, and look."""
        desk = self.start()
        assert desk.stdout
        with desk:
            try:
                desk.stdout.readline()
                _drained(self.home)
                self.started |= _family(desk.pid)
                desk.send_signal(signal.SIGTERM)
                desk.wait(30)
            finally:
                desk.kill()
        self._orphans()
        self._compare()
        self._strays()

    def _orphans(self) -> None:
        """What killed desks had started and still runs after a while."""
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while (left := _alive(self.started)) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.wrong.orphans += [str(pid) for pid in left]

    def _compare(self) -> None:
        """The chat's own tables against the desk's."""
        chat, desk = _reading(self.home / "localchat.db"), _reading(self.home / "desk.db")
        bodies = chat.execute("SELECT id, from_bot, body FROM message").fetchall()
        own = {number: json.loads(body) for number, bot, body in bodies if not bot}
        answers = [json.loads(body) | {"id": number} for number, bot, body in bodies if bot]
        words = Counter(str(body.get("text") or body.get("caption")) for body in own.values())
        self.wrong.lost += [one for one in self.acknowledged if not words[one]]
        files = {number for number, body in own.items() if "photo" in body or "document" in body}
        stored = Counter(row[0] for row in desk.execute("SELECT message_id FROM submission"))
        notes = Counter(row[0] for row in desk.execute("SELECT text FROM note"))
        sent_notes = {body["text"] for body in own.values() if "text" in body}
        self.wrong.lost += [f"file {number}" for number in files - stored.keys()]
        self.wrong.lost += list(sent_notes - notes.keys())
        counted = [*stored.items(), *notes.items()]
        self.wrong.doubled += [str(name) for name, count in counted if count > 1]
        self._answered(chat, desk, own, files, answers)
        self.sent["messages in the end"] = len(own)
        self.sent["submissions in the end"] = len(stored)
        self.sent["notes in the end"] = len(notes)
        self.sent["answers in the end"] = len(answers)

    def _answered(
        self,
        chat: sqlite3.Connection,
        desk: sqlite3.Connection,
        own: dict[int, dict[str, Any]],
        files: set[int],
        answers: list[dict[str, Any]],
    ) -> None:
        updates = chat.execute("SELECT seq FROM sqlite_sequence WHERE name = 'update_queue'")
        (given,) = updates.fetchone() or (0,)  # none was ever given
        done = {row[0] for row in desk.execute("SELECT update_id FROM inbox WHERE done_at > ''")}
        self.wrong.unanswered += [f"update {n}" for n in range(1, given + 1) if n not in done]
        told = Counter(str(one.get("text")) for one in answers)
        noted = sum(count for text, count in told.items() if text.startswith("Noted in case"))
        if noted < (texts := sum("text" in body for body in own.values())):
            self.wrong.unanswered.append(f"{texts - noted} notes")
        placed = {row[0] for row in desk.execute("SELECT case_id FROM bot_message")}
        cases = desk.execute("SELECT message_id, case_id FROM submission").fetchall()
        self.wrong.unanswered += [
            f"file {number}" for number, case in cases if number in files and case not in placed
        ]
        waiting = chat.execute("SELECT count(*) FROM callback WHERE NOT answered").fetchone()[0]
        self.wrong.unanswered += [f"{waiting} presses"] * bool(waiting)

    def _strays(self) -> None:
        """Files that nothing in the tables speaks of, and the custody's own audit."""
        home = Home(self.home, reading=True)
        found = audit(home)
        if not found.whole:
            self.wrong.custody.append(str(found))
        self.sent["custody events in the end"] = found.events
        kept = {row[0] for row in home.store.rows("SELECT sha256 FROM exhibit")}
        home.close()
        named = {row[0] for row in _reading(self.home / "localchat.db").execute(
            "SELECT unique_id FROM file")}  # fmt: skip
        for path in (path for path in self.home.rglob("*") if path.is_file()):
            place = path.relative_to(self.home)
            known = {"vault": path.name in kept, "localchat": path.name in named}
            if not known.get(place.parts[0], place.name.startswith(_KEPT)):
                self.wrong.strays.append(str(place))
        self.wrong.strays += [str(path) for path in (self.folder / "tmp").iterdir()]


def run(folder: Path, rounds: int, seed: int, seconds: float = 3600) -> tuple[int, Run]:
    """So many rounds, or as many as fit into the seconds. Returns how many, and what was found."""
    kills = Run(folder, random.Random(seed))
    deadline = time.monotonic() + seconds
    done = 0
    while done < rounds and time.monotonic() < deadline:
        kills.round()
        done += 1
    kills.finish()
    return done, kills


def _post(page: httpx.Client, action: str, body: dict[str, Any]) -> None:
    page.post(f"/api/{action}", json=body).raise_for_status()


def _picture(chance: random.Random) -> bytes:
    """A picture that is like no other: soft blots of colour."""
    blots = np.random.default_rng(chance.getrandbits(32)).integers(0, 256, (9, 12, 3), np.uint8)
    file = io.BytesIO()
    Image.fromarray(blots).resize((240, 180), Image.Resampling.BICUBIC).save(file, "JPEG")
    return file.getvalue()


def _family(parent: int) -> set[tuple[int, str]]:
    """All that a process has started, and these in turn: pid and time of start."""
    listed = _processes()
    found, known = {parent}, 0
    while len(found) > known:
        known = len(found)
        found |= {pid for pid, (above, _) in listed.items() if above in found}
    return {(pid, listed[pid][1]) for pid in found - {parent}}


def _alive(processes: set[tuple[int, str]]) -> list[int]:
    listed = _processes()
    return [pid for pid, started in processes if listed.get(pid, (0, ""))[1] == started]


def _processes() -> dict[int, tuple[int, str]]:
    """Every process that is not a zombie: its parent and when it started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            values = (folder / "stat").read_text().rpartition(")")[2].split()
            if values[0] != "Z":
                found[int(folder.name)] = (int(values[1]), values[19])
    return found


def _reading(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def _drained(home: Path) -> None:
    """Wait until no update waits, neither at the chat nor in the desk's inbox."""
    deadline = time.monotonic() + _DRAIN_SECONDS
    calm = 0
    while calm < 5 and time.monotonic() < deadline:
        time.sleep(0.1)
        with contextlib.suppress(sqlite3.Error):
            chat, desk = _reading(home / "localchat.db"), _reading(home / "desk.db")
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
    for one in fields(kills.wrong):
        found = getattr(kills.wrong, one.name)
        print(f"{one.name:<28}{len(found):>8}  {' '.join(map(str, found[:10]))}")
    print(f"{'lines on standard error':<28}{len(errors):>8}")
    for line, count in Counter(line.partition(" ")[2][13:] for line in errors).most_common(8):
        print(f"  {count} x {line[:150]}")
    sys.exit(1 if kills.wrong else 0)


if __name__ == "__main__":
    main()
