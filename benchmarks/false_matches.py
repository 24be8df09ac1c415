"""Count how often photographs that have nothing to do with each other look alike to PDQ.

    python benchmarks/false_matches.py FOLDER... [--cards FOLDER] [--write "what they show"]

Every picture is compared with every other in all eight orientations. Pairs that come near
are either copies of one picture, which folders of public photographs always hold, or false
matches. A pair is set aside as a copy only when local features place one picture on the
other (SIFT, RANSAC); every such pair is printed and `--cards` draws it, to be looked at.
All others count. `--write` puts the counts into verify/matching/chance.json.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from verify.lab import hashing
from verify.lab.imaging import Specimen, Undecodable
from verify.matching import card
from verify.records import Orientation, Pixels

QUALITY = 50
NEAR = 64
INLIERS = 40  # copies have more than 50; different things in one setting had up to 29
SIDE = 512
CHANCE = Path(__file__).parent.parent / "verify" / "matching" / "chance.json"

# What brings a picture that lies so back to how the earlier one lies.
_BACK: dict[Orientation, tuple[bool, int]] = {
    orientation: (orientation.value.startswith("mirrored"), index % 4)
    for index, orientation in enumerate(Orientation)
}


def main() -> None:
    arguments = _arguments()
    paths, hashes = _hash([path for folder in arguments.folder for path in _files(folder)])
    histogram, near = _compare(hashes)
    print(f"{len(paths)} pictures of quality {QUALITY} or more, {histogram.sum():,} pairs")
    copies = []
    for distance, orientation, first, second in sorted(near):
        inliers = _inliers(paths[first], paths[second], orientation)
        copy = inliers >= INLIERS
        if copy:
            copies.append(distance)
        verdict = "copy" if copy else "FALSE MATCH"
        names = f"{paths[first].name} {paths[second].name}"
        print(
            f"{distance:3} bits  {orientation.value:20} {inliers:4} inliers  {verdict:11}  {names}"
        )
        if arguments.cards:
            _draw(arguments.cards, distance, verdict, paths[first], paths[second], orientation)
    histogram -= np.bincount(np.array(copies, dtype=np.int64), minlength=257)
    _report(histogram, len(copies))
    if arguments.write:
        _write(histogram, arguments.write)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--cards", type=Path, help="draw every near pair into this folder")
    parser.add_argument("--write", metavar="CORPUS", help="keep the counts; say what was compared")
    return parser.parse_args()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _hash(files: list[Path]) -> tuple[list[Path], NDArray[np.uint8]]:
    """The pictures that a desk would match, and their hashes: shape (n, 8, 32)."""
    paths, hashes = [], []
    for number, path in enumerate(files):
        if number % 500 == 0:
            print(f"hashing {number} of {len(files)}", file=sys.stderr)
        try:
            fingerprint = hashing.pdq(Specimen(path.read_bytes()).picture)
        except Undecodable:
            print(f"left out, cannot be decoded: {path.name}")
            continue
        if (fingerprint.quality or 0) >= QUALITY:
            paths.append(path)
            hashes.append(np.frombuffer(b"".join(fingerprint.orientations), dtype=np.uint8))
    return paths, np.array(hashes).reshape(-1, 8, 32)


Near = list[tuple[int, Orientation, int, int]]


def _compare(hashes: NDArray[np.uint8]) -> tuple[NDArray[np.int64], Near]:
    """Each pair's least distance over the orientations: how often each, and the near pairs."""
    words = np.ascontiguousarray(hashes).view(np.uint64)
    archive = np.ascontiguousarray(words[:, 0])
    histogram = np.zeros(257, dtype=np.int64)
    near: Near = []
    for first in range(len(hashes) - 1):
        differing = words[first][:, None] ^ archive[None, first + 1 :]
        distances = np.bitwise_count(differing).sum(axis=2, dtype=np.uint16)
        least = distances.min(axis=0)
        histogram += np.bincount(least, minlength=257)
        for offset in np.flatnonzero(least <= NEAR):
            orientation = tuple(Orientation)[int(distances[:, offset].argmin())]
            near.append((int(least[offset]), orientation, first, first + 1 + int(offset)))
    return histogram, near


def _inliers(first: Path, second: Path, orientation: Orientation) -> int:
    """How many local features of one picture find their place on the other together."""
    mirrored, turns = _BACK[orientation]
    plane = np.rot90(_plane(first), turns)
    plane = plane[:, ::-1] if mirrored else plane
    sift = cv2.SIFT_create(800)
    points, descriptors = sift.detectAndCompute(np.ascontiguousarray(plane), None)
    others, their = sift.detectAndCompute(_plane(second), None)
    if descriptors is None or their is None or min(len(descriptors), len(their)) < 4:
        return 0
    pairs = cv2.BFMatcher().knnMatch(descriptors, their, k=2)
    good = [best for best, rival in pairs if best.distance < 0.8 * rival.distance]
    if len(good) < 4:
        return 0
    source = np.array([points[match.queryIdx].pt for match in good], dtype=np.float32)
    target = np.array([others[match.trainIdx].pt for match in good], dtype=np.float32)
    _, inside = cv2.estimateAffinePartial2D(source, target, ransacReprojThreshold=4.0)
    return int(inside.sum()) if inside is not None else 0


def _plane(path: Path) -> NDArray[np.uint8]:
    """Grey and square, as PDQ sees every picture: copies may be stretched."""
    picture = Specimen(path.read_bytes()).picture
    return np.asarray(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BICUBIC))


def _draw(
    folder: Path, distance: int, verdict: str, first: Path, second: Path, orientation: Orientation
) -> None:
    sides = []
    for path in (first, second):
        picture = Specimen(path.read_bytes()).picture.copy()
        picture.thumbnail((SIDE, SIDE))
        sides.append(Pixels(width=picture.width, height=picture.height, rgb=picture.tobytes()))
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{distance:03}-{verdict.replace(' ', '-').lower()}-{first.stem}-{second.stem}.jpg"
    card.draw(sides[0], sides[1], orientation, colour=True).save(folder / name, quality=88)


def _report(histogram: NDArray[np.int64], copies: int) -> None:
    pairs = int(histogram.sum())
    print(f"\n{copies} pairs set aside as copies; {pairs:,} pairs counted")
    print("within  pairs  rate a pair")
    for distance, count in _cumulative(histogram, 100):
        if distance % 4 == 3:
            rate = f"{count / pairs:.2e}" if count else f"< {3 / pairs:.2e}"
            print(f"{distance:6}  {count:5}  {rate}")


def _cumulative(histogram: NDArray[np.int64], end: int) -> Iterator[tuple[int, int]]:
    return enumerate(histogram.cumsum()[: end + 1].tolist())


def _write(histogram: NDArray[np.int64], corpus: str) -> None:
    table = json.loads(CHANCE.read_text(encoding="utf-8")) if CHANCE.exists() else {}
    table["pdq"] = {
        "script": "benchmarks/false_matches.py",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "corpus": corpus,
        "quality": QUALITY,
        "pairs": int(histogram.sum()),
        "within": [count for _, count in _cumulative(histogram, NEAR)],
    }
    CHANCE.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
