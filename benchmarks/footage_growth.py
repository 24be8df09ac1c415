"""How a desk starts, what it holds in memory and what a film costs, over ever larger archives.

    python -m benchmarks.footage_growth --keep FOLDER [--views 2000 30000 100000] [--home FOLDER]

Half of the views are stills and half are frames of films. FOLDER is what `benchmarks.video --keep`
left: its clips are archived, the rest is made up of photographs and of frames of these clips with a
sixteenth of their bits changed (`benchmarks.made_up`), of random hashes, two samples a second and
forty frames a film. Then a new process opens the desk and looks for the edited films. The first one
brings the index to what a desk of that size has; the second one is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec
import numpy as np

from benchmarks import photographs
from benchmarks.made_up import changed, laid_down, make_up
from benchmarks.video import Query, Watched
from verify.desk import Desk
from verify.desk.indexes import kept_of_film
from verify.lab import LAB_VERSION
from verify.lab.features import FEATURES_VERSION, FRAME_POINTS, STORED_POINTS, describe, stored
from verify.matching.points import read
from verify.records import (
    Examination,
    Features,
    Footage,
    Person,
    Sample,
    SentAs,
    Submission,
    View,
    ViewKind,
)
from verify.store.database.connection import now, stamp
from verify.store.pictures import examinations, features, footage, views

_FRAMES = 40  # of a made-up film, one a second and a half
_BATCH = 25  # films of a transaction
_DRAWN = 16  # clips, of whose frames others are made up


def main() -> None:
    asked = _arguments()
    if asked.ask:
        print(json.dumps(_ask(asked.ask, asked.keep, asked.queries)))
        return
    print(f"{'views':>8}{'on disk':>10}{'opened':>9}{'filled':>9}{'computed':>10}{'memory':>10}"
          f"{'a frame':>9}{'to find':>11}{'found':>10}")  # fmt: skip
    for number in asked.views:
        with tempfile.TemporaryDirectory() as scratch:
            home = asked.home or Path(scratch)
            if not home.exists() or not any(home.iterdir()):
                _fill(home, number, asked.keep)
            _asked(home, asked)
            _print(number, _asked(home, asked), home)


def _print(number: int, took: dict[str, float], home: Path) -> None:
    size = sum(path.stat().st_size for path in home.glob("local-features-*"))
    print(
        f"{number:>8,}{size / 1e6:>7,.0f} MB{took['opened']:>7.2f} s{took['filled']:>7.2f} s"
        f"{took['filled computed']:>8.2f} s{took['memory'] / 1e6:>7,.0f} MB"
        f"{took['memory'] / took['frames']:>9,.0f}{took['find']:>6.1f} s/min"
        f"{took['found']:>6}/{took['pieces']}",
        flush=True,
    )


def _asked(home: Path, asked: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.footage_growth", "--keep", str(asked.keep)]
    command += ["--ask", str(home), "--queries", str(asked.queries)]
    out = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return answer


def _ask(home: Path, keep: Path, most: int) -> dict[str, float]:
    """Open a desk, fill its indexes, look for edited films. memory: in bytes, beyond what an empty
    desk takes, in the middle of the queries; pages of mapped files are not counted, which the
    system takes back when it needs them."""
    queries = list(_queries(keep))
    queries = queries[:: max(1, len(queries) // most)][:most]
    with tempfile.TemporaryDirectory() as none, Desk(Path(none) / "home") as desk:
        desk.archive._loaded().indexes._fill()
        before = _held()
    begun, used = time.perf_counter(), time.process_time()
    with Desk(home) as desk:
        opened = time.perf_counter() - begun
        films = desk.archive._loaded().films
        desk.archive._loaded().indexes._fill()
        filled, computed = time.perf_counter() - begun, time.process_time() - used
        number_of = _numbers(desk)
        cost = minutes = 0.0
        pieces = found = 0
        for query in queries:
            used = time.process_time()
            told = films.find(query.footage)
            cost += time.process_time() - used
            minutes += query.seconds / 60
            names = {number_of.get(one.earlier_exhibit_id) for one in told}
            pieces += len(query.pieces)
            found += sum(piece.source in names for piece in query.pieces)
        rows = desk.store.row("SELECT count(*) AS n FROM view WHERE kind = 'frame'")
        return {
            "opened": opened, "filled": filled, "filled computed": computed,
            "memory": _held() - before, "frames": rows["n"], "find": cost / minutes,
            "pieces": pieces, "found": found,
        }  # fmt: skip


def _held() -> int:
    """Bytes of memory that this process holds beside mapped files; 0 where the system does not
    tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return int(status.read_text().split("RssAnon:")[1].split()[0]) * 1024


