"""Reads the metadata of pictures and films beside ExifTool, and prints where the two differ.

    python -m benchmarks.metadata FOLDER...

Needs `exiftool` (Debian: libimage-exiftool-perl). A field counts where ExifTool has one.
The files are read by the lab, but in this process and without its walls: for known files only.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.formats import CLIPS, PICTURES
from verify.lab.imaging import Specimen
from verify.records import Metadata

PICTURE_ENDINGS = "jpg jpeg png tif tiff webp heic heif avif"
RAW_ENDINGS = "dng cr2 cr3 nef nrw arw orf rw2 raf pef srw"
FILM_ENDINGS = "mp4 m4v mov 3gp 3g2 avi wav mkv webm m4a"
ENDINGS = {f".{end}" for end in f"{PICTURE_ENDINGS} {RAW_ENDINGS} {FILM_ENDINGS}".split()}
# The place of each field, as ExifTool names it, in the order in which the desk looks.
TAGS = {
    "make": (
        "IFD0:Make",
        "XMP-tiff:Make",
        "PNG:Make",
        "Keys:Make",
        "UserData:Make",
        "Keys:AndroidMake",
    ),
    "model": (
        "IFD0:Model",
        "XMP-tiff:Model",
        "PNG:Model",
        "Keys:Model",
        "UserData:Model",
        "Keys:AndroidModel",
    ),
    "software": (
        "IFD0:Software",
        "XMP-tiff:Software",
        "PNG:Software",
        "Keys:Software",
        "UserData:SoftwareVersion",
        "RIFF:Software",
    ),
    "captured_at": (
        "ExifIFD:DateTimeOriginal",
        "IFD0:DateTimeOriginal",
        "XMP-exif:DateTimeOriginal",
        "Keys:CreationDate",
        "RIFF:DateTimeOriginal",
    ),
    "captured_zone": ("ExifIFD:OffsetTimeOriginal",),
    "gps": (
        "GPS:GPSLatitude",
        "XMP-exif:GPSLatitude",
        "Keys:GPSCoordinates",
        "UserData:GPSCoordinates",
        "UserData:LocationInformation",
    ),
    "orientation": ("IFD0:Orientation",),
    "caption": (
        "IFD0:ImageDescription",
        "IPTC:Caption-Abstract",
        "XMP-dc:Description",
        "PNG:Description",
        "PNG:Comment",
        "ItemList:Description",
        "Keys:Description",
        "RIFF:Comment",
    ),
    "creator": (
        "IFD0:Artist",
        "IPTC:By-line",
        "XMP-dc:Creator",
        "PNG:Author",
        "PNG:Artist",
        "ItemList:Artist",
        "Keys:Artist",
        "UserData:Artist",
        "RIFF:Artist",
    ),
}
READ = {*PICTURES, *CLIPS}
_NO_TEXT = "(Binary data "  # ExifTool's words for a text that is empty or cannot be unpacked
DEGREES = 0.00005  # about five metres


def main() -> None:
    """Print, field by field, how often the two say the same, and where they do not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="+", type=Path)
    files = sorted(
        path
        for folder in parser.parse_args().folder
        for path in folder.rglob("*")
        if path.is_file() and path.suffix.lower() in ENDINGS
    )
    said = by_exiftool(files)
    present, same = Counter[str](), Counter[str]()
    differences: list[str] = []
    makers: set[str] = set()
    for path in files:
        theirs, ours = expected(said.get(str(path), {})), read(path)
        makers.add(str(theirs.get("make") or "").lower())
        for field, value in theirs.items():
            present[field] += 1
            if alike(field, value, getattr(ours, field), ours):
                same[field] += 1
            else:
                differences.append(
                    f"{path.name}: {field}: ExifTool {value!r}, here {getattr(ours, field)!r}"
                )
    print(*differences, sep="\n")
    print(f"\n{len(files)} files, {len(makers - {''})} makers\n")
    print("| field | present | the same | share |")
    print("|---|---|---|---|")
    for field in (*TAGS, "all"):
        there = present.total() if field == "all" else present[field]
        right = same.total() if field == "all" else same[field]
        print(f"| {field} | {there} | {right} | {right / there if there else 1:.1%} |")


