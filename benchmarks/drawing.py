"""How much a line drawing shows, and how little of what hurts.

    python -m benchmarks.drawing [--people FOLDER] [--pictures docs/images/drawings.png]

Lines: of the boundaries that at least half of the people drew in a photograph, how much lies within
a few pixels of ink. FOLDER is one of the Berkeley Segmentation Data Set (BSDS500), with
`images/test` and `groundTruth/test`; without it that row is left out. Beside it stands how much of
the paper lies as near to ink, which is what a drawing finds by hatching everything. Blotches:
painted in the colours of blood on photographs, the share of them that is drawn dark. Words: drawn
on photographs, read by Tesseract in the drawing and in a photograph of the same size.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.photographs import photograph
from verify.care.drawing import drawn
from verify.records import Pixels
from verify.tesseract import Tesseract

Picture = NDArray[np.uint8]
_SIDE, _LARGE = 640, (4000, 3000)
_NEAR = 0.0075  # of the diagonal, as this data set's own measure of boundaries has it
_DARK = 128
_PHOTOGRAPHS = ("china", "flower", "astronaut", "chelsea", "coffee", "rocket")
_SIGNS = (
    "POLICE LINE", "General Hospital", "Main Street 14", "ALPHA BAKERY", "Exit to bridge",
    "School of Music", "FIRE STATION", "Market Square", "Central Bank", "North Gate",
    "River",
)  # fmt: skip


def main() -> None:
    """Draw, measure, print."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--people", type=Path, metavar="FOLDER")
    asked.add_argument("--pictures", type=Path, metavar="FILE", help="photographs and drawings")
    asked.add_argument("--seed", type=int, default=18)
    given = asked.parse_args()
    ways = {"this drawing": _ours, "adaptive threshold": _threshold, "pencil sketch": _pencil}
    print(f"{'':<34}" + "".join(f"{name:>20}" for name in ways))
    if given.people:
        photographs = [*_by_people(given.people)]
        for name, at in (("lines found, of those people drew", 0), ("paper that near to ink", 1)):
            _row(
                name,
                [statistics.mean(_lines(p, one)[at] for p in photographs) for one in ways.values()],
            )
        _row(
            "paper that is ink",
            [statistics.mean(_inked(one(p)) for p, _ in photographs) for one in ways.values()],
        )
        print(f"  ({len(photographs)} photographs)")
    spoilt = [*_blotched(np.random.default_rng(given.seed))]
    _row(
        "blotches that are dark, in per cent",
        [100 * _dark_within(spoilt, one) for one in ways.values()],
    )
    reads, words = Tesseract(), [*_signed()]
    total = sum(len(text.split()) for _, text in words)
    _row(f"words read, of {total}", [_read(reads, words, one) for one in ways.values()], "20.0f")
    print(f"  (in the photographs at that size: {_read(reads, words, lambda one: one)})")
    for size in ((640, 480), _LARGE):
        _row(
            f"ms a picture of {size[0]} x {size[1]}",
            [_took(size, one) for one in ways.values()],
            "20.0f",
        )
    if given.pictures:
        _table(given.pictures, [*map(_photograph, _PHOTOGRAPHS), spoilt[0][0], _smoke(), _grey()])


def _row(name: str, values: list[float], form: str = "20.2f") -> None:
    print(f"{name:<34}" + "".join(f"{value:>{form}}" for value in values), flush=True)


# --- the ways to draw, each (h, w, 3) -> (h, w, 3) ----------------------------------------------

Way = Callable[[Picture], Picture]


def _ours(picture: Picture) -> Picture:
    made = drawn(Pixels(width=picture.shape[1], height=picture.shape[0], rgb=picture.tobytes()))
    return np.frombuffer(made.rgb, np.uint8).reshape(made.height, made.width, 3)


def _threshold(picture: Picture) -> Picture:
    grey = cv2.medianBlur(cv2.cvtColor(_small(picture), cv2.COLOR_RGB2GRAY), 5)
    lines = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 5)
    return np.repeat(lines[..., None], 3, 2)


def _pencil(picture: Picture) -> Picture:
    made, _ = cv2.pencilSketch(np.ascontiguousarray(_small(picture)))
    return np.repeat(made[..., None], 3, 2)


def _small(picture: Picture) -> Picture:
    image = Image.fromarray(picture)
    image.thumbnail((_SIDE, _SIDE))
    return np.asarray(image)


# --- lines that people drew ---------------------------------------------------------------------


def _by_people(folder: Path) -> Iterator[tuple[Picture, Picture]]:
    """A photograph, and where at least half of the people drew a boundary near."""
    from scipy.io import loadmat

    for file in sorted((folder / "images" / "test").glob("*.jpg")):
        picture = np.asarray(Image.open(file).convert("RGB"))
        cells = loadmat(str(folder / "groundTruth" / "test" / f"{file.stem}.mat"))["groundTruth"][0]
        each = [cell["Boundaries"][0, 0].astype(np.uint8) for cell in cells]
        near = sum(_grown(one).astype(int) for one in each)
        agreed = np.any(each, axis=0) & (near * 2 >= len(each))
        yield picture, agreed.astype(np.uint8)


