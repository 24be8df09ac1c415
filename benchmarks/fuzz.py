"""Broken files, thousands of them: whether anything but an answer comes back from the lab.

python -m benchmarks.fuzz [FOLDER] [--files 20000] [--seconds 600] [--seed N] [--films]

The files are pictures of every format that the lab reads, made here, with metadata in them, ZIP
archives of every way of packing, and those of a folder if one is given; each is changed at random,
then examined in the sandbox, a film watched and what sounds heard as well, an archive taken apart.
Every answer is put into words, as a reply would. `--films` changes those that move alone. Printed:
what came back, how long it took, how many children had to be replaced, and whatever was raised
(which must be nothing).
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pillow_heif
from PIL import Image, PngImagePlugin

from tests.filmed import filmed
from tests.sounding import recorded, street
from verify.errors import BadInput
from verify.formats import FILMS, SOUNDS
from verify.language import Reader, html, plain
from verify.records import Outcome
from verify.sandbox import SECONDS, Sandbox
from verify.store.keeping import unpack

_LARGEST = 2 << 20
_AT_ONCE = 200
_ARCHIVE = "archive"
_PACKED = {
    "stored": zipfile.ZIP_STORED,
    "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}
_SOUNDS = (
    ("ogg", "libopus", 48000),
    ("mp3", "libmp3lame", 44100),
    ("wav", "pcm_s16le", 16000),
    ("flac", "flac", 44100),
    ("adts", "aac", 32000),
    ("mp4", "aac", 44100),
    ("amr", "amr_nb", 8000),
)
_FILMS = (
    ("mp4", "libx264"),
    ("mov", "mpeg4"),
    ("webm", "libvpx"),
    ("matroska", "libx264"),
    ("avi", "mpeg4"),
    ("mpegts", "libx264"),
    ("vob", "mpeg2video"),
)
_MOVING = {*(form for form, _ in _FILMS), "png moving", "webp moving", "gif moving"}
_READER = Reader("en", ZoneInfo("UTC"))
_EDGES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\x80\0\0\0")
_XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="A &amp; B"/></rdf:RDF></x:xmpmeta>"""

Mutation = Callable[[bytearray, random.Random, list[bytes]], None]


@dataclass
class Fuzzed:
    """What came back. seconds: of each file; raised: tracebacks, of which there must be none."""

    answers: Counter[str] = field(default_factory=Counter)
    formats: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    replaced: int = 0