def read(path: Path) -> Metadata:
    """What a desk reads of the file; nothing of what is no picture or film."""
    specimen = Specimen(path.read_bytes())
    return specimen.readings.metadata if specimen.media_type in READ else Metadata()


def by_exiftool(files: list[Path]) -> dict[str, dict[str, Any]]:
    """Path -> tag -> value, the first of each name; numbers as they are written."""
    command = ["exiftool", "-json", "-G1", "-n", "-charset", "iptc=Latin", "-@", "-"]
    done = subprocess.run(
        command, input="\n".join(map(str, files)).encode(), capture_output=True, check=False
    )
    printed = done.stdout.decode("utf-8", "replace")
    return {
        entry["SourceFile"]: entry
        for entry in json.loads(printed or "[]", parse_float=str, parse_int=str)
    }


def expected(said: dict[str, Any]) -> dict[str, Any]:
    return dict(_chosen(said))


def _chosen(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for field, tags in TAGS.items():
        for tag in tags:
            value = said.get(tag)
            if field == "gps":
                group, _, name = tag.partition(":")
                value = _gps(said, group) if name == "GPSLatitude" else _in_one(value)
            elif field == "captured_at":
                value = _time(value)
            elif field == "orientation":
                value = int(value) if str(value) in "12345678" and value else None
            elif isinstance(value, list):
                value = ", ".join(map(str, value))
            elif value is not None:
                value = "" if str(value).startswith(_NO_TEXT) else str(value).strip()
            if value not in (None, ""):
                yield field, value
                break


def _gps(said: dict[str, Any], group: str) -> tuple[float, float] | None:
    """With the letters of north and south applied, which ExifTool keeps apart in EXIF."""
    read = []
    for name, negative in (("GPSLatitude", "S"), ("GPSLongitude", "W")):
        value = said.get(f"{group}:{name}")
        try:
            degrees = float(value)
        except (TypeError, ValueError):
            return None
        south = str(said.get(f"{group}:{name}Ref", "")).upper().startswith(negative)
        read.append(-abs(degrees) if south else degrees)
    return (read[0], read[1]) if abs(read[0]) <= 90 and abs(read[1]) <= 180 else None


def _in_one(value: Any) -> tuple[float, float] | None:
    """A film's position, whose parts ExifTool prints in a row."""
    found = re.findall(r"(?:^|(?<= )|(?<==))[+-]?\d+(?:\.\d+)?", str(value or ""))
    return (float(found[0]), float(found[1])) if len(found) > 1 else None


def _time(value: Any) -> str | None:
    """Only times: ExifTool hands on blanks and zeros as they stand."""
    found = re.match(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d:\d\d:\d\d)", str(value))
    return f"{found[1]}-{found[2]}-{found[3]}T{found[4]}" if found and found[1] > "0000" else None


def alike(field: str, theirs: Any, ours: Any, metadata: Metadata) -> bool:
    if field == "gps":
        here = metadata.gps
        return here is not None and (
            abs(here.latitude - theirs[0]) <= DEGREES and abs(here.longitude - theirs[1]) <= DEGREES
        )
    if field in ("orientation", "captured_at"):
        return bool(ours == theirs)
    said, here = _words(theirs), _words(ours)
    if said == here:
        return True
    # ExifTool shows a question mark for each byte that is no UTF-8; here it is a Latin letter.
    mapped = (re.sub(r"[^\x20-\x7e]", "?", words) for words in (said, here))
    return "?" in said and len(set(mapped)) == 1


def _words(value: Any) -> str:
    """The limits of length, and how control characters are shown, are ours by intent."""
    return re.sub(r"[\x00-\x20\x7f-\x9f]", "", str(value or ""))[:180]


if __name__ == "__main__":
    main()
