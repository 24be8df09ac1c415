"""How long it takes to find the hashes nearest to a picture laid in any of eight ways.

    python benchmarks/search.py

One thread, one run, everything over the same random hashes of 256 bits, among which each
query has one near relative that every contender must find. Contenders take turns; each
time is the median over the queries, in processor time of the one thread, to which other
work on the machine adds little. What is extrapolated is marked.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import faiss
import imagehash
import numpy as np
from numpy.typing import NDArray

from verify.matching.hash_index import HashIndex

SIZES = (10_000, 100_000, 1_000_000)
QUERIES = 31
NEAREST = 50
LOOP_AT_MOST = 100_000  # hashes; the loop over objects is extrapolated beyond
LOOP_QUERIES = 3
BITS_CHANGED = 12

Hashes = NDArray[np.uint8]
Contender = Callable[[Hashes], int]
OURS, FAISS, NUMPY, LOOP, READ, FILL = (
    "verify-desk, eight orientations",
    "FAISS alone, the same query",
    "NumPy scan",
    "loop over imagehash objects",
    "reading the hashes from memory once",
    "fill",
)


def main() -> None:
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    faiss.omp_set_num_threads(1)  # NumPy uses one for what is done here
    random = np.random.default_rng(1)
    columns = {size: _measure(size, random) for size in SIZES}
    print(_row("hashes", [f"{size:,}" for size in SIZES]))
    for name in (OURS, FAISS, NUMPY, LOOP, READ):
        print(_row(name, [_milliseconds(name, size, columns[size]) for size in SIZES]))
    print("as multiples of verify-desk's time")
    for name in (FAISS, NUMPY, LOOP, READ):
        ratios = [column[name] / column[OURS] for column in columns.values()]
        print(_row(name, [f"{ratio:,.2f}" for ratio in ratios]))
    print(
        _row("filling the index", [f"{column[FILL] * 1e3:.1f} ms" for column in columns.values()])
    )
    print(f"~ in proportion to what {LOOP_AT_MOST:,} hashes took")


def _row(name: str, cells: list[str]) -> str:
    return f"{name:38}" + "".join(f"{cell:>15}" for cell in cells)


def _milliseconds(name: str, size: int, column: dict[str, float]) -> str:
    mark = "~" if name is LOOP and size > LOOP_AT_MOST else ""
    return f"{mark}{column[name] * 1e3:,.2f} ms"


def _measure(size: int, random: np.random.Generator) -> dict[str, float]:
    """The median seconds a query takes, by contender, and the seconds to fill the index."""
    archive = random.integers(0, 256, (size, 32), dtype=np.uint8)
    index = HashIndex()
    started = time.thread_time()
    index.add_many(np.arange(size, dtype=np.int64), archive)
    filling = time.thread_time() - started
    contenders: dict[str, Contender] = {
        OURS: lambda query: index.search(query, NEAREST)[0].distance,
        FAISS: _faiss(archive),
        NUMPY: _numpy(archive),
        READ: _read(archive),
        LOOP: _loop(archive[:LOOP_AT_MOST]),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(QUERIES):
        query = _query(archive[: min(size, LOOP_AT_MOST)], random)
        for name, contender in contenders.items():
            if name is LOOP and number >= LOOP_QUERIES:
                continue
            started = time.thread_time()
            found = contender(query)
            times[name].append(time.thread_time() - started)
            if name is not READ and found != BITS_CHANGED:
                raise SystemExit(f"{name} missed the near hash: {found} bits")
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    medians[LOOP] *= max(1.0, size / LOOP_AT_MOST)
    return medians | {FILL: filling}


def _query(archive: Hashes, random: np.random.Generator) -> Hashes:
    """Eight random hashes; one of them differs from one of the archive's in a few bits."""
    query = random.integers(0, 256, (8, 32), dtype=np.uint8)
    changes = np.zeros(256, dtype=np.uint8)
    changes[random.choice(256, BITS_CHANGED, replace=False)] = 1
    query[random.integers(8)] = archive[random.integers(len(archive))] ^ np.packbits(changes)
    return query


def _faiss(archive: Hashes) -> Contender:
    index = faiss.IndexBinaryFlat(256)
    index.add(archive)
    return lambda query: int(index.search(query, NEAREST)[0].min())


def _numpy(archive: Hashes) -> Contender:
    words = archive.view(np.uint64)

    def scan(query: Hashes) -> int:
        nearest = [
            np.partition(np.bitwise_count(words ^ laid).sum(axis=1, dtype=np.uint16), NEAREST)
            for laid in query.view(np.uint64)
        ]
        return int(min(distances[:NEAREST].min() for distances in nearest))

    return scan


def _loop(archive: Hashes) -> Contender:
    """What one writes first: subtract objects, keep the least."""
    kept = [_object(row) for row in archive]
    return lambda query: int(min(one - laid for laid in map(_object, query) for one in kept))


def _object(row: Hashes) -> imagehash.ImageHash:
    return imagehash.ImageHash(np.unpackbits(row).astype(bool).reshape(16, 16))


def _read(archive: Hashes) -> Contender:
    words = archive.view(np.uint64).ravel()
    return lambda _: int(np.bitwise_or.reduce(words) == 0)


if __name__ == "__main__":
    main()
