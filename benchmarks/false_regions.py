"""Count how often unrelated photographs are taken for one another by what looks inside them.

    python -m benchmarks.false_regions FOLDER --features FILE [--method pdq-inner | looks-alike]
                                       [--queries 2000] [--copies FILE] [--write CORPUS]

By local features, and by what looks alike where it overlaps, every query is searched for in an
archive of all the photographs, itself left out, so that each stands for as many pairs as the
archive has pictures. By inner pictures the queries are compared with one another. Whatever
matches is printed, to be looked at: folders of public photographs hold copies, and neighbouring
views of one place.
`--copies` names a file with the pairs (two names a line) that somebody has seen to be such;
they do not count. `--write` adds the counts to verify/matching/chance.json.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks import photographs
from benchmarks.archive import QUALITY, hashes, read_cache, stored
from benchmarks.false_matches import CHANCE
from verify.lab.features import STORED_POINTS
from verify.matching.alignment import Query
from verify.matching.find import Detection, find
from verify.matching.hash_index import HashIndex
from verify.matching.local_index import LocalIndex
from verify.matching.points import read
from verify.records import Features
from verify.store.pictures.resemblances import LOOKS_ALIKE

_NEAR = 31  # bits


def main() -> None:
    arguments = _arguments()
    faiss.omp_set_num_threads(1)
    cache = read_cache(arguments.features)
    paths = [p for p in photographs.find(arguments.folder) if p.name in cache]
    order = np.random.default_rng(0).permutation(len(paths))
    copies = _pairs(arguments.copies)
    order = order[: arguments.queries]
    if arguments.method == "pdq-inner":
        pairs, within = _inner_pictures(paths, order, cache, copies)
    else:
        pairs, within = _features(paths, order, cache, copies, arguments.method)
    print(f"{arguments.method}: {pairs:,} pairs, within {within}")
    if arguments.write:
        _write(arguments, pairs, within)


Names = set[frozenset[str]]


def _features(
    paths: list[Path],
    order: NDArray[np.int64],
    cache: dict[str, Features],
    copies: Names,
    method: str,
) -> tuple[int, list[int]]:
    """Each of `order` against all."""
    local, kept = LocalIndex(), []
    for number, path in enumerate(paths):
        kept.append(stored(cache[path.name]))
        local.add(number, read(kept[-1], STORED_POINTS))
    matched: Names = set()
    for count, place in enumerate(order):
        query = Query.of(cache[paths[place].name])
        alike: list[Detection] = []
        proven = find(query, local, kept.__getitem__, leave_out=[int(place)], alike=alike)
        for one in alike if method == LOOKS_ALIKE else proven:
            pair = frozenset((paths[place].name, paths[one.view_id].name))
            lies = one.alignment
            proof = lies.proof
            numbers = f"{proof.inliers} inliers {proof.agreement:.2f} {lies.correlation:.3f}"
            if pair not in copies | matched:
                print(method, numbers, *sorted(pair), flush=True)
                matched.add(pair)
        if count % 100 == 0:
            print(f"{count} of {len(order)}", file=sys.stderr, flush=True)
    return len(order) * (len(paths) - 1), [len(matched)]


def _inner_pictures(
    paths: list[Path], order: NDArray[np.int64], cache: dict[str, Features], copies: Names
) -> tuple[int, list[int]]:
    """All of `order` against one another."""
    inner, whole = HashIndex(), HashIndex()
    within = np.zeros(_NEAR + 1, np.int64)
    for count, place in enumerate(order):
        hashed = hashes(photographs.load(paths[place]))
        for other, distance in _inner(hashed, whole, inner).items():
            pair = frozenset((paths[place].name, paths[other].name))
            if pair not in copies:
                within[distance:] += 1
                print("pdq-inner", distance, "bits", *sorted(pair), flush=True)
        for index, hash_ in zip((whole, inner), hashed, strict=True):
            if hash_ is not None:
                index.add(int(place), hash_[0])
        if count % 100 == 0:
            print(f"{count} of {len(order)}", file=sys.stderr, flush=True)
    return len(order) * (len(order) - 1) // 2, within.tolist()


def _inner(
    hash_: list[tuple[bytes, ...] | None], whole: HashIndex, inner: HashIndex
) -> dict[int, int]:
    """Places and distances of what is near by the inner picture of either side."""
    full, part = hash_
    found: dict[int, int] = {}
    for index, hashed in ((whole, part), (inner, full), (inner, part)):
        if hashed is not None and len(index):
            for candidate in index.search(hashed, max_distance=_NEAR):
                best = min(found.get(candidate.view_id, 256), candidate.distance)
                found[candidate.view_id] = best
    return found


def _pairs(path: Path | None) -> set[frozenset[str]]:
    return (
        {frozenset(line.split()[:2]) for line in path.read_text().splitlines()} if path else set()
    )


def _write(arguments: argparse.Namespace, pairs: int, within: list[int]) -> None:
    table = json.loads(CHANCE.read_text())
    entry = {
        "corpus": arguments.write,
        "date": datetime.date.today().isoformat(),
        "pairs": pairs,
        "script": "benchmarks/false_regions.py",
        "within": within,
    }
    if arguments.method == "pdq-inner":
        entry["quality"] = QUALITY
    table[arguments.method] = entry
    CHANCE.write_text(json.dumps(table) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument(
        "--method", choices=["local-features", "pdq-inner", LOOKS_ALIKE], default="local-features"
    )
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--copies", type=Path)
    parser.add_argument("--write", metavar="CORPUS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
