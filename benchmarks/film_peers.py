"""What else finds films: vPDQ's rule, PDQ of any frame, the pHash of a sheet of frames, and TMK.

TMK+PDQF is what its authors' programs say, built from github.com/facebook/ThreatExchange (`make
tmk-hash-video tmk-query` in tmk/cpp, which needs a C++ compiler and FFmpeg's program): 15 frames a
second, found where both levels score 0.7 or more, as these programs have it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.film_edits import Frames
from verify.lab.hashing import fingerprints
from verify.matching.reels import Reel, distances

NAMES = ("PDQ, any frame", "vPDQ's rule", "pHash of a sheet")
TMK = "TMK"
_QUALITY, _BITS, _SHARE = 50, 31, 0.8  # of vPDQ
_SHEET_BITS = 10
_LEVEL = "0.7"  # of TMK, both


def sheet(frames: Frames) -> bytes:
    """The pHash of 16 frames in a square."""
    at = np.linspace(0, len(frames) - 1, 16).astype(int)
    tiles = [cv2.resize(frames[n], (64, 64), interpolation=cv2.INTER_AREA) for n in at]
    rows = [np.concatenate(tiles[n : n + 4], axis=1) for n in range(0, 16, 4)]
    picture = Image.fromarray(np.concatenate(rows))
    return next(one.hash for one in fingerprints(picture) if one.algorithm == "phash")


def peers(mine: Reel, drawn: bytes, archive: list[tuple[int, Reel, bytes]]) -> dict[str, set[int]]:
    """Which clips the hashes find. drawn: the sheet of what is asked for."""
    found: dict[str, set[int]] = {name: set() for name in NAMES}
    for number, theirs, known in archive:
        good = mine.quality >= _QUALITY
        bits = np.full(len(mine), 999)
        if good.any() and (theirs.quality >= _QUALITY).any():
            there = theirs.bits[theirs.quality >= _QUALITY, 0]
            bits[good] = distances(mine.bits[good, 0][:, None], there[None]).min(axis=1)
        share = (bits <= _BITS).sum() / max(1, good.sum())
        if share > 0:
            found["PDQ, any frame"].add(number)
        if share >= _SHARE:
            found["vPDQ's rule"].add(number)
        differ = int.from_bytes(known, "big") ^ int.from_bytes(drawn, "big")
        if differ.bit_count() <= _SHEET_BITS:
            found["pHash of a sheet"].add(number)
    return found


def tmk_hash(programs: Path, film: bytes, form: str) -> bytes:
    """What TMK keeps of a film. programs: the folder that has them."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, f"film.{form}"), Path(folder, "film.tmk")
        file.write_bytes(film)
        command = [programs / "tmk-hash-video", "-f", shutil.which("ffmpeg") or "ffmpeg"]
        command += ["-i", file, "-o", out]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return out.read_bytes()


class Tmk:
    """Asks TMK's program which archived films a film is alike."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder = programs, folder
        self._count = 0

    def add(self, number: int, hash_: bytes) -> None:
        """Archive a clip by its number."""
        (self._folder / f"{number}.tmk").write_bytes(hash_)
        self._count += 1

    def find(self, hash_: bytes) -> set[int]:
        """The numbers of the clips that are found."""
        asked, needles, hay = (self._folder / name for name in ("asked.tmk", "needles", "hay"))
        asked.write_bytes(hash_)
        needles.write_text(f"{asked}\n")
        hay.write_text("".join(f"{self._folder / f'{n}.tmk'}\n" for n in range(self._count)))
        command = [self._programs / "tmk-query", "--c1", _LEVEL, "--c2", _LEVEL, needles, hay]
        out = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
        return {int(Path(line.split()[-1]).stem) for line in out.stdout.splitlines()}
