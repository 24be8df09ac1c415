"""Other ways to find a picture again, as they are usually set, to stand beside this one."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.archive import pdq
from benchmarks.lettering import Picture

SAMPLE = 50  # pictures that crop_resistant_hash is compared with: it knows no index


@dataclass
class Peer:
    """A hash, and the distance in bits up to which two pictures count as one.

    orientations: how many hashes of a query are looked up (PDQ: eight).
    """

    name: str
    bits: int
    threshold: int
    hashes: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _matrix: NDArray[np.uint64] | None = None

    def add(self, place: int, picture: Picture) -> None:
        self.places.append(place)
        self.hashes.append(self.hash(picture)[0])
        self._matrix = None

    def hash(self, picture: Picture) -> list[bytes]:
        """The hashes of a picture; the first is the one that an archive keeps."""
        image = Image.fromarray(picture)
        if self.name == "PDQ":
            return list(pdq(picture).orientations)
        if self.name == "pHash 256":
            found = imagehash.phash(image, hash_size=16)
        else:
            found = {
                "pHash": imagehash.phash,
                "dHash": imagehash.dhash,
                "wHash": imagehash.whash,
            }[self.name](image)
        return [np.packbits(found.hash.ravel()).tobytes()]

    def search(self, picture: Picture) -> set[int]:
        """The places of all archived pictures within the threshold."""
        start = time.process_time()
        if self._matrix is None:
            flat = np.frombuffer(b"".join(self.hashes), np.uint8)
            self._matrix = flat.reshape(len(self.hashes), -1).view(np.uint64)
        found: set[int] = set()
        for one in self.hash(picture):
            query = np.frombuffer(one, np.uint64)
            distance = np.bitwise_count(self._matrix ^ query).sum(axis=1)
            found.update(self.places[i] for i in np.flatnonzero(distance <= self.threshold))
        self.seconds.append(time.process_time() - start)
        return found


class CropResistant:
    """imagehash's crop_resistant_hash with its own `matches`, against a sample and the source."""

    name = "crop-resistant"

    def __init__(self) -> None:
        self.hashes: dict[int, imagehash.ImageMultiHash] = {}
        self.seconds: list[float] = []

    def add(self, place: int, picture: Picture) -> None:
        if place not in self.hashes:
            self.hashes[place] = imagehash.crop_resistant_hash(Image.fromarray(picture))

    def search(self, picture: Picture) -> set[int]:
        start = time.process_time()
        query = imagehash.crop_resistant_hash(Image.fromarray(picture))
        found = {place for place, kept in self.hashes.items() if query.matches(kept)}
        self.seconds.append(time.process_time() - start)
        return found


def usual() -> list[Peer]:
    """The peers at their usual thresholds: some 15 % of the bits; PDQ's own 31 of 256."""
    return [
        Peer("pHash", 64, 10),
        Peer("dHash", 64, 10),
        Peer("wHash", 64, 10),
        Peer("pHash 256", 256, 40),
        Peer("PDQ", 256, 31),
    ]
