"""Working copy -> its views: the whole picture, the inner one where bars surround it, and what
transparency hides."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from PIL import Image

from verify.lab import hashing
from verify.lab.features import describe
from verify.lab.inner import inner
from verify.lab.looks import Look
from verify.records import Corners, View, ViewKind

_LEAST_SIDE = 32  # pixels; less is too little to hash

# Threads of OpenCV's would not be there in the process that is forked for each file.
cv2.setNumThreads(1)


def views(picture: Image.Image, looks: Iterable[Look] = ()) -> tuple[View, ...]:
    """The views of one upright RGB picture, the whole first. looks: its other looks, upright."""
    hidden = (View(kind=one.kind, fingerprints=(hashing.pdq(one.picture),)) for one in looks)
    return *_seen(picture), *hidden


def _seen(picture: Image.Image) -> tuple[View, ...]:
    pixels = np.asarray(picture)
    whole = View(
        kind=ViewKind.WHOLE,
        fingerprints=hashing.fingerprints(picture),
        features=describe(pixels),
    )
    box = inner(pixels)
    if box is None:
        return (whole,)
    left, top, right, bottom = box
    width, height = picture.size
    cut = picture.crop(
        (round(left * width), round(top * height), round(right * width), round(bottom * height))
    )
    if min(cut.size) < _LEAST_SIDE:
        return (whole,)
    corners: Corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    part = View(kind=ViewKind.INNER, corners=corners, fingerprints=(hashing.pdq(cut),))
    return whole, part
