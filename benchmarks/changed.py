"""What is found of what was changed between two copies of a photograph, and what falsely.

python -m benchmarks.changed [FOLDER] [--each 60] [--seed 11] [--part measuring]

Into every photograph something is put (words, a logo, a flag, a person's shape from another
photograph), or something of it is covered, blurred, painted over from its surroundings, or given
other colours; where is known. Then it is saved as a messenger would, scaled, cropped, and given
other light. A change counts as found when the regions told cover half of it, or a region lies in
it. A region that touches no change is false. Copies without a change are set beside.
"""

from __future__ import annotations

import argparse
import io
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks import photographs
from benchmarks.photographs import Part, Picture
from verify.matching.changes import differences
from verify.records import Differences, Pixels

Random = np.random.Generator
Box = tuple[int, int, int, int]  # left, top, right, bottom


def _box(shape: tuple[int, ...], rng: Random, low: float, high: float) -> Box:
    """A place of between `low` and `high` of the width and height."""
    height, width = shape[:2]
    w, h = (round(side * rng.uniform(low, high)) for side in (width, height))
    left, top = int(rng.integers(8, width - w - 8)), int(rng.integers(8, height - h - 8))
    return left, top, left + w, top + h


def _ellipse(shape: tuple[int, ...], box: Box) -> Picture:
    mask = np.zeros(shape[:2], np.uint8)
    left, top, right, bottom = box
    middle, axes = (
        ((left + right) // 2, (top + bottom) // 2),
        ((right - left) // 2, (bottom - top) // 2),
    )
    cv2.ellipse(mask, middle, axes, 0, 0, 360, 255, -1)
    return mask


def words(picture: Picture, other: Picture, rng: Random) -> Picture:
    out = picture.copy()
    left, top, _, bottom = _box(picture.shape, rng, 0.3, 0.5)
    ink = (255, 255, 255) if picture[top:bottom, left:].mean() < 128 else (20, 20, 20)
    size = picture.shape[1] / 640
    cv2.putText(out, "BREAKING", (left, bottom), 0, 1.4 * size, ink, round(4 * size), cv2.LINE_AA)
    return out


def flag(picture: Picture, other: Picture, rng: Random) -> Picture:
    out = picture.copy()
    left, top, right, bottom = _box(picture.shape, rng, 0.08, 0.2)
    colours = rng.integers(0, 255, (3, 3))
    third = (bottom - top) // 3
    for row, colour in enumerate(colours):
        out[top + row * third : top + (row + 1) * third, left:right] = colour
    return out


def shape(picture: Picture, other: Picture, rng: Random) -> Picture:
    """What another photograph has there, with a soft outline."""
    mask = cv2.GaussianBlur(
        _ellipse(picture.shape, _box(picture.shape, rng, 0.12, 0.3)), (0, 0), 1.5
    )
    part = cv2.resize(other, picture.shape[1::-1])
    alpha = mask[..., None] / 255
    return (picture * (1 - alpha) + part * alpha).astype(np.uint8)


def covered(picture: Picture, other: Picture, rng: Random) -> Picture:
    out = picture.copy()
    left, top, right, bottom = _box(picture.shape, rng, 0.1, 0.25)
    out[top:bottom, left:right] = rng.choice([0, 40, 200, 255])
    return out


def blurred(picture: Picture, other: Picture, rng: Random) -> Picture:
    mask = _ellipse(picture.shape, _box(picture.shape, rng, 0.12, 0.25))
    soft = cv2.GaussianBlur(picture, (0, 0), picture.shape[1] / 50)
    return np.where(mask[..., None] > 0, soft, picture)


def painted_over(picture: Picture, other: Picture, rng: Random) -> Picture:
    """As a retouching tool fills a hole from around it."""
    mask = _ellipse(picture.shape, _box(picture.shape, rng, 0.1, 0.2))
    return cv2.inpaint(picture, mask, 5, cv2.INPAINT_TELEA)


def cloned(picture: Picture, other: Picture, rng: Random) -> Picture:
    """A piece of the photograph once more."""
    out = picture.copy()
    left, top, right, bottom = _box(picture.shape, rng, 0.12, 0.25)
    a, b, *_ = _box(picture.shape, rng, 0.26, 0.3)
    piece = picture[b : b + bottom - top, a : a + right - left]
    out[top : top + piece.shape[0], left : left + piece.shape[1]] = piece
    return out


def recoloured(picture: Picture, other: Picture, rng: Random) -> Picture:
    mask = _ellipse(picture.shape, _box(picture.shape, rng, 0.15, 0.35))
    hsv = cv2.cvtColor(picture, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(int) + int(rng.integers(40, 140))) % 180
    hsv[..., 1] = np.clip(hsv[..., 1].astype(int) + 60, 0, 255)
    return np.where(mask[..., None] > 0, cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), picture)


def nothing(picture: Picture, other: Picture, rng: Random) -> Picture:
    return picture


CHANGES: dict[str, Callable[[Picture, Picture, Random], Picture]] = {
    change.__name__: change
    for change in (words, flag, shape, covered, blurred, painted_over, cloned, recoloured, nothing)
}


def copied(picture: Picture, rng: Random) -> tuple[Picture, np.ndarray]:
    """As it comes back from elsewhere, and where it lies: from its pixels to the copy's."""
    height, width = picture.shape[:2]
    way = int(rng.integers(0, 5))
    place = np.eye(3)
    if way == 1:
        left, top = int(width * rng.uniform(0, 0.15)), int(height * rng.uniform(0, 0.15))
        right, bottom = int(width * rng.uniform(0.85, 1)), int(height * rng.uniform(0.85, 1))
        picture, place = (
            picture[top:bottom, left:right],
            np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1.0]]),
        )
    elif way == 2:
        picture, place = picture[:, ::-1], np.array([[-1, 0, width - 1], [0, 1, 0], [0, 0, 1.0]])
    elif way == 3:
        picture = np.clip(picture * rng.uniform(0.75, 1.2) + rng.uniform(-20, 20), 0, 255)
    elif way == 4:
        grey = picture.mean(axis=2, keepdims=True)
        tone = np.array(rng.choice([[1, 1, 1], [1.1, 1.0, 0.8], [0.9, 1.0, 1.1]]))
        picture = np.clip((grey * 0.7 + picture * 0.3) * tone, 0, 255)
    scale = rng.choice([0.4, 0.6, 1.0])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(np.ascontiguousarray(picture, np.uint8), size, interpolation=cv2.INTER_AREA)
    place = np.diag([size[0] / picture.shape[1], size[1] / picture.shape[0], 1.0]) @ place
    stream = io.BytesIO()
    Image.fromarray(small).save(stream, "JPEG", quality=int(rng.choice([50, 70, 85])))
    return np.asarray(Image.open(stream)), place