def _numbers(desk: Desk) -> dict[int, int]:
    """By exhibit, the number of the clip that was archived as it."""
    rows = desk.store.rows(
        "SELECT exhibit_id, message_id FROM submission WHERE message_id IS NOT NULL"
    )
    return {row["exhibit_id"]: row["message_id"] - 1 for row in rows}


def _clips(keep: Path) -> Iterator[Watched]:
    paths = sorted(keep.glob("*.clip"), key=lambda path: int(path.stem.split("-")[-1]))
    for path in paths:
        yield msgspec.msgpack.decode(path.read_bytes(), type=Watched)


def _queries(keep: Path) -> Iterator[Query]:
    """The edited films that show none of what the rest is made up of."""
    for path in sorted(keep.glob("*.query")):
        query = msgspec.msgpack.decode(path.read_bytes(), type=Query)
        if all(piece.source >= _DRAWN for piece in query.pieces):
            yield query


def _fill(home: Path, number: int, keep: Path) -> None:
    """A desk of this many views, the clips among them."""
    stills = [stored(describe(photographs.load(path))) for path in photographs.find()]
    stills = [one for one in stills if one.points]
    rng = np.random.default_rng(0)
    with Desk(home) as desk:
        person = desk.team.at_console("1", "Bench", "en")
        frames: list[Features] = []
        for place, clip in enumerate(_clips(keep)):
            _receive(desk, person, place, clip)
            keys = clip.footage.keys[:2] if place < _DRAWN else ()
            frames += [stored(view.features, FRAME_POINTS) for view in keys if view.features]
        drawn = [one for pair in zip(stills, frames, strict=False) for one in pair]
        rows = desk.store.row("SELECT count(*) AS n FROM features")
        half = max(0, number - rows["n"]) // 2
        ids = np.zeros(2 * half, np.int64)
        for first in range(0, half, _BATCH * _FRAMES):
            places = range(first, min(first + _BATCH * _FRAMES, half))
            with desk.store.transaction():
                for n in places:
                    ids[2 * n] = make_up(desk, 2 * n, drawn[2 * n % len(drawn)], rng.bytes(32))
                for start in range(places.start, places.stop, _FRAMES):
                    of = [2 * n + 1 for n in range(start, min(start + _FRAMES, half))]
                    ids[of] = _film(desk, of, drawn, rng)
    index = laid_down(ids.tolist(), drawn)
    features.save_index(home / f"local-features-{FEATURES_VERSION}.index", index.to_chunks())


def _receive(desk: Desk, person: Person, number: int, clip: Watched) -> None:
    """As `benchmarks.video.archived`, without looking for it in what is there."""
    arrived = Submission(
        service="import", bot_id=0, chat_id=0, message_id=number + 1, sent_as=SentAs.IMPORT,
        received_at=now(),
    )  # fmt: skip
    exhibit_id = desk.receiving.receive(person, arrived, clip.file).exhibit_id
    seen = Examination(lab_version=LAB_VERSION, media_type="video/mp4")
    with desk.store.transaction():
        examinations.add(desk.store, exhibit_id, person.id, seen)
        footage.keep(desk.store, exhibit_id, kept_of_film(clip.footage), searched=True)


def _film(
    desk: Desk, places: list[int], drawn: list[Features], rng: np.random.Generator
) -> list[int]:
    """Put a made-up film into a desk's store, inside a transaction; returns its frames' views."""
    store = desk.store
    exhibit = store.insert("exhibit", sha256=f"{places[0]:064x}", size=0, received_at=stamp(now()))
    keys = []
    for n, place in enumerate(places):
        like = drawn[place % len(drawn)]
        bits = changed(read(like, STORED_POINTS), place).bits
        own = msgspec.structs.replace(like, descriptors=bits.tobytes())
        keys.append(View(kind=ViewKind.FRAME, at_ms=1500 * n, features=own))
    samples = tuple(Sample(500 * n, 80, (rng.bytes(32),), (), b"") for n in range(3 * len(places)))
    seen = Footage(
        version=1, seconds=1.5 * len(places), samples=samples, shots=(0,), keys=tuple(keys),
        wholly=True, gaps=(), streams=(), findings=(),
    )  # fmt: skip
    footage.keep(store, exhibit, seen, searched=True)
    return sorted(views.frame_ids(store, exhibit))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--keep", type=Path, required=True, help="what benchmarks.video kept")
    parser.add_argument("--views", type=int, nargs="+", default=[2000, 30_000, 100_000])
    parser.add_argument("--queries", type=int, default=40, help="edited films that are looked for")
    parser.add_argument("--home", type=Path, help="kept afterwards; taken as it is if filled")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