def _grown(mask: Picture) -> Picture:
    reach = max(1, round(_NEAR * float(np.hypot(*mask.shape))))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(cv2.dilate(mask, kernel))


def _lines(one: tuple[Picture, Picture], way: Way) -> tuple[float, float]:
    picture, agreed = one
    near = _grown((way(picture)[..., 0] < _DARK).astype(np.uint8)) > 0
    there = agreed > 0
    return float(near[there].mean()) if there.any() else 1.0, float(near.mean())


def _inked(picture: Picture) -> float:
    return float((picture[..., 0] < _DARK).mean())


# --- blotches -----------------------------------------------------------------------------------


def _blotched(chance: np.random.Generator) -> Iterator[tuple[Picture, Picture]]:
    """Photographs with blotches of blood painted on them, wet, smeared and dried; and where."""
    for name in _PHOTOGRAPHS:
        picture = _photograph(name)
        height, width = picture.shape[:2]
        rough = cv2.resize(
            chance.random((9, 12)).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        fine = cv2.resize(
            chance.random((60, 80)).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_CUBIC,
        )
        mask = ((rough + 0.15 * fine) > 0.78).astype(np.uint8)
        shade = 40 + 110 * np.clip(0.5 * rough + 0.5 * fine - 0.2, 0, 1)
        blood = np.stack([shade, shade * 0.10, shade * 0.12], -1)
        edge = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0)[..., None]
        yield (picture * (1 - edge) + blood * edge).astype(np.uint8), mask


def _dark_within(spoilt: list[tuple[Picture, Picture]], way: Way) -> float:
    shares = []
    for picture, mask in spoilt:
        inner = cv2.erode(mask, np.ones((5, 5), np.uint8)) > 0  # the outline itself is a line
        shares.append(float((way(picture)[..., 0][inner] < _DARK).mean()))
    return statistics.mean(shares)


# --- words and time -----------------------------------------------------------------------------


def _signed() -> Iterator[tuple[Picture, str]]:
    letters = ImageFont.truetype("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", 26)
    for number, text in enumerate(_SIGNS):
        image = Image.fromarray(_photograph(_PHOTOGRAPHS[number % len(_PHOTOGRAPHS)]))
        draw, plate = ImageDraw.Draw(image), number % 2
        box = draw.textbbox((60, 150), text, font=letters)
        if plate:
            draw.rectangle((box[0] - 12, box[1] - 8, box[2] + 12, box[3] + 8), fill="white")
        draw.text((60, 150), text, font=letters, fill="black" if plate else "white")
        yield np.asarray(image), text


def _read(reads: Tesseract, words: list[tuple[Picture, str]], way: Way) -> int:
    found = 0
    for picture, text in words:
        made = np.ascontiguousarray(way(picture))
        seen = reads.read(Pixels(width=made.shape[1], height=made.shape[0], rgb=made.tobytes()))
        found += sum(word in seen for word in text.split())
    return found


def _took(size: tuple[int, int], way: Way) -> float:
    picture = np.asarray(Image.fromarray(_photograph("china")).resize(size))
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        way(picture)
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


# --- the table of pictures ----------------------------------------------------------------------


def _photograph(name: str) -> Picture:
    image = photograph(name).copy()
    image.thumbnail((_SIDE, _SIDE))
    return np.ascontiguousarray(np.asarray(image))


def _smoke() -> Picture:
    """A street behind drawn smoke: what almost vanishes."""
    picture = _photograph("china")
    chance = np.random.default_rng(7)
    cloud = cv2.resize(
        chance.random((5, 6)).astype(np.float32),
        picture.shape[1::-1],
        interpolation=cv2.INTER_CUBIC,
    )
    veil = np.clip(cloud * 1.6, 0, 0.96)[..., None]
    return np.asarray((picture * (1 - veil) + 120 * veil).astype(np.uint8))


def _grey() -> Picture:
    """The spoilt photograph without its colours: what is drawn as if it were anything else."""
    picture, _ = next(_blotched(np.random.default_rng(18)))
    return np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)


def _table(file: Path, pictures: list[Picture]) -> None:
    cell, gap = (300, 225), 8
    columns = 3
    rows = -(-len(pictures) // columns)
    size = (columns * 2 * (cell[0] + gap) + gap, rows * (cell[1] + gap) + gap)
    sheet = Image.new("RGB", size, (200, 200, 196))
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        for side, one in enumerate((picture, _ours(picture))):
            image = Image.fromarray(np.ascontiguousarray(one))
            image.thumbnail(cell)
            sheet.paste(
                image, (gap + (2 * column + side) * (cell[0] + gap), gap + row * (cell[1] + gap))
            )
    sheet.quantize(64).save(file, optimize=True)


if __name__ == "__main__":
    main()