def seeds() -> dict[str, bytes]:
    """One small file, or several, of each format."""
    blots = np.random.default_rng(1).integers(0, 256, (6, 8, 3), np.uint8)
    picture = Image.fromarray(blots).resize((96, 72), Image.Resampling.BICUBIC)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Maker", "Model", "2024:05:06 07:08:09"
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 20.0, 30.0), 3: "E", 4: (43.0, 7.0, 0.0)})
    exif.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
    text = PngImagePlugin.PngInfo()
    text.add_text("parameters", "a duck, Steps: 20, Sampler: Euler a", zip=True)
    text.add_itxt("XML:com.adobe.xmp", _XMP.decode())
    turned = [picture.rotate(turn) for turn in (90, 180)]
    made = {
        "jpeg": _saved(picture, "JPEG", exif=exif.tobytes(), xmp=_XMP),
        "jpeg progressive": _saved(picture, "JPEG", progressive=True, quality=60),
        "jpeg grey": _saved(picture.convert("L"), "JPEG"),
        "png": _saved(picture, "PNG", pnginfo=text, exif=exif.tobytes()),
        "png palette": _saved(picture.quantize(16), "PNG"),
        "png moving": _saved(picture, "PNG", save_all=True, append_images=turned),
        "webp": _saved(picture, "WEBP", exif=exif.tobytes(), xmp=_XMP),
        "webp lossless": _saved(picture, "WEBP", lossless=True),
        "webp moving": _saved(picture, "WEBP", save_all=True, append_images=turned),
        "tiff": _saved(picture, "TIFF", exif=exif),
        "tiff packed": _saved(picture, "TIFF", compression="tiff_lzw"),
        "gif": _saved(picture, "GIF", comment=b"a comment"),
        "gif moving": _saved(picture, "GIF", save_all=True, append_images=turned),
        "avif": _saved(picture, "AVIF", exif=exif.tobytes()),
    }
    pillow_heif.register_heif_opener()
    made["heic"] = _saved(picture, "HEIF", exif=exif.tobytes(), xmp=_XMP)
    films = [picture, *turned, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    for form, codec in _FILMS:
        made[form] = filmed(*films, form=form, codec=codec, seconds=0.6)
    for form, codec, rate in _SOUNDS:
        made[f"sound {form}"] = recorded(street(1, 0.6), form, codec, rate)
    made["jpeg with a tail"] = made["jpeg"] + made["png"]
    for name, method in _PACKED.items():
        made[f"{_ARCHIVE} {name}"] = _archive(method, made["jpeg"], made["png"])
    return made


def _archive(method: int, *files: bytes) -> bytes:
    """An archive with these files, a folder and many zeros in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for number, content in enumerate((*files, bytes(200_000))):
            archive.writestr(f"folder/{number}.jpg", content)
    return made.getvalue()


def mutated(files: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Files without end: one of the seeds, changed one to six times."""
    corpus = list(files.values())
    names = list(files)
    while True:
        name = chance.choice(names)
        content = bytearray(files[name])
        for _ in range(chance.randint(1, 6)):
            chance.choice(MUTATIONS)(content, chance, corpus)
        yield name, bytes(content[:_LARGEST])


def _flip(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    for _ in range(chance.randint(1, 8) if content else 0):
        content[_place(content, chance)] ^= 1 << chance.randrange(8)


def _header(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    """Most fields that lead a decoder astray stand at the front."""
    if content:
        content[chance.randrange(min(len(content), 200))] = chance.randrange(256)


def _edge(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    at = _place(content, chance)
    edge = chance.choice(_EDGES)[: chance.choice((1, 2, 4))]
    content[at : at + len(edge)] = edge


def _cut(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    at = _place(content, chance)
    del content[at : at + chance.choice((1, 2, 4, 64, 1 << 30))]


def _repeat(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    at = _place(content, chance)
    content[at:at] = content[at : at + chance.randrange(1, 400)] * chance.choice((1, 2, 50))


def _splice(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    other = chance.choice(corpus)
    at = _place(content, chance)
    start = chance.randrange(len(other))
    content[at : at + chance.randrange(400)] = other[start : start + chance.randrange(1, 4000)]


def _noise(content: bytearray, chance: random.Random, corpus: list[bytes]) -> None:
    at = _place(content, chance)
    noise = chance.randbytes(chance.randrange(1, 64))
    content[at : at + len(noise)] = noise


MUTATIONS: tuple[Mutation, ...] = (_flip, _header, _header, _edge, _cut, _repeat, _splice, _noise)


def _place(content: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(content)) if content else 0


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def run(files: dict[str, bytes], count: int, seed: int, seconds: float = 3600) -> Fuzzed:
    """Examine so many changed files, or as many as fit into the seconds."""
    found = Fuzzed()
    changed = mutated(files, random.Random(seed))
    deadline = time.monotonic() + seconds
    replacements = _Replacements()
    logging.getLogger("verify.sandbox").addHandler(replacements)
    sandbox = Sandbox()

    def one(case: tuple[str, bytes]) -> None:
        name, content = case
        if time.monotonic() > deadline:
            return
        started = time.monotonic()
        try:
            looked_at = _taken_apart if name.startswith(_ARCHIVE) else _examined
            answer = looked_at(sandbox, content)
        except Exception:
            found.raised.append(f"{name}: {traceback.format_exc()}")
            return
        found.seconds.append(time.monotonic() - started)
        found.formats[name] += 1
        found.answers[answer] += 1

    try:
        with ThreadPoolExecutor(2) as threads:
            for start in range(0, count, _AT_ONCE):  # thousands of files are much to hold
                batch = [next(changed) for _ in range(min(_AT_ONCE, count - start))]
                list(threads.map(one, batch))
    finally:
        sandbox.close()
        logging.getLogger("verify.sandbox").removeHandler(replacements)
    found.replaced = replacements.count
    return found


def _examined(sandbox: Sandbox, content: bytes) -> str:
    """Examine a file and put all of the answer into words; the kind of the answer."""
    examination = sandbox.examine(content, filename="received")
    for finding in examination.findings:
        for sentence in (finding.summary, finding.caution):
            if sentence is not None:
                plain(sentence, _READER).encode()
                html(sentence, _READER).encode()
    if examination.frames or examination.media_type in FILMS:
        sandbox.watch(content)
    if examination.media_type in SOUNDS:
        sandbox.hear(content)
    failed = [one for one in examination.findings if one.outcome is Outcome.FAILED]
    if failed:
        return f"failed: {plain(failed[0].summary, _READER)}"
    return "read as a picture" if examination.width else "no picture"


def _taken_apart(sandbox: Sandbox, content: bytes) -> str:
    """Unpack an archive as an import does; what became of its files, or why it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "received.zip")
        path.write_bytes(content)
        try:
            entries = list(unpack.entries(path, path.parent, sandbox))
        except BadInput as error:
            return f"archive: {plain(error.sentence, _READER)}"
    left = {plain(entry.left_out, _READER) for entry in entries if entry.left_out}
    return "; ".join(["archive: taken apart", *sorted(left)])


class _Replacements(logging.Handler):
    """Counts the children that the sandbox says it replaced."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def _folder(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and 0 < path.stat().st_size <= _LARGEST
    }


def main() -> None:
    """Print the figures; the exit status is 1 when anything was raised or took too long."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--films", action="store_true", help="those of films alone")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    logging.getLogger("verify.sandbox").propagate = False
    files = seeds()
    if asked.films:
        files = {name: content for name, content in files.items() if name in _MOVING}
    files |= _folder(asked.folder) if asked.folder else {}
    started = time.monotonic()
    found = run(files, asked.files, asked.seed, asked.seconds)
    times = np.sort(found.seconds)
    print(f"{len(times)} files from {len(files)} in {time.monotonic() - started:.0f} s")
    print(f"seconds a file: median {np.median(times):.3f}, 99 % {times[int(len(times) * 0.99)]:.3f}"
          f", longest {times[-1]:.3f}")  # fmt: skip
    print(f"children replaced {found.replaced}; raised {len(found.raised)}")
    for answer, count in found.answers.most_common():
        print(f"{count:>8}  {answer}")
    for trace in found.raised[:5]:
        print(trace)
    sys.exit(1 if found.raised or times[-1] > 2 * SECONDS else 0)


if __name__ == "__main__":
    main()
