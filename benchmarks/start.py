"""Measure how a desk starts, and how it looks pictures up, over ever larger archives.

    python -m benchmarks.start [FOLDER] [--pictures 1000 10000 100000] [--home FOLDER]

A throw-away desk is filled with photographs and, beyond those, with made-up pictures: a
photograph's features with a sixteenth of their bits changed, and random hashes. Each start is
a new process that opens the desk, looks up a photograph that the archive has a larger original
of, then more of them. Times are by the clock, for a person waits by the clock; the
lab's child, which decodes and describes, is part of them and is also shown apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from benchmarks import photographs
from verify.desk import Desk
from verify.lab.features import describe, stored
from verify.records import Features, SentAs, Submission, ViewKind
from verify.store import features
from verify.store.store import Store, now, stamp

ASKED = 15  # photographs, received like any other and then looked for
DESCRIBED = 200  # photographs that made-up pictures are drawn from
_BATCH = 500


def main() -> None:
    arguments = _arguments()
    if arguments.ask:
        print(json.dumps(_start(arguments.ask, photographs.find(arguments.folder)[:ASKED])))
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = arguments.home or Path(scratch)
        print(f"{'pictures':>9}{'filled anew':>13}{'saved index':>13}{'opened':>9}"
              f"{'first answer':>14}{'later':>8}{'of it search':>14}{'memory':>10}")  # fmt: skip
        for number in sorted(arguments.pictures):
            _measure(home, number, arguments.folder)


def _measure(home: Path, number: int, folder: Path | None) -> None:
    paths = photographs.find(folder)
    _fill(home, number, paths)
    filled = _ask(home, folder)  # nothing saved of the new ones: the index is filled
    started = _ask(home, folder)
    size = sum(path.stat().st_size for path in home.glob("*.index"))
    print(
        f"{number:>9,}{filled['first']:>11.1f} s{size / 1e6:>10,.0f} MB{started['opened']:>7.2f} s"
        f"{started['first']:>12.2f} s{started['later']:>6.2f} s{started['search']:>12.2f} s"
        f"{started['megabytes']:>7,.0f} MB   found {started['found']} of {started['asked']}",
        flush=True,
    )


def _ask(home: Path, folder: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.start", *([str(folder)] if folder else [])]
    out = subprocess.run([*command, "--ask", str(home)], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return answer


def _start(home: Path, paths: list[Path]) -> dict[str, float]:
    """Open a desk, look up the first photograph, then the others; seconds, and what was found."""
    copies = [_halved(path) for path in paths]
    begun = time.perf_counter()
    with Desk(home) as desk:
        person = desk.at_console("benchmark", "Benchmark", "en")
        opened = time.perf_counter() - begun
        answers, later, lab = [], [], []
        for copy in copies:
            before, used = time.perf_counter(), time.process_time()
            answers.append(desk.look(person, copy, "copy.jpg")[1])
            later.append(time.perf_counter() - before)
            lab.append(time.process_time() - used)
        status = Path("/proc/self/status")
        kilobytes = int(status.read_text().split("VmRSS:")[1].split()[0]) if status.exists() else 0
    return {
        "opened": opened,
        "first": opened + later[0],
        "later": statistics.median(later[1:]),
        "search": statistics.median(lab[1:]),
        "megabytes": kilobytes / 1e3,
        "found": sum(bool(matches) for matches in answers),
        "asked": len(answers),
    }


def _halved(path: Path) -> bytes:
    """The right half of a photograph, as a JPEG: no hash finds it."""
    picture = photographs.load(path)
    code = cv2.cvtColor(picture[:, picture.shape[1] // 2 :], cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", code, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def _fill(home: Path, number: int, paths: list[Path]) -> None:
    """Bring the archive to this many pictures; some of them have been received and examined."""
    with Desk(home) as desk:
        person = desk.at_console("benchmark", "Benchmark", "en")
        for place, path in enumerate(paths[:ASKED]):
            arrived = Submission(
                platform="import", bot_id=0, chat_id=0, message_id=place + 1,
                sent_as=SentAs.DOCUMENT, received_at=datetime.now(UTC),
            )  # fmt: skip
            receipt = desk.receive(person, arrived, path.read_bytes())
            desk.examine(person, receipt.exhibit_id)
        rows = desk.store.row("SELECT count(*) AS n FROM exhibit")
        here = int(rows["n"]) if rows else 0
        rng = np.random.default_rng(here)
        drawn = [stored(describe(photographs.load(path))) for path in paths[ASKED:][:DESCRIBED]]
        for first in range(here, number, _BATCH):
            with desk.store.transaction():
                for place in range(first, min(first + _BATCH, number)):
                    _make_up(desk.store, place, drawn[place % len(drawn)], rng)


def _make_up(store: Store, place: int, like: Features, rng: np.random.Generator) -> None:
    name = hashlib.sha256(str(place).encode()).hexdigest()
    exhibit = store.insert("exhibit", sha256=name, size=0, received_at=stamp(now()))
    view = store.insert("view", exhibit_id=exhibit, kind=ViewKind.WHOLE, at_ms=None, corners=None)
    store.insert(
        "fingerprint", view_id=view, algorithm="pdq", version=1, hash=rng.bytes(32), quality=100
    )
    bits = np.frombuffer(like.descriptors, np.uint8)
    noise = rng.integers(0, 256, (4, len(bits)), np.uint8)
    changed = (bits ^ np.bitwise_and.reduce(noise)).tobytes()
    features.keep(
        store, exhibit,
        Features(like.version, like.width, like.height, like.points, changed, like.thumbnail),
    )  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--home", type=Path, help="kept afterwards")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
