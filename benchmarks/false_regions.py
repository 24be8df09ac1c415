"""Count how often unrelated photographs are taken for one another by what looks inside them.

    python -m benchmarks.false_regions FOLDER --features FILE [--queries 2000] [--write CORPUS]

Every query is searched for in an archive of all the photographs, itself left out, so that
each stands for as many pairs as the archive has pictures. Whatever matches is printed, to be
looked at: folders of public photographs hold copies, and neighbouring views of one place.
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

from benchmarks import photographs
from benchmarks.archive import hashes, read_cache, stored
from benchmarks.false_matches import CHANCE
from verify.lab.features import STORED_POINTS
from verify.matching.alignment import Query
from verify.matching.candidates import LocalIndex
from verify.matching.find import find
from verify.matching.index import HashIndex
from verify.matching.points import read

_NEAR = 31  # bits


def main() -> None:
    arguments = _arguments()
    faiss.omp_set_num_threads(1)
    cache = read_cache(arguments.features)
    paths = [p for p in photographs.find(arguments.folder) if p.name in cache]
    local, inner, whole = LocalIndex(), HashIndex(), HashIndex()
    kept, insides = [], []
    for number, path in enumerate(paths):
        kept.append(stored(cache[path.name]))
        local.add(number, read(kept[-1], STORED_POINTS))
        full, part = hashes(photographs.load(path))
        insides.append((full, part))
        if full is not None:
            whole.add(number, full[0])
        if part is not None:
            inner.add(number, part[0])
    copies = _pairs(arguments.copies)
    names = [path.name for path in paths]
    within = np.zeros(_NEAR + 1, np.int64)
    order = np.random.default_rng(0).permutation(len(paths))[: arguments.queries]
    matched: set[frozenset[str]] = set()
    for count, place in enumerate(order):
        near = _inner(insides[place], whole, inner)
        for other, distance in near.items():
            pair = frozenset((names[place], names[other]))
            if other != place and pair not in copies:
                within[distance:] += 1
                print(f"pdq-inner {distance} bits {sorted(pair)}", flush=True)
        query = Query.of(cache[names[place]])
        for one in find(query, local, kept.__getitem__, leave_out=[int(place)]):
            pair = frozenset((names[place], names[one.picture_id]))
            if pair not in copies:
                matched.add(pair)
            a = one.alignment
            print(f"local-features {a.inliers} inliers {a.agreement:.2f} {a.correlation:.3f} "
                  f"{sorted(pair)}", flush=True)  # fmt: skip
        if count % 200 == 0:
            print(f"{count} of {len(order)}", file=sys.stderr, flush=True)
    pairs = len(order) * (len(paths) - 1)
    print(f"{pairs:,} pairs; local-features {len(matched)}; pdq-inner within {within.tolist()}")
    if arguments.write:
        _write(arguments.write, pairs, len(matched), within)


def _inner(hash_: tuple, whole: HashIndex, inner: HashIndex) -> dict[int, int]:
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


def _write(corpus: str, pairs: int, matched: int, within: np.ndarray) -> None:
    table = json.loads(CHANCE.read_text())
    entry = {"corpus": corpus, "date": datetime.date.today().isoformat(), "pairs": pairs,
             "script": "benchmarks/false_regions.py"}  # fmt: skip
    table["local-features"] = {**entry, "within": [matched]}
    table["pdq-inner"] = {**entry, "quality": 50, "within": within.tolist()}
    CHANCE.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--features", type=Path, required=True)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--copies", type=Path)
    parser.add_argument("--write", metavar="CORPUS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
