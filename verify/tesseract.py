"""Tesseract, where this computer has it: a program behind walls that reads letters.

It gets grey pixels in a file without a name, and its answer goes into another one whose size
is limited. It can start no further process, reach nobody and write nowhere else.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from verify.lab.bounded_text import clean
from verify.niceness import make_nice
from verify.records import Pixels
from verify.unnamed import unnamed

LANGUAGES = ("eng", "ara")
INSTALL = "apt install tesseract-ocr tesseract-ocr-ara"
SECONDS = 10.0
_ANSWER_BYTES = 1 << 20
_BESIDE = ("lib", "share/tessdata", "share/tesseract-ocr")  # where it is not the system's
_SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")
_SURE, _LIKELY = 80, 60  # percent, as Tesseract gives them
_LETTERS = 3  # of a word that a surface without letters seldom gives
_WORD_CHARACTERS, _MOST_WORDS = 100, 2000
_ROW = re.compile(r"5\t(\d+)\t(\d+)\t(\d+)\t(\d+)\t(?:\d+\t){5}(\d+(?:\.\d+)?)\t(\S[^\t]*)")


class TesseractError(Exception):
    """It gave no answer: `slow` or `failed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Ran:
    """What a run of the program gave."""

    answer: bytes
    walls: dict[str, bool]


class Tesseract:
    """The program, looked for when needed. May be used from several threads."""

    def __init__(self, at_once: int = 2, *, niceness: int = 0) -> None:
        """at_once: how many pictures are read at the same time. niceness: by how much others
        come first."""
        self._niceness = niceness
        self._places = threading.Semaphore(at_once)
        self._known: dict[str, tuple[str, ...]] = {}

    def languages(self) -> tuple[str, ...]:
        """Those of `LANGUAGES` that it has data for; none where it is not installed."""
        program = _program()
        if not program:
            return ()
        if not self._known.get(program):
            with contextlib.suppress(TesseractError, OSError):
                listed = _run(program, ["--list-langs"], None).answer.decode("utf-8", "replace")
                self._known[program] = tuple(one for one in LANGUAGES if one in listed.split())
        return self._known.get(program, ())

    def walls(self) -> dict[str, bool]:
        """Which walls stand around it, by name; empty where it cannot be started."""
        program = _program()
        with contextlib.suppress(TesseractError, OSError):
            return _run(program, ["--version"], None).walls if program else {}
        return {}

    def read(self, pixels: Pixels) -> str:
        """The text in a picture, line by line; "" where there is none. Raises TesseractError.

        Lines are kept that hold a word of three letters which Tesseract is sure of.
        """
        return self._read([pixels])[0]

    def read_each(self, pictures: Sequence[Pixels]) -> list[str | TesseractError]:
        """The same of several pictures that came together, in one run of the program, whose start
        takes longer than reading a photograph. Where that fails each is read by itself."""
        if len(pictures) > 1:
            with contextlib.suppress(TesseractError):
                return [*self._read(pictures)]
        return [self._read_or_fail(one) for one in pictures]

    def _read_or_fail(self, pixels: Pixels) -> str | TesseractError:
        try:
            return self.read(pixels)
        except TesseractError as error:
            return error

    def _read(self, pictures: Sequence[Pixels]) -> list[str]:
        arguments = ["-", "-", "-l", "+".join(self.languages()), "--psm", "11"]
        arguments += ["-c", "tessedit_create_tsv=1", "-c", "tessedit_create_txt=0"]
        try:
            with self._places, unnamed() as file:
                _write(pictures, file)
                answer = _run(_program(), arguments, file, self._niceness).answer
        except OSError as error:  # also a disk that takes no temporary file
            raise TesseractError("failed") from error
        return _texts(answer, len(pictures))


def _program() -> str:
    found = shutil.which("tesseract")
    return os.path.realpath(found) if found else ""


def _write(pictures: Sequence[Pixels], file: BinaryIO) -> None:
    """As a grey map: the simplest format there is, written by us from numbers alone. Several are
    the pages of a TIFF that is not compressed."""

    from verify.pixels import as_image  # it loads Pillow

    first, *others = (as_image(one).convert("L") for one in pictures)
    if others:
        first.save(file, "TIFF", save_all=True, append_images=others)
    else:
        first.save(file, "PPM")
    file.seek(0)


def _run(program: str, arguments: list[str], picture: BinaryIO | None, niceness: int = 0) -> Ran:
    """Run it behind walls, for ten seconds at most. Raises TesseractError, OSError."""
    if not program:
        raise TesseractError("failed")
    folder = Path(program).parent
    own = [str(folder), *(str(folder.parent / name) for name in _BESIDE)]
    readable = os.pathsep.join([*_SYSTEM, *own])
    launcher = [sys.executable, "-I", "-m", "verify.lab.walled", str(_ANSWER_BYTES), readable]
    with unnamed() as answer, unnamed() as said:
        process = subprocess.Popen(  # noqa: S603  the command is ours, and no shell reads it
            [*launcher, "--", program, *arguments],
            stdin=picture or subprocess.DEVNULL,
            stdout=answer,
            stderr=said,
            cwd="/",
            env={},
            start_new_session=True,
        )
        make_nice(process.pid, niceness)
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise TesseractError("slow") from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if code:
            raise TesseractError("slow" if code == -signal.SIGXCPU else "failed")
        answer.seek(0)
        said.seek(0)
        return Ran(answer.read(_ANSWER_BYTES), _walls(said.readline(1000)))


def _walls(line: bytes) -> dict[str, bool]:
    try:
        stand = json.loads(line)
    except ValueError:
        return {}
    return {str(name): bool(one) for name, one in stand.items()} if type(stand) is dict else {}


def _texts(answer: bytes, pages: int) -> list[str]:
    """For each page the words of Tesseract's table that are likely, in lines that hold one that is
    sure."""
    found: list[dict[tuple[str, ...], list[tuple[str, float]]]] = [{} for _ in range(pages)]
    for row in answer.decode("utf-8", "replace").splitlines()[: 4 * _MOST_WORDS * pages]:
        if read := _ROW.fullmatch(row):
            page, *place, sure, word = read.groups()
            if float(sure) >= _LIKELY and (cleaned := clean(word, _WORD_CHARACTERS)):
                lines = found[min(max(int(page[:9]), 1), pages) - 1]
                lines.setdefault(tuple(place), []).append((cleaned, float(sure)))
    return [_text(lines.values()) for lines in found]


def _text(lines: Iterable[Sequence[tuple[str, float]]]) -> str:
    return "\n".join(
        " ".join(word for word, _ in line)
        for line in lines
        if any(sure >= _SURE and _letters(word) >= _LETTERS for word, sure in line)
    )


def _letters(word: str) -> int:
    return sum(character.isalpha() for character in word)
