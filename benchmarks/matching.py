"""Measure how often pictures are found again after what happens to them on their way.

    python -m benchmarks.matching [FOLDER...] [--queries 30] [--pairs 90] [--unrelated 1000]
                                  [--part measuring] [--features FILE] [--write docs]
                                  [--rows NAME...] [--keep FILE] [--without-crops]

Without a folder it runs on the photographs that ship inside scikit-image and scikit-learn;
further folders only enlarge the archive. The split between photographs for tuning and for
measuring is fixed in `benchmarks/photographs.py`. `--features` names a file with features
described earlier, to save hours; `--write` puts table and plot into a folder. `--rows` asks for
some rows alone, and `--keep` names a file to which what was counted is added, run by run.
`--without-crops` leaves out crop_resistant_hash, which takes longer than all others together.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import faiss
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import edits, negatives, photographs, report
from benchmarks.archive import Archive, read_cache
from benchmarks.lettering import Picture
from benchmarks.peers import SAMPLE, CropResistant, usual
from benchmarks.photographs import Part
from verify.lab.features import describe
from verify.matching.find import Detection

OURS = "verify-desk"
_OTHER_ROWS = ("pairs", "tiles", "within", "unrelated", "negatives")
HASHED = 1000  # archived pictures that hashes know, besides those asked for: they are slow
CROPS_ASKED = 6  # queries a row that crop_resistant_hash gets: half a second each
TEMPLATES, IN_ARCHIVE, ASKED = 4, 5, 8  # of each kind of hard negative


@dataclass
class Results:
    """What was counted. recall, false: row -> method -> hits; tried: the same -> queries.

    asked, false_asked: row -> queries of this project.
    """

    asked: dict[str, int] = field(default_factory=dict)
    recall: dict[str, dict[str, int]] = field(default_factory=dict)
    tried: dict[str, dict[str, int]] = field(default_factory=dict)
    steps: dict[str, dict[str, int]] = field(default_factory=dict)
    false: dict[str, dict[str, int]] = field(default_factory=dict)
    false_asked: dict[str, int] = field(default_factory=dict)
    corners: list[float] = field(default_factory=list)
    seconds: list[dict[str, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, table: dict[str, dict[str, int]], row: str, method: str, hit: bool) -> None:
        table.setdefault(row, {}).setdefault(method, 0)
        table[row][method] += hit
        if table is not self.steps:
            tried = self.tried.setdefault(row, {})
            tried[method] = tried.get(method, 0) + 1


class Bench:
    """An archive, the peers' archives, and the photographs that are asked for."""

    def __init__(
        self, arguments: argparse.Namespace, archive: Archive | None = None, held_out: int = 0
    ) -> None:
        """archive: another than that of a desk, which is then measured without the peers.
        held_out: so many photographs stay out of it, or as many as are meant to."""
        self.rng = np.random.default_rng(arguments.seed)
        self.archive, self.crops = archive or Archive(), CropResistant()
        self.peers = [] if archive else usual()
        self.crops_too = not arguments.without_crops and not archive
        self.results = Results()
        self.indexing: list[float] = []
        cache = read_cache(arguments.features) if arguments.features else {}
        folders: list[Path | None] = list(arguments.folder) or [None]
        first = photographs.find(folders[0])
        if cache:  # those that were described
            first = [path for path in first if path.name in cache]
        wanted, out = Part(arguments.part), Part(arguments.part + ", held out")
        parts = {path: photographs.part(path.name) for path in first}
        small = len(first) < 100  # too few to split: every fifth is held out
        fifth = set(first[::5]) if small else set()
        self.held_out = [p for p in first if (p in fifth if small else parts[p] is out)]
        in_archive = (Part.TUNING, Part.MEASURING)
        kept = [p for p in first if (p not in fifth if small else parts[p] in in_archive)]
        more = 0 if small else max(0, held_out - len(self.held_out))
        kept, self.held_out = kept[: len(kept) - more], self.held_out + kept[len(kept) - more :]
        self.paths = kept + [
            p for f in folders[1:] for p in photographs.find(f) if not cache or p.name in cache
        ]
        self.sources = [i for i, p in enumerate(kept) if small or parts[p] is wanted]
        for number, path in enumerate(self.paths):
            found = cache.get(path.name)
            if found is None:
                picture = photographs.load(path)
                start = time.process_time()
                found = describe(picture)
                self.indexing.append(time.process_time() - start)
            self.archive.add(found)
            if number % 1000 == 0:
                print(f"archive: {number} of {len(self.paths)}", file=sys.stderr, flush=True)
        self.hashed: set[int] = set()
        sample = self.rng.choice(len(self.paths), min(HASHED, len(self.paths)), replace=False)
        for place in sample:
            self.hash(int(place))
        for place in sample[:SAMPLE] if self.crops_too else ():
            self.crops.add(int(place), photographs.load(self.paths[place]))

    def hash(self, place: int, picture: Picture | None = None) -> None:
        """Let the methods that hash know an archived picture."""
        if place in self.hashed:
            return
        self.hashed.add(place)
        picture = photographs.load(self.paths[place]) if picture is None else picture
        self.archive.add_hashes(place, picture)
        for peer in self.peers:
            peer.add(place, picture)

    def others(self, number: int = 9) -> list[Picture]:
        """Photographs that are not in the archive, for collages and insets."""
        picks = self.rng.choice(len(self.held_out), number, replace=len(self.held_out) < number)
        return [photographs.load(self.held_out[i]) for i in picks]

    def sources_for(self, number: int) -> list[int]:
        return [
            int(i)
            for i in self.rng.choice(self.sources, min(number, len(self.sources)), replace=False)
        ]

    def ask(self, row: str, place: int, names: tuple[str, ...]) -> None:
        """Edit one archived photograph and look for it by every method."""
        photograph = photographs.load(self.paths[place])
        copy = edits.original(photograph)
        for name in names:
            copy = edits.apply(name, copy, self.rng, self.others())
        results = self.results
        results.asked[row] = results.asked.get(row, 0) + 1
        self.hash(place, photograph)
        answer = self.archive.search(copy.pixels, copy.beside)
        results.seconds.append(answer.seconds)
        results.count(results.recall, row, OURS, place in answer.places)
        steps = answer.steps | {"looks alike": answer.alike}
        step = next((s for s, found in steps.items() if place in found), "not found")
        results.count(results.steps, row, step, True)
        if place not in answer.places:
            name = self.paths[place].name
            results.notes.append(f"{row}: {name} after {' and '.join(names)} was not found")
        for one in answer.found:
            if one.view_id == place:
                results.corners.append(_corner_error(copy, photograph, one))
        for other in answer.places - {place}:
            results.notes.append(
                f"{row}: {self.paths[place].name} also gave {self.paths[other].name}"
            )
        for peer in self.peers:
            results.count(results.recall, row, peer.name, place in peer.search(copy.pixels))
        if self.crops_too and results.asked[row] <= CROPS_ASKED:
            self.crops.add(place, photograph)
            hit = place in self.crops.search(copy.pixels)
            results.count(results.recall, row, self.crops.name, hit)

    def ask_unrelated(self, row: str, picture: Picture, name: str) -> None:
        """Look for a picture that has no copy in the archive."""
        results = self.results
        results.false_asked[row] = results.false_asked.get(row, 0) + 1
        answer = self.archive.search(picture)
        results.seconds.append(answer.seconds)
        results.count(results.false, row, OURS, bool(answer.places))
        for step, places in answer.steps.items():
            for place in places:
                results.notes.append(f"{row}: {name} matched {self._name(place)} by {step}")
        for place in answer.alike:
            results.notes.append(f"{row}: {name} looks like {self._name(place)}, not proven")
        for peer in self.peers:
            results.count(results.false, row, peer.name, bool(peer.search(picture)))
        if self.crops_too and results.false_asked[row] <= 5 * CROPS_ASKED:
            results.count(results.false, row, self.crops.name, bool(self.crops.search(picture)))

    def _name(self, place: int) -> str:
        return self.paths[place].name if place < len(self.paths) else "a template"

    def hard_negatives(self) -> None:
        """Fill the archive with pictures over templates, then ask with others over the same."""
        split = len(self.held_out) // 2
        beneath = [
            _endless(part, self.rng) for part in (self.held_out[:split], self.held_out[split:])
        ]
        for kind in negatives.KINDS:
            for template in range(TEMPLATES):
                for _ in range(IN_ARCHIVE if template % 2 else 1):
                    picture = negatives.draw(kind, template, beneath[0], self.rng)
                    self.hash(self.archive.add(describe(picture)), picture)
                    if self.crops_too:
                        self.crops.add(len(self.archive.kept) - 1, picture)
        for kind in negatives.KINDS:
            for template in range(TEMPLATES):
                for _ in range(ASKED):
                    picture = negatives.draw(kind, template, beneath[1], self.rng)
                    self.ask_unrelated(kind, picture, f"template {template}")

    def ask_collage(self, columns: int) -> None:
        """A collage of archived photographs: every tile is asked for."""
        places = self.sources_for(columns * columns)
        tiles = [photographs.load(self.paths[place]) for place in places]
        gap, side = int(self.rng.integers(0, 13)), 960 // columns
        picture = edits.mosaic(tiles, columns, (side, round(side * 0.75)), gap, 255)
        places = places[: len(places) // columns * columns]
        answer = self.archive.search(edits.jpeg(picture, int(self.rng.integers(60, 86))))
        row, results = f"every tile, {columns}x{columns}", self.results
        results.asked[row] = results.asked.get(row, 0) + len(places)
        for place in places:
            results.count(results.recall, row, OURS, place in answer.places)

    def ask_within(self, name: str, place: int) -> None:
        """Archive what shows a photograph among other things; ask for it with the photograph."""
        photograph = photographs.load(self.paths[place])
        copy = edits.apply(name, edits.original(photograph), self.rng, self.others()).pixels
        earlier = self.archive.add(describe(copy))
        self.archive.add_insets(earlier, copy)
        self.hash(earlier, copy)
        asked = edits.apply("recompress", edits.original(photograph), self.rng, []).pixels
        row, results = f"{name}, archived", self.results
        results.asked[row] = results.asked.get(row, 0) + 1
        answer = self.archive.search(asked)
        results.count(results.recall, row, OURS, earlier in answer.places)
        for peer in self.peers:
            results.count(results.recall, row, peer.name, earlier in peer.search(asked))


def _endless(paths: list[Path], rng: np.random.Generator) -> Iterator[Picture]:
    while True:
        yield photographs.load(paths[int(rng.integers(len(paths)))])


def _corner_error(copy: edits.Copy, photograph: Picture, found: Detection) -> float:
    """The farthest that a corner lies off, on either picture, as a fraction of its size."""
    height, width = photograph.shape[:2]
    low, high = copy.visible.min(axis=0), copy.visible.max(axis=0)
    box = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    earlier = np.array(found.alignment.proof.earlier_region)
    region = np.array(found.alignment.proof.region)
    there = cv2.perspectiveTransform(box[:, None], copy.matrix)[:, 0]
    there = np.clip(there / (copy.pixels.shape[1], copy.pixels.shape[0]), 0, 1)
    # the region's corners are named from its own top left: compare them in any rotation
    off = min(
        float(np.abs(np.roll(order, turn, axis=0) - region).max())
        for order in (there, there[::-1])
        for turn in range(4)
    )
    return max(off, float(np.abs(box / (width, height) - earlier).max()))


def main() -> None:
    arguments = _arguments()
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)
    threadpool_limits(1)  # or a thread that only waits would count as well
    bench = Bench(arguments)
    print(f"seed {arguments.seed}; part asked for: {arguments.part}")
    counts = len(bench.paths), len(bench.sources), len(bench.held_out)
    print("archive: {} photographs; to ask for: {}; held out: {}".format(*counts), flush=True)
    rows = arguments.rows or [*edits.EDITS, *_OTHER_ROWS]
    for name in [row for row in rows if row in edits.EDITS]:
        for place in bench.sources_for(arguments.queries):
            bench.ask(name, place, (name,))
        print(report.line(bench.results, name), flush=True)
    if "pairs" in rows:
        for place in bench.sources_for(arguments.pairs):
            bench.ask("pairs", place, tuple(bench.rng.choice(edits.PAIRED, 2, replace=False)))
        print(report.line(bench.results, "pairs"), flush=True)
    for columns in (2, 3) if "tiles" in rows else ():
        for _ in range(max(1, arguments.queries // columns**2)):
            bench.ask_collage(columns)
        print(report.line(bench.results, f"every tile, {columns}x{columns}"), flush=True)
    for name in ("inset", "collage", "post") if "within" in rows else ():
        for place in bench.sources_for(arguments.queries):
            bench.ask_within(name, place)
        print(report.line(bench.results, f"{name}, archived"), flush=True)
    every = max(1, len(bench.held_out) // max(1, arguments.unrelated))
    unrelated = bench.held_out[::every][: arguments.unrelated] if "unrelated" in rows else ()
    for path in unrelated:
        bench.ask_unrelated("unrelated photographs", photographs.load(path), path.name)
    if "negatives" in rows:
        bench.hard_negatives()
    results = report.joined(bench.results, arguments.keep) if arguments.keep else bench.results
    text = report.text(results, bench.archive, bench.peers, bench.crops, bench.indexing)
    print(text)
    if arguments.write:
        report.write(arguments.write, text, results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="*", type=Path)
    parser.add_argument("--queries", type=int, default=30, help="a row")
    parser.add_argument("--pairs", type=int, default=90)
    parser.add_argument("--unrelated", type=int, default=1000)
    parser.add_argument("--part", choices=["tuning", "measuring"], default="measuring")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--features", type=Path)
    parser.add_argument("--rows", nargs="+", choices=[*edits.EDITS, *_OTHER_ROWS])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--without-crops", action="store_true", help="of crop_resistant_hash")
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
