"""Measure how a desk starts, and how it looks pictures up, over ever larger archives.

    python -m benchmarks.start [FOLDER] [--pictures 1000 10000 100000] [--home FOLDER]

A throw-away desk receives some photographs and is filled up with made-up pictures: features of
other photographs with a sixteenth of their bits changed, and random hashes. The index beside
them is laid down as a desk of that size would have it, only that copies of one descriptor
share its cell. Then new processes open the desk and look up a half of each photograph
received: the first process adds these to the index and saves it, the second one is measured.
Times are by the clock, for a person waits by the clock; the lab's child, which decodes and
describes, is part of them. What the desk's own process computed is shown apart.
"""

from __future__ import annotations

import argparse
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
from benchmarks.made_up import laid_down, make_up
from verify.desk import Desk
from verify.lab.features import FEATURES_VERSION, describe, stored
from verify.records import Person, SentAs, Submission
from verify.store.pictures import features

ASKED = 11  # photographs, received like any other and then looked for
DESCRIBED = 60  # photographs that made-up pictures are drawn from
_BATCH = 1000  # pictures


def main() -> None:
    arguments = _arguments()
    if arguments.ask:
        print(json.dumps(_start(arguments.ask, photographs.find(arguments.folder)[:ASKED])))
        return
    print(f"{'pictures':>9}{'saved index':>13}{'opened':>9}{'first answer':>14}{'computed':>10}"
          f"{'later':>10}{'computed':>10}{'memory':>11}{'found':>9}")  # fmt: skip
    for number in arguments.pictures:
        with tempfile.TemporaryDirectory() as scratch:
            home = arguments.home or Path(scratch)
            if not home.exists() or not any(home.iterdir()):
                _fill(home, number, photographs.find(arguments.folder))
            _ask(home, arguments.folder)
            _print(number, _ask(home, arguments.folder), home)


def _print(number: int, took: dict[str, float], home: Path) -> None:
    size = sum(path.stat().st_size for path in home.glob("*.index"))
    print(
        f"{number:>9,}{size / 1e6:>10,.0f} MB{took['opened']:>7.2f} s{took['first']:>12.2f} s"
        f"{took['first computed']:>8.2f} s{took['later'] * 1e3:>7.0f} ms"
        f"{took['computed'] * 1e3:>7.0f} ms"
        f"{took['megabytes']:>8,.0f} MB{took['found']:>4}/{took['asked']}",
        flush=True,
    )


def _ask(home: Path, folder: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.start", *([str(folder)] if folder else [])]
    out = subprocess.run([*command, "--ask", str(home)], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return answer


def _start(home: Path, paths: list[Path]) -> dict[str, float]:
    """Open a desk, look up the first photograph, then the others; seconds, and what was found."""
    copies = [_half(path) for path in paths]
    begun = time.perf_counter()
    with Desk(home) as desk:
        person = desk.team.at_console("benchmark", "Benchmark", "en")
        opened = time.perf_counter() - begun
        answers, took, computed = [], [], []
        for copy in copies:
            before, used = time.perf_counter(), time.process_time()
            answers.append(desk.examining.look(person, copy, "copy.jpg")[1])
            took.append(time.perf_counter() - before)
            computed.append(time.process_time() - used)
        status = Path("/proc/self/status")
        kilobytes = int(status.read_text().split("VmRSS:")[1].split()[0]) if status.exists() else 0
    return {
        "opened": opened,
        "first": opened + took[0],
        "first computed": computed[0],
        "later": statistics.median(took[1:]),
        "computed": statistics.median(computed[1:]),
        "megabytes": kilobytes / 1e3,
        "found": sum(bool(matches) for matches in answers),
        "asked": len(answers),
    }


def _half(path: Path) -> bytes:
    """The right half of a photograph, as a JPEG: no hash finds it."""
    picture = photographs.load(path)
    code = cv2.cvtColor(picture[:, picture.shape[1] // 2 :], cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", code, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def _fill(home: Path, number: int, paths: list[Path]) -> None:
    """A desk of this many pictures, the first of them received and examined."""
    others = [photographs.load(path) for path in paths[ASKED:][:DESCRIBED]]
    drawn = [found for found in (stored(describe(one)) for one in others) if len(found.points)]
    with Desk(home) as desk:
        person = desk.team.at_console("benchmark", "Benchmark", "en")
        for place, path in enumerate(paths[:ASKED]):
            _receive(desk, person, place, path)
        rng = np.random.default_rng(0)
        ids = []
        for first in range(0, number - ASKED, _BATCH):
            with desk.store.transaction():
                for place in range(first, min(first + _BATCH, number - ASKED)):
                    ids.append(make_up(desk, place, drawn[place % len(drawn)], rng.bytes(32)))
    index = laid_down(ids, drawn)
    features.save_index(home / f"local-features-{FEATURES_VERSION}.index", index.to_chunks())


def _receive(desk: Desk, person: Person, place: int, path: Path) -> None:
    arrived = Submission(
        service="import", bot_id=0, chat_id=0, message_id=place + 1, sent_as=SentAs.DOCUMENT,
        received_at=datetime.now(UTC),
    )  # fmt: skip
    desk.examining.examine(
        person, desk.receiving.receive(person, arrived, path.read_bytes()).exhibit_id
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--home", type=Path, help="kept afterwards; taken as it is if filled")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
