"""Working copy -> its views: the whole picture, the inner one where bars surround it, pictures
within it, what transparency hides, previews and frames that show something else."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from msgspec.structs import replace
from PIL import Image

from verify.lab import hashing
from verify.lab.features import describe
from verify.lab.inner import Box, between_bars, inner
from verify.lab.looks import Look
from verify.lab.moving import Frame
from verify.lab.previews import Preview
from verify.records import Corners, View, ViewKind

_LEAST_SIDE = 32  # pixels; less is too little to hash

# Threads of OpenCV's would not be there in the process that is forked for each file.
cv2.setNumThreads(1)


def views(
    picture: Image.Image, looks: Iterable[Look] = (), insets: Iterable[Box] = ()
) -> tuple[View, ...]:
    """The views of one upright RGB picture, the whole first.

    looks: its other looks, upright. insets: where other pictures lie in it.
    """
    whole = View(fingerprints=hashing.fingerprints(picture), features=describe(np.asarray(picture)))
    found = [whole]
    if within := within_bars(picture):
        box, part = within
        own = (hashing.pdq(part),)
        found.append(View(kind=ViewKind.INNER, corners=_corners(box), fingerprints=own))
    for box in insets:
        if cut := _cut(picture, box):
            found.append(_seen(cut, View(kind=ViewKind.INSET, corners=_corners(box))))
    found += (_seen(one.picture, View(kind=one.kind)) for one in looks)
    return tuple(found)


def within_bars(picture: Image.Image) -> tuple[Box, Image.Image] | None:
    """The picture within bars, a frame or blurred sides, and where it lies; None without them."""
    box = inner(np.asarray(picture))
    cut = _cut(picture, box) if box else None
    return (box, cut) if box and cut else None


def within_black_bars(frame: Image.Image) -> Image.Image | None:
    """What a frame of a film shows between bars, or within what `within_bars` finds."""
    box = between_bars(np.asarray(frame))
    if cut := _cut(frame, box) if box else None:
        return cut
    within = within_bars(frame)
    return within and within[1]


def of_film(first: Image.Image) -> View:
    """The view of a film's first picture, by which the file is known."""
    return _seen(first, View())


def of_frames(frames: Iterable[Frame]) -> tuple[View, ...]:
    """The views of the frames of what moves that show something else than the first."""
    return tuple(
        _seen(one.picture, View(kind=ViewKind.FRAME, at_ms=one.at_ms))
        for one in frames
        if min(one.picture.size) >= _LEAST_SIDE
    )


def of_previews(previews: Iterable[Preview]) -> tuple[View, ...]:
    """The views of the previews in a file that show something else."""
    return tuple(
        _seen(one.picture, View(kind=ViewKind.PREVIEW, number=number))
        for number, one in enumerate(previews)
        if min(one.picture.size) >= _LEAST_SIDE
    )


def _seen(picture: Image.Image, view: View) -> View:
    """A view with what is read in the picture that it shows."""
    pixels = np.asarray(picture)
    return replace(view, fingerprints=hashing.fingerprints(picture), features=describe(pixels))


def _cut(picture: Image.Image, box: Box) -> Image.Image | None:
    """That part of the picture; None where it is too little to be found by."""
    left, top, right, bottom = box
    width, height = picture.size
    cut = picture.crop(
        (round(left * width), round(top * height), round(right * width), round(bottom * height))
    )
    return cut if min(cut.size) >= _LEAST_SIDE else None


def _corners(box: Box) -> Corners:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)
