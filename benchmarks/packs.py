"""Measure how often a pack of others' checks finds what was made of a picture on its way.

    python -m benchmarks.packs [FOLDER] [--queries 10] [--pairs 30] [--unrelated 1000]
                               [--points 200] [--shared] [--rows NAME...]
    python -m benchmarks.packs [FOLDER] --start 100000

The photographs for measuring become the entries of one pack, coded as they stand in its file; they
are looked for through the pack's index by the edits of `benchmarks/edits`, then unrelated
photographs and pictures over one template, which must not be found. `--points` takes another
number of keypoints than a pack has. `--shared` keeps no frame, as packs of work that is not
published. `--start` fills a throw-away desk with a pack of so many made-up entries instead:
adding it, and what a new process takes to the first search with it and without it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean, median

import cv2
import faiss
import msgspec
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import edits, photographs
from benchmarks.archive import Answer, Archive, hashes
from benchmarks.lettering import Picture
from benchmarks.made_up import changed
from benchmarks.matching import OURS, Bench
from verify.desk import Desk
from verify.desk.pack_building import PICTURE_BYTES
from verify.lab.features import STORED_BYTES, describe, stored
from verify.matching.alignment import Query
from verify.matching.drawings import drawn
from verify.matching.hash_index import Neighbour
from verify.matching.pack_index import PackIndex, built
from verify.matching.points import read
from verify.records import (
    Features,
    PackedView,
    PackEntry,
    PackHeader,
    Rating,
    ViewKind,
)
from verify.store.keeping import signing
from verify.store.packs import file
from verify.store.packs.bounds import MOST_POINTS

_ROWS = (*edits.EDITS, "pairs", "unrelated", "negatives")
_DRAWN = 60  # photographs that made-up entries are drawn from
_WORD = "a passphrase of a throw-away key"


class PackArchive(Archive):
    """Photographs as the entries of one pack."""

    def __init__(self, points: int, *, shared: bool = False) -> None:
        super().__init__()
        self._points, self._shared = points, shared
        self._indexed = 0

    def add(self, found: Features) -> int:
        """Add an entry by its features; returns its place."""
        most = PICTURE_BYTES if self._points <= MOST_POINTS else STORED_BYTES
        kept = stored(found, self._points, most)
        self.kept.append(msgspec.structs.replace(kept, thumbnail=b"") if self._shared else kept)
        return len(self.kept) - 1

    def borne_out(self, query: Query, near: Neighbour) -> bool:
        return not drawn(query) if self._shared else super().borne_out(query, near)

    def search(self, picture: Picture, beside: tuple[Picture, ...] = ()) -> Answer:  # type: ignore[override]
        if self._indexed != len(self.kept):
            self._indexed = len(self.kept)
            described = ((at, at, read(one, self._points)) for at, one in enumerate(self.kept))
            made = built(described, lambda chunks: memoryview(b"".join(chunks)))
            self.local = PackIndex([made] if made else [])  # type: ignore[assignment]
        return super().search(picture, beside)


def main() -> None:
    arguments = _arguments()
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)
    threadpool_limits(1)
    if arguments.ask:
        # the last: made-up entries are drawn from the first
        print(json.dumps(_ask(arguments.ask, photographs.find(arguments.folder)[-1])))
    elif arguments.start:
        _measure_start(arguments.folder, arguments.start)
    else:
        _measure(arguments)


def _measure(arguments: argparse.Namespace) -> None:
    archive = PackArchive(arguments.points, shared=arguments.shared)
    arguments.folder = [arguments.folder] if arguments.folder else []
    unrelated = arguments.unrelated if "unrelated" in arguments.rows else 0
    bench = Bench(arguments, archive, unrelated)
    for place in range(len(archive.kept)):
        bench.hash(place)
    sizes = [0]
    if arguments.points <= MOST_POINTS:
        sizes = [_bytes(photographs.load(path), bench, at) for at, path in enumerate(bench.paths)]
    counts = [len(one.points) // 6 for one in archive.kept]
    print(f"seed {arguments.seed}; {len(bench.paths)} entries, {mean(sizes):,.0f} bytes on average,"
          f" {max(sizes):,} at most; {median(counts):.0f} points, {min(counts)} at least",
          flush=True)  # fmt: skip
    results = bench.results
    for name in [row for row in arguments.rows if row in edits.EDITS]:
        for place in bench.sources_for(arguments.queries):
            bench.ask(name, place, (name,))
        print(_line(bench, name), flush=True)
    if "pairs" in arguments.rows:
        for place in bench.sources_for(arguments.pairs):
            bench.ask("pairs", place, tuple(bench.rng.choice(edits.PAIRED, 2, replace=False)))
        print(_line(bench, "pairs"), flush=True)
    for kind in ("every edit of the table", "every edit"):
        rows = [row for row in results.asked if row not in _LATER or kind == "every edit"]
        rows = [row for row in rows if row != "pairs"]
        asked = sum(results.asked[row] for row in rows)
        found = sum(results.recall[row][OURS] for row in rows)
        print(f"{kind:<28}{found:>5} of {asked:<5} {found / max(1, asked):.3f}", flush=True)
    if "unrelated" in arguments.rows:
        for path in bench.held_out[: arguments.unrelated]:
            bench.ask_unrelated("unrelated", photographs.load(path), path.name)
    if "negatives" in arguments.rows:
        bench.hard_negatives()
    for row, asked in results.false_asked.items():
        print(f"{row:<28}{results.false[row][OURS]:>5} of {asked:<5} matched")
    for note in results.notes:
        print(f"  {note}")


_LATER = ("strip", "bend", "invert", "animation", "on-black", "post")  # not in the table of edits


def _line(bench: Bench, row: str) -> str:
    asked, found = bench.results.asked[row], bench.results.recall[row][OURS]
    return f"{row:<28}{found:>5} of {asked:<5} {found / asked:.2f}"


def _bytes(picture: Picture, bench: Bench, at: int) -> int:
    """How many bytes an entry takes in the file of a pack."""
    pdq, inner = hashes(picture)
    views = [PackedView(pdq=pdq[0] if pdq else b"", features=bench.archive.kept[at])]
    if inner:
        corners = ((0.0, 0.1), (1.0, 0.1), (1.0, 0.9), (0.0, 0.9))
        views.append(PackedView(kind=ViewKind.INNER, pdq=inner[0], corners=corners))
    return len(file.block(_entry(tuple(views), at))) + 4


def _entry(views: tuple[PackedView, ...], at: int) -> PackEntry:
    return PackEntry(
        rating=Rating.DECONTEXTUALISED,
        by="A newsroom that checks pictures",
        on=date(2026, 5, 3),
        link=f"https://facts.example/2026/05/03/what-this-picture-shows-{at}",
        views=views,
        claim="Says that this is what happened in the capital on Saturday night",
    )


# --- the start ---------------------------------------------------------------------------------


def _measure_start(folder: Path | None, entries: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        home, pack = Path(scratch) / "home", Path(scratch) / "made-up.pack"
        _write(folder, pack, entries)
        with Desk(home) as desk:
            person = desk.team.at_console("benchmark", "Benchmark", "en")
            without = [_asked(home, folder) for _ in range(3)]
            begun = time.perf_counter()
            for _ in desk.packs.add(person, pack, pack.name):
                pass
            took = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in home.glob("pack-*.index"))
        print(f"{entries:,} entries, {pack.stat().st_size / 1e6:,.0f} MB: added in {took:,.0f} s;"
              f" index {size / 1e6:,.0f} MB", flush=True)  # fmt: skip
        with_it = [_asked(home, folder) for _ in range(5)]
    for name in ("opened", "first", "later"):
        one, other = (median(run[name] for run in runs) for runs in (without, with_it))
        print(f"{name:<8} without {one:6.2f} s, with the pack {other:6.2f} s: {other - one:+.2f} s")


def _write(folder: Path | None, target: Path, entries: int) -> None:
    key = target.with_suffix(".key")
    signing.make(key, _WORD)
    now = datetime.now(UTC)
    header = PackHeader("Made up", "Nobody", now, now + timedelta(days=365))
    rng = np.random.default_rng(1)
    drawn = [
        stored(describe(photographs.load(path)), MOST_POINTS, PICTURE_BYTES)
        for path in photographs.find(folder)[:_DRAWN]
    ]

    def blocks() -> Iterator[bytes]:
        for at in range(entries):
            like = drawn[at % len(drawn)]
            bits = changed(read(like, MOST_POINTS), at // len(drawn)).bits
            own = msgspec.structs.replace(like, descriptors=bits.tobytes())
            yield file.block(_entry((PackedView(pdq=rng.bytes(32), features=own),), at))

    file.write(target, signing.read(key, _WORD), header, blocks())


def _asked(home: Path, folder: Path | None) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.packs", *([str(folder)] if folder else [])]
    out = subprocess.run([*command, "--ask", str(home)], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(out.stdout.splitlines()[-1])
    return answer


def _ask(home: Path, path: Path) -> dict[str, float]:
    """Open a desk and look for one photograph twice; in seconds."""
    content = path.read_bytes()
    begun = time.perf_counter()
    with Desk(home, reading=True) as desk:
        opened = time.perf_counter()
        seen = desk.sandbox.examine(content, filename=path.name)
        desk.archive.filled()
        ready = time.perf_counter()
        desk.packs.look_up(seen)
        first = time.perf_counter()
        desk.packs.look_up(seen)
        later = time.perf_counter()
    return {"opened": opened - begun, "first": first - ready, "later": later - first}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--queries", type=int, default=10, help="a row")
    parser.add_argument("--pairs", type=int, default=30)
    parser.add_argument("--unrelated", type=int, default=1000)
    parser.add_argument("--points", type=int, default=MOST_POINTS)
    parser.add_argument("--shared", action="store_true", help="without frames")
    parser.add_argument("--part", choices=["tuning", "measuring"], default="measuring")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", nargs="+", choices=_ROWS, default=_ROWS)
    parser.add_argument("--features", type=Path, help="as of benchmarks.matching")
    parser.add_argument("--start", type=int, metavar="ENTRIES")
    parser.add_argument("--ask", type=Path, help=argparse.SUPPRESS)
    parser.set_defaults(without_crops=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
