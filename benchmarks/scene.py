"""Measure what the checks of bars, seams, insets, patterns and blur see, and where they are wrong.

    python -m benchmarks.scene [FOLDER...] [--edited 60] [--plain 300] [--part measuring]

Of each edit of `benchmarks/edits/` that these checks are for, the share of edited photographs
in which each check noted something, and behind a + the share in which it could not tell. Then
the same for photographs that nobody edited, whole as they are in the folders: false alarms,
beside the few that came with a frame of their own. Thresholds were fixed on `tuning`.
"""

from __future__ import annotations

import argparse
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from benchmarks import lcd, photographs
from benchmarks.edits import apply, original
from benchmarks.photographs import Picture
from verify.lab.checks import bars, inset, quality, rephotograph, seams
from verify.lab.imaging import Specimen
from verify.records import Outcome

CHECKS = {"bars": bars, "seams": seams, "inset": inset, "pattern": rephotograph}
COLUMNS = (*CHECKS, "blur")
EDITS = (
    "border", "meme", "caption", "screenshot", "screenshot-of-screenshot", "video-frame",
    "collage", "inset", "screen-photo", "print-photo",
)  # fmt: skip


def main() -> None:
    chosen = _arguments()
    folders: list[Path | None] = [*chosen.folders] or [None]
    paths = [
        path
        for folder in folders
        for path in photographs.find(folder)
        if photographs.part(path.name).value.startswith(chosen.part)
    ]
    print(f"{chosen.part}: {len(paths)} photographs to choose from\n")
    print(f"{'':<26}{'pictures':>10}" + "".join(f"{name:>16}" for name in COLUMNS))
    some = _spread(paths, chosen.edited)
    pictures = [photographs.load(path) for path in some]
    for edit in EDITS:
        _row(edit, _edited(edit, some, pictures))
    _row("off a modelled screen", (_jpeg(one) for one in _off_screens(some, pictures)))
    _row("blurred (sigma 4)", (_jpeg(_blurred(picture)) for picture in pictures))
    for folder in folders:
        here = [path for path in paths if folder is None or path.parent == folder]
        plain = _spread(here, chosen.plain)
        _row(f"plain, {folder.name if folder else 'shipped'}", (p.read_bytes() for p in plain))


def _row(name: str, files: Iterable[bytes]) -> None:
    counted: Counter[tuple[str, Outcome]] = Counter()
    number = 0
    for data in files:
        number += 1
        specimen = Specimen(data)
        for check, module in CHECKS.items():
            counted.update({(check, finding.outcome) for finding in module.check(specimen)})
        grey = np.asarray(specimen.picture.convert("L"), dtype=np.float32)
        counted["blur", Outcome.NOTED] += quality.blur(grey) >= quality.BLURRED
    cells = []
    for check in COLUMNS:
        noted, unsure = (
            counted[check, outcome] / max(1, number)
            for outcome in (Outcome.NOTED, Outcome.INCONCLUSIVE)
        )
        cells.append(f"{noted:.1%}" + (f" + {unsure:.1%}" if unsure else ""))
    print(f"{name:<26}{number:>10}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def _edited(edit: str, paths: list[Path], pictures: list[Picture]) -> Iterator[bytes]:
    for number, (path, picture) in enumerate(zip(paths, pictures, strict=True)):
        rng = np.random.default_rng(zlib.crc32(f"{edit} {path.name}".encode()))
        others = [*pictures[:number], *pictures[number + 1 :]]
        yield _png(apply(edit, original(picture), rng, others).pixels)  # a JPEG's pixels already


def _off_screens(paths: list[Path], pictures: list[Picture]) -> Iterator[Picture]:
    for path, picture in zip(paths, pictures, strict=True):
        yield lcd.photographed(picture, np.random.default_rng(zlib.crc32(path.name.encode())))


def _blurred(picture: Picture) -> Picture:
    return np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(4)))


def _png(picture: Picture) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG", compress_level=1)
    return file.getvalue()


def _jpeg(picture: Picture) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=85)
    return file.getvalue()


def _spread(paths: list[Path], number: int) -> list[Path]:
    """So many of them, evenly over the sorted names."""
    return paths[:: max(1, len(paths) // number)][:number]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--edited", type=int, default=60, help="photographs to edit")
    parser.add_argument("--plain", type=int, default=300, help="unedited ones, of each folder")
    parser.add_argument("--part", choices=["tuning", "measuring"], default="measuring")
    return parser.parse_args()


if __name__ == "__main__":
    main()
