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
import faiss
import numpy as np

from benchmarks import photographs
from verify.desk import Desk
from verify.lab.features import FEATURES_VERSION, STORED_POINTS, describe, stored
from verify.matching.local_index import LocalIndex
from verify.matching.points import read
from verify.records import Features, Person, SentAs, Submission, ViewKind
from verify.store import features
from verify.store.store import now, stamp

ASKED = 11  # photographs, received like any other and then looked for
DESCRIBED = 60  # photographs that made-up pictures are drawn from
_BATCH = 1000  # pictures
_CHANGES = np.bitwise_and.reduce(
    np.random.default_rng(1).integers(0, 256, (4, 97, STORED_POINTS, 32), np.uint8)
)  # one bit in sixteen


def main() -> None:
    arguments = _arguments()
    if arguments.ask:
        print(json.dumps(_start(arguments.ask, photographs.find(arguments.folder)[:ASKED])))
        return
    print(f"{'pictures':>9}{'saved index':>13}{'opened':>9}{'first answer':>14}{'later':>9}"
          f"{'computed':>10}{'memory':>11}{'found':>9}")  # fmt: skip
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
        f"{took['later'] * 1e3:>6.0f} ms{took['computed'] * 1e3:>7.0f} ms"
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
        person = desk.at_console("benchmark", "Benchmark", "en")
        opened = time.perf_counter() - begun
        answers, took, computed = [], [], []
        for copy in copies:
            before, used = time.perf_counter(), time.process_time()
            answers.append(desk.look(person, copy, "copy.jpg")[1])
            took.append(time.perf_counter() - before)
            computed.append(time.process_time() - used)
        status = Path("/proc/self/status")
        kilobytes = int(status.read_text().split("VmRSS:")[1].split()[0]) if status.exists() else 0
    return {
        "opened": opened,
        "first": opened + took[0],
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
        person = desk.at_console("benchmark", "Benchmark", "en")
        for place, path in enumerate(paths[:ASKED]):
            _receive(desk, person, place, path)
        rng = np.random.default_rng(0)
        ids = []
        for first in range(0, number - ASKED, _BATCH):
            with desk.store.transaction():
                for place in range(first, min(first + _BATCH, number - ASKED)):
                    ids.append(_make_up(desk, place, drawn[place % len(drawn)], rng.bytes(32)))
    index = _laid_down(ids, drawn)
    features.save_index(home / f"local-features-{FEATURES_VERSION}.index", index.to_chunks())


def _receive(desk: Desk, person: Person, place: int, path: Path) -> None:
    arrived = Submission(
        platform="import", bot_id=0, chat_id=0, message_id=place + 1, sent_as=SentAs.DOCUMENT,
        received_at=datetime.now(UTC),
    )  # fmt: skip
    desk.examine(person, desk.receive(person, arrived, path.read_bytes()).exhibit_id)


def _make_up(desk: Desk, place: int, like: Features, hash: bytes) -> int:
    store = desk.store
    name = hashlib.sha256(f"made up {place}".encode()).hexdigest()
    exhibit = store.insert("exhibit", sha256=name, size=0, received_at=stamp(now()))
    view = store.insert("view", exhibit_id=exhibit, kind=ViewKind.WHOLE)
    store.insert("fingerprint", view_id=view, algorithm="pdq", version=1, hash=hash, quality=100)
    bits = np.frombuffer(like.descriptors, np.uint8).reshape(-1, 32)
    changed = (bits ^ _CHANGES[place % 97, : len(bits)]).tobytes()
    features.keep(
        store, exhibit,
        Features(like.version, like.width, like.height, like.points, changed, like.thumbnail),
    )  # fmt: skip
    return exhibit


def _laid_down(ids: list[int], drawn: list[Features]) -> LocalIndex:
    """An index over made-up pictures without searching a cell for each of their descriptors."""
    points = [read(like, STORED_POINTS) for like in drawn]
    index = LocalIndex()
    for place in range(min(len(ids), 210)):  # until there is an inverted file
        index.add(-1 - place, points[place % len(points)])
    trained = index._trained_on
    total = int(np.mean([len(one) for one in points]) * len(ids))
    while trained * 8 < total:
        trained *= 8
    every = np.concatenate([one.bits for one in points])
    rng = np.random.default_rng(2)
    cells = int(4 * np.sqrt(trained))
    centres = every[rng.integers(0, len(every), cells)] ^ _CHANGES[rng.integers(0, 97, cells), 0]
    quantizer = faiss.IndexBinaryFlat(256)
    quantizer.add(centres)
    inverted = faiss.IndexBinaryIVF(quantizer, 256, cells)
    inverted.own_fields, inverted.is_trained, inverted.nprobe = False, True, index._index.nprobe
    inverted.referenced_objects = [quantizer]
    index = LocalIndex()
    cell_of = [quantizer.search(one.bits, 1)[1][:, 0] for one in points]
    for first in range(0, len(ids), 20 * _BATCH):
        places = range(first, min(first + 20 * _BATCH, len(ids)))
        mine = [points[place % len(points)] for place in places]
        cell = np.concatenate([cell_of[place % len(points)] for place in places])
        bits = np.concatenate(
            [
                one.bits ^ _CHANGES[place % 97, : len(one)]
                for one, place in zip(mine, places, strict=True)
            ]
        )
        _append(inverted, cell, bits, index._count)
        sizes = [len(one) for one in mine]
        index._owner = np.concatenate(
            [index._owner[: index._count], np.repeat(places, sizes)]
        ).astype(np.int32)
        look = np.concatenate([np.stack([np.log2(one.size), one.angle], axis=1) for one in mine])
        index._look = np.concatenate([index._look[: index._count], look]).astype(np.float32)
        index._count += len(bits)
    inverted.ntotal = index._count
    index._index, index._trained_on = inverted, trained
    index._pictures, index._clusters = list(ids), list(ids)
    return index


def _append(inverted: faiss.IndexBinaryIVF, cell: np.ndarray, bits: np.ndarray, first: int) -> None:
    order = np.argsort(cell, kind="stable")
    names = (order + first).astype(np.int64)
    codes = np.ascontiguousarray(bits[order])
    edges = np.searchsorted(cell[order], np.arange(inverted.nlist + 1))
    for number in range(inverted.nlist):
        start, end = int(edges[number]), int(edges[number + 1])
        if end > start:
            inverted.invlists.add_entries(
                number,
                end - start,
                faiss.swig_ptr(names[start:end]),
                faiss.swig_ptr(codes[start:end]),
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