def told(incoming: Picture, earlier: Picture, place: np.ndarray, rng: Random) -> Differences | None:
    """What the desk tells, knowing where the picture lies to within a pixel or two."""
    (h, w), (height, width) = incoming.shape[:2], earlier.shape[:2]
    near = place + np.array([[0, 0, rng.normal(0, 1)], [0, 0, rng.normal(0, 1)], [0, 0, 0]])
    lies = np.diag([1 / w, 1 / h, 1]) @ near @ np.diag([width, height, 1.0])
    one, two = (
        Pixels(width=p.shape[1], height=p.shape[0], rgb=np.ascontiguousarray(p).tobytes())
        for p in (incoming, earlier)
    )
    return differences(one, two, tuple(lies.ravel()))


def judge(found: Differences, truth: np.ndarray) -> tuple[bool, int, str]:
    """Whether the change was found, how many regions are false, and how it was called."""
    height, width = truth.shape
    drawn = np.zeros(truth.shape, bool)
    false, called = 0, Counter[str]()
    for region in found.regions:
        (left, top), _, (right, bottom), _ = region.corners
        at = np.s_[
            max(0, math.floor(top * height)) : math.ceil(bottom * height),
            max(0, math.floor(left * width)) : math.ceil(right * width),
        ]
        if truth[at].any():
            drawn[at] = True
            called[region.change.value] += 1
        else:
            false += 1
    share = (drawn & truth).sum() / max(1, truth.sum())
    return share >= 0.5, false, called.most_common(1)[0][0] if called else "-"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--part", choices=("tuning", "measuring"), default="measuring")
    asked = parser.parse_args()
    rng = np.random.default_rng(asked.seed)
    parts = {Part.TUNING, Part.TUNING_HELD_OUT}
    of = [
        path for path in photographs.find(asked.folder)
        if (photographs.part(path.name) in parts) == (asked.part == "tuning")
    ]  # fmt: skip
    pictures = [photographs.load(path) for path in of]
    print(f"{len(pictures)} photographs, seed {asked.seed}")
    print(f"{'change':14}{'found':>8}{'false regions':>15}{'too much':>10}   called")
    for name, change in CHANGES.items():
        hits = false = much = total = 0
        called = Counter[str]()
        for _ in range(asked.each):
            picture, other = (pictures[i] for i in rng.integers(0, len(pictures), 2))
            changed = change(picture, other, rng)
            apart = np.abs(changed.astype(int) - picture).max(axis=2) > 24
            if name != "nothing" and apart.mean() < 0.002:
                continue
            copy, place = copied(changed, rng)
            mask = cv2.warpPerspective(
                apart.astype(np.float32), place, copy.shape[1::-1], flags=cv2.INTER_AREA
            )
            truth = mask > 0.5
            if name != "nothing" and truth.mean() < 0.001:
                continue
            total += 1
            found = told(copy, picture, place, rng)
            if found is None or found.too_much:
                much += 1
                continue
            hit, wrong, kind = judge(found, truth)
            hits, false = hits + hit, false + wrong
            called[kind] += 1
        kinds = ", ".join(f"{kind} {count}" for kind, count in called.most_common(4))
        shares = f"{hits / max(1, total):8.2f}{false / max(1, total):15.2f}{much:10}"
        print(f"{name:14}{shares}   {kinds} (of {total})")


if __name__ == "__main__":
    main()
