"""Count in which files a camera's maker left its own data (MakerNote).

    python -m benchmarks.maker_notes FOLDER...

Of the makers that `verify.lab.written.maker_notes` says always write it: JPEG and HEIC files with
the camera's settings, and how many of them have it. First those without a trace of a program (no
editor named, neither XMP nor Photoshop's data), then the others; then each file of the first kind
that lacks it, and each whose data have the form of another maker.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from pathlib import Path

from PIL.ExifTags import Base

from verify.lab.imaging import Specimen
from verify.lab.written.maker_notes import always_written, foreign, listed, settings
from verify.lab.written.programs import edits, read_programs

ENDINGS = (".jpg", ".jpeg", ".heic", ".heif")


def main() -> None:
    """Count, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="+", type=Path)
    counted: Counter[tuple[str, bool, bool]] = Counter()
    odd: list[str] = []
    seen: set[bytes] = set()
    for path in _files(parser.parse_args().folder):
        data = path.read_bytes()
        digest = hashlib.sha256(data).digest()
        if digest in seen:
            continue
        seen.add(digest)
        specimen = Specimen(data, path.name)
        exif, metadata = specimen.fields.exif, specimen.readings.metadata
        note = exif.detail.get(Base.MakerNote)
        if isinstance(note, bytes) and foreign(note, metadata.make or ""):
            odd.append(f"{path}: {metadata.make} with {note[:12]!r}")
        maker = always_written(metadata.make or "", metadata.model or "")
        if maker and settings(exif) and Base.ExifVersion in exif.detail:
            plain, there = not _edited(specimen), listed(specimen.blocks.exif, exif)
            counted[maker, plain, there] += 1
            if plain and not there:
                odd.append(f"{path}: {metadata.model}")
    print(f"{'':<12}{'no trace of a program':>24}{'others':>16}")
    for maker in sorted({maker for maker, _, _ in counted}):
        cells = [
            f"{counted[maker, plain, True]} of "
            f"{counted[maker, plain, True] + counted[maker, plain, False]}"
            for plain in (True, False)
        ]
        print(f"{maker:<12}{cells[0]:>24}{cells[1]:>16}")
    print(*odd, sep="\n")


def _files(folders: list[Path]) -> list[Path]:
    every = (path for folder in folders for path in sorted(folder.rglob("*")))
    return [path for path in every if path.suffix.lower() in ENDINGS]


def _edited(specimen: Specimen) -> bool:
    programs = read_programs(specimen.fields, specimen.readings)
    written = specimen.fields.xmp or specimen.fields.photoshop
    return bool(written) or any(edits(name) for name in programs)


if __name__ == "__main__":
    main()
