"""How long each check takes, and how often it speaks up on plain photographs.

    python benchmarks/checks.py [FOLDER] [FILES]

First the time of every check on one JPEG of 12 megapixels: the median of several runs, in
processor time of one thread, beside decoding and hashing. Then, for a folder of photographs that
nobody edited, the share of files in which each check flags or notes something, or fails.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import skimage.data
from PIL import ExifTags, Image

from verify.lab.examine import all_checks, examine
from verify.lab.imaging import Specimen
from verify.lab.views import views

SIZE = (4000, 3000)
RUNS = 5
FILES = 200
OUTCOMES = ("flagged", "failed", "noted", "inconclusive")


def twelve_megapixels() -> bytes:
    """A photograph at that size, with camera, time and place."""
    exif = Image.Exif()
    exif.update({ExifTags.Base.Make: "Canon", ExifTags.Base.Model: "Canon EOS R5"})
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2023:10:17 18:59:03"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (33.0, 20.0, 0.0), 3: "E", 4: (44.0, 24.0, 0.0)}
    )
    file = io.BytesIO()
    picture = Image.fromarray(skimage.data.coffee()).resize(SIZE, Image.Resampling.BICUBIC)
    picture.save(file, "JPEG", quality=92, exif=exif.tobytes())
    return file.getvalue()


def times(data: bytes) -> dict[str, float]:
    """Milliseconds for decoding, for hashing, and for each check."""
    taken: dict[str, list[float]] = {}
    for _ in range(RUNS):
        specimen = Specimen(data, "photo.jpg")
        started = time.thread_time()
        picture = specimen.picture
        taken.setdefault("(decoding)", []).append(time.thread_time() - started)
        started = time.thread_time()
        specimen.fingerprints = views(picture)[0].fingerprints
        taken.setdefault("(hashes, features)", []).append(time.thread_time() - started)
        for check in all_checks():
            started = time.thread_time()
            list(check.check(specimen))
            name = check.__name__.rpartition(".")[2]
            taken.setdefault(name, []).append(time.thread_time() - started)
    return {name: 1000 * statistics.median(values) for name, values in taken.items()}


def outcomes(folder: Path, files: int) -> tuple[int, Counter[tuple[str, str]]]:
    """How many photographs were examined; in how many a check came to an outcome."""
    every = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg"))
    chosen = every[:: max(1, len(every) // files)][:files]
    counted: Counter[tuple[str, str]] = Counter()
    for path in chosen:
        seen = examine(path.read_bytes(), filename=path.name)
        counted.update({(entry.check, entry.outcome.value) for entry in seen.findings})
    return len(chosen), counted


def main() -> None:
    print(f"one JPEG of {SIZE[0]} x {SIZE[1]}, median of {RUNS} runs\n")
    measured = times(twelve_megapixels())
    for name, milliseconds in measured.items():
        print(f"{name:<22}{milliseconds:>8.1f} ms")
    checks = sum(taken for name, taken in measured.items() if not name.startswith("("))
    print(f"{'all checks':<22}{checks:>8.1f} ms")
    if len(sys.argv) < 2:
        return
    files = int(sys.argv[2]) if len(sys.argv) > 2 else FILES
    count, counted = outcomes(Path(sys.argv[1]), files)
    print(f"\n{count} photographs; share in which a check comes to each outcome\n")
    print(f"{'':<16}" + "".join(f"{outcome:>14}" for outcome in OUTCOMES))
    for check in sorted({check for check, _ in counted}):
        cells = "".join(f"{counted[check, outcome] / count:>14.1%}" for outcome in OUTCOMES)
        print(f"{check:<16}{cells}")


if __name__ == "__main__":
    main()
