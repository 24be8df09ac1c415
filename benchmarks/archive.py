"""This project's search over an archive in memory, step by step as a desk does it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from benchmarks.lettering import Picture
from verify.lab import features, hashing, inner
from verify.lab.features import STORED_POINTS, stored
from verify.lab.frames import framed, within
from verify.lab.insets import insets
from verify.lab.rectangles import rectangles
from verify.lab.seams import seams
from verify.lab.steps import Steps
from verify.matching import inverted
from verify.matching.alignment import Query
from verify.matching.drawings import borne_out
from verify.matching.find import Detection, find
from verify.matching.hash_index import HashIndex, Neighbour
from verify.matching.local_index import LocalIndex
from verify.matching.placing import placed
from verify.matching.points import read
from verify.records import WHOLE, Features, Fingerprint, View

_PARTS = 1 << 40  # names of parts begin there, far from every place
QUALITY = 50  # PDQ below is neither matched nor trusted


@dataclass
class Answer:
    """What a query brought: by step, the places of the pictures found; how they lie; and the
    places of what only looks alike."""

    steps: dict[str, set[int]]
    found: list[Detection]
    seconds: dict[str, float]
    alike: set[int]

    @property
    def places(self) -> set[int]:
        return set().union(*self.steps.values())


@dataclass
class Archive:
    """Pictures by place: 0, 1, 2 ..."""

    local: LocalIndex = field(default_factory=LocalIndex)
    pdq: HashIndex = field(default_factory=HashIndex)
    inner: HashIndex = field(default_factory=HashIndex)
    kept: list[Features] = field(default_factory=list)
    parts: dict[int, tuple[int, View]] = field(default_factory=dict)

    def add(self, found: Features) -> int:
        """Add a picture by its features; returns its place."""
        self.kept.append(stored(found))
        self.local.add(len(self.kept) - 1, read(found, STORED_POINTS))
        return len(self.kept) - 1

    def add_insets(self, place: int, picture: Picture) -> None:
        """Add the pictures within a picture that is here, as views of its own."""
        for view in _insets(picture):
            name = _PARTS + len(self.parts)
            own = msgspec.structs.replace(view, features=stored(view.features))
            self.parts[name] = place, own
            self.local.add(name, read(view.features, STORED_POINTS), exhibit=place)

    def add_hashes(self, place: int, picture: Picture) -> None:
        """Add the hashes of a picture that is here."""
        for index, hash_ in zip((self.pdq, self.inner), hashes(picture), strict=True):
            if hash_ is not None:
                index.add(place, hash_[0])

    def search(self, picture: Picture, beside: Sequence[Picture] = ()) -> Answer:
        """Look for a picture by every step. beside: what else its file shows."""
        start = time.process_time()
        whole, part = hashes(picture)
        wholes = [whole, inverted.complement(whole) if whole else None]
        wholes += [hashes(one)[0] for one in beside]
        near = [self.pdq.search(hash_) if hash_ else [] for hash_ in wholes]
        steps = {"pdq": set[int](), "pdq-inner": set[int]()}
        for index, hash_ in ((self.pdq, part), (self.inner, whole), (self.inner, part)):
            if hash_ is not None and len(index):
                steps["pdq-inner"] |= {candidate.view_id for candidate in index.search(hash_)}
        hashed = time.process_time()
        described = [View(features=features.describe(one)) for one in (picture, *beside)]
        described += _insets(picture)
        extracted = time.process_time()
        found: list[Detection] = []
        alike: list[Detection] = []
        queries = [(view, Query.of(view.features), None) for view in described]
        queries.insert(1, (WHOLE, queries[0][1].inverted(), inverted.ASKED))
        for view, query, asked in queries:
            here = find(query, self.local, self._features_of, asked=asked, alike=alike)
            found += [self._placed(view, one) for one in here]
        steps["local-features"] = {one.view_id for one in found}
        steps["pdq-inner"] &= steps["local-features"]  # it needs their proof
        steps["pdq"] = {
            one.view_id
            for (_, query, _), ones in zip(queries, near, strict=False)
            for one in ones
            if one.view_id in steps["local-features"] or self.borne_out(query, one)
        }
        seconds = {
            "hashes": hashed - start,
            "features": extracted - hashed,
            "search": time.process_time() - extracted,
        }
        named = {self.parts[one.view_id][0] if one.view_id in self.parts else one.view_id
                 for one in alike}  # fmt: skip
        return Answer(steps, found, seconds, named - set().union(*steps.values()))

    def borne_out(self, query: Query, near: Neighbour) -> bool:
        """Whether pixels bear out what a hash says."""
        return borne_out(query, self.kept[near.view_id], near.orientation)

    def _features_of(self, name: int) -> Features:
        return self.parts[name][1].features if name in self.parts else self.kept[name]

    def _placed(self, view: View, one: Detection) -> Detection:
        """The same of the pictures that the views are parts of."""
        place, earlier = self.parts.get(one.view_id, (one.view_id, WHOLE))
        proof = placed(one.alignment.proof, view, earlier)
        return Detection(place, replace(one.alignment, proof=proof))


def _insets(picture: Picture) -> list[View]:
    """What the lab describes of the pictures within a picture."""
    frame = framed(picture)
    steps = Steps.of(within(picture, frame))
    boxes = insets(picture, frame, rectangles(steps), seams(steps))
    height, width = picture.shape[:2]
    found = []
    for left, top, right, bottom in boxes:
        part = picture[
            round(top * height) : round(bottom * height), round(left * width) : round(right * width)
        ]
        if min(part.shape[:2]) >= 32:
            corners = (left, top), (right, top), (right, bottom), (left, bottom)
            found.append(View(corners=corners, features=features.describe(part)))
    return found


@lru_cache(maxsize=4)
def _pdq(rgb: bytes, height: int, width: int) -> Fingerprint:
    return hashing.pdq(Image.frombytes("RGB", (width, height), rgb))


def pdq(picture: Picture) -> Fingerprint:
    """PDQ of a picture, remembered for whoever asks for the same one next."""
    return _pdq(picture.tobytes(), *picture.shape[:2])


def hashes(picture: Picture) -> list[tuple[bytes, ...] | None]:
    """PDQ in eight orientations of the whole and of the inner picture, where worth having."""
    views: list[Picture | None] = [picture, None]
    box = inner.inner(picture)
    if box is not None:
        height, width = picture.shape[:2]
        left, top, right, bottom = np.rint(np.array(box) * (width, height, width, height)).astype(
            int
        )
        views[1] = picture[top:bottom, left:right]
    out: list[tuple[bytes, ...] | None] = []
    for view in views:
        hash_ = None
        if view is not None and min(view.shape[:2]) >= 32:
            fingerprint = pdq(view)
            hash_ = fingerprint.orientations if (fingerprint.quality or 0) >= QUALITY else None
        out.append(hash_)
    return out


def read_cache(path: Path) -> dict[str, Features]:
    """Features described earlier, by file name: what `describe` gave, one message each."""
    found: dict[str, Features] = {}
    with path.open("rb") as file:
        while len(size := file.read(4)) == 4:
            message = file.read(int.from_bytes(size, "little"))
            if len(message) < int.from_bytes(size, "little"):
                break
            name, features_ = msgspec.msgpack.decode(message, type=tuple[str, Features])
            found[Path(name).name] = features_
    return found
