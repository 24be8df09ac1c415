"""How long each check takes, and how often it speaks up on plain photographs.

    python -m benchmarks.checks [FOLDER] [FILES]

First the time of every check on one JPEG of 12 megapixels: the median of several runs, in
processor time of one thread, beside decoding and hashing. Then, for a folder of photographs that
nobody edited, the share of files in which each check flags or notes something, or fails, and
every flag: once as the files are and, where `exiftool` is installed, once more with what a camera
writes put into copies of them by it (camera, times with zone, satellites, place, thumbnail).
"""

from __future__ import annotations

import argparse
import io
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import skimage.data
from PIL import ExifTags, Image

from verify.lab.examine import all_checks, examine
from verify.lab.imaging import Specimen
from verify.lab.views import views
from verify.records import Outcome

SIZE = (4000, 3000)
RUNS = 5
FILES = 200
OUTCOMES = ("flagged", "failed", "noted", "inconclusive")
CAMERAS = (
    ("Canon", "Canon EOS R5"),
    ("NIKON CORPORATION", "NIKON Z 6"),
    ("SONY", "ILCE-7M3"),
    ("Apple", "iPhone 12"),
    ("samsung", "SM-G998B"),
    ("Google", "Pixel 6"),
)
PLACES = (
    (3, 33.3152, 44.3661),
    (2, 30.0444, 31.2357),
    (-3, -34.6037, -58.3816),
    (8, 1.3521, 103.8198),
)
"""Hours ahead of UTC, all the year round or nearly, and degrees."""


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


def chosen(folder: Path, files: int) -> list[Path]:
    """So many JPEGs, spread evenly over a folder."""
    every = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg"))
    return every[:: max(1, len(every) // files)][:files]


def outcomes(paths: list[Path]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """In how many of the files a check came to an outcome, and every flag."""
    counted: Counter[tuple[str, str]] = Counter()
    flags = []
    for path in paths:
        seen = examine(path.read_bytes(), filename=path.name)
        counted.update({(entry.check, entry.outcome.value) for entry in seen.findings})
        flags += [
            f"{path.name}: {entry.check}: {entry.summary.template}"
            for entry in seen.findings
            if entry.outcome in (Outcome.FLAGGED, Outcome.FAILED)
        ]
    return counted, flags


def as_from_a_camera(paths: list[Path], folder: Path) -> list[Path]:
    """Copies of the photographs in which ExifTool has written what a camera writes."""
    commands: list[str] = []
    copies = []
    for number, path in enumerate(paths):
        copy, thumbnail = folder / path.name, folder / f"{path.stem}.thm"
        shutil.copyfile(path, copy)
        with Image.open(path) as picture:
            picture.thumbnail((160, 160))
            picture.convert("RGB").save(thumbnail, "JPEG", quality=80)
        commands += [*_fields(number), f"-ThumbnailImage<={thumbnail}", "-overwrite_original"]
        commands += ["-q", str(copy), "-execute"]
        copies.append(copy)
    text = "\n".join(commands).encode()
    subprocess.run(["exiftool", "-@", "-"], input=text, capture_output=True, check=True)
    return copies


def _fields(number: int) -> Iterator[str]:
    """Camera, zone and place change from file to file; times and place fit each other."""
    make, model = CAMERAS[number % len(CAMERAS)]
    hours, latitude, longitude = PLACES[number % len(PLACES)]
    taken = datetime(2024, 1, 5, 8, 30) + timedelta(days=3 * number % 360, minutes=7 * number)
    utc = taken - timedelta(hours=hours)
    for name in ("DateTimeOriginal", "CreateDate", "ModifyDate"):
        yield f"-EXIF:{name}={taken:%Y:%m:%d %H:%M:%S}"
    for name in ("OffsetTime", "OffsetTimeOriginal", "OffsetTimeDigitized"):
        yield f"-EXIF:{name}={hours:+03d}:00"
    yield from (f"-Make={make}", f"-Model={model}", "-EXIF:ExifVersion=0231")
    yield from (f"-EXIF:SubSecTimeOriginal={number % 1000:03d}", f"-SerialNumber={4711 + number}")
    yield f"-GPSLatitude={abs(latitude + number / 9137):.6f}"
    yield f"-GPSLatitudeRef={'S' if latitude < 0 else 'N'}"
    yield f"-GPSLongitude={abs(longitude + number / 7919):.6f}"
    yield f"-GPSLongitudeRef={'W' if longitude < 0 else 'E'}"
    yield from (f"-GPSDateStamp={utc:%Y:%m:%d}", f"-GPSTimeStamp={utc:%H:%M:%S}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("files", nargs="?", type=int, default=FILES)
    asked = parser.parse_args()
    print(f"one JPEG of {SIZE[0]} x {SIZE[1]}, median of {RUNS} runs\n")
    measured = times(twelve_megapixels())
    for name, milliseconds in measured.items():
        print(f"{name:<22}{milliseconds:>8.1f} ms")
    checks = sum(taken for name, taken in measured.items() if not name.startswith("("))
    print(f"{'all checks':<22}{checks:>8.1f} ms")
    if not asked.folder:
        return
    paths = chosen(asked.folder, asked.files)
    table("photographs as they are", paths)
    if shutil.which("exiftool"):
        with tempfile.TemporaryDirectory() as folder:
            table("the same as from a camera", as_from_a_camera(paths, Path(folder)))


def table(title: str, paths: list[Path]) -> None:
    counted, flags = outcomes(paths)
    print(f"\n{len(paths)} {title}; share in which a check comes to each outcome\n")
    print(f"{'':<16}" + "".join(f"{outcome:>14}" for outcome in OUTCOMES))
    for check in sorted({check for check, _ in counted}):
        cells = "".join(f"{counted[check, outcome] / len(paths):>14.1%}" for outcome in OUTCOMES)
        print(f"{check:<16}{cells}")
    print(f"\n{len(flags)} flags", *flags, sep="\n")


if __name__ == "__main__":
    main()
