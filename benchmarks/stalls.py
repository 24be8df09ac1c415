"""Measure how long somebody waits who searches while the index of local features grows.

    python -m benchmarks.stalls [FOLDER] [--pictures 190 1590 12790]

An index of made-up pictures that is about to outgrow its cells gets more of them from one thread,
while another one looks for pictures again and again. Times are by the clock. A row ends once
the index has grown, or after `_MOST` pictures.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from pathlib import Path

from benchmarks import photographs
from benchmarks.made_up import changed, laid_down
from verify.lab.features import STORED_POINTS, describe, stored
from verify.matching.local_index import LocalIndex
from verify.matching.points import Points, read
from verify.records import Features

_DESCRIBED = 60  # photographs that made-up pictures are drawn from
_MOST = 4000
_BETWEEN = 0.2  # seconds between searches, for the lock to be taken by the other


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pictures", type=int, nargs="+", default=[190, 1590, 12_790])
    arguments = parser.parse_args()
    paths = photographs.find(arguments.folder)[:_DESCRIBED]
    found = [stored(describe(photographs.load(path))) for path in paths]
    drawn = [one for one in found if one.points]
    print(f"{'pictures':>9}{'added':>7}{'addition':>11}{'longest':>10}{'search':>9}{'longest':>10}"
          f"{'found':>12}")  # fmt: skip
    for number in arguments.pictures:
        _row(number, laid_down(list(range(number)), drawn), drawn)


def _row(number: int, index: LocalIndex, drawn: list[Features]) -> None:
    points = [read(one, STORED_POINTS) for one in drawn]
    additions: list[float] = []
    adding = threading.Thread(target=_grow, args=(index, number, points, additions))
    searches, right = [], 0
    adding.start()
    while adding.is_alive():
        time.sleep(_BETWEEN)
        which = len(searches) % len(points)
        begun = time.perf_counter()
        best = index.search(points[which]).candidates(1)
        searches.append(time.perf_counter() - begun)
        right += bool(best) and best[0].view_id % len(points) == which
    print(
        f"{number:>9,}{len(additions):>7,}{_milliseconds(statistics.median(additions)):>11}"
        f"{_milliseconds(max(additions)):>10}{_milliseconds(statistics.median(searches)):>9}"
        f"{_milliseconds(max(searches)):>10}{right:>6}/{len(searches)}",
        flush=True,
    )


def _grow(index: LocalIndex, number: int, points: list[Points], took: list[float]) -> None:
    cells = index._descriptors.drawn_from
    for place in range(number, number + _MOST):
        new = changed(points[place % len(points)], place)
        begun = time.perf_counter()
        index.add(place, new)
        took.append(time.perf_counter() - begun)
        if index._descriptors.drawn_from > cells and not index._descriptors.moving:
            return


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:,.0f} ms"


if __name__ == "__main__":
    main()
