"""A line drawing of a picture, which shows where things are and little of how they look.

What is red as blood is drawn without texture: its lines go, and a flat pale patch says where it
is. It is no anonymising: faces and letters stay. What it fails on: monochrome pictures keep their
dark lines, smoke and fire almost vanish, red clothes and cars become flat patches.

Drawings as a first view lowered negative feelings by 30 % among 107 people, most of them
journalists, while 97 % stayed legible (arXiv 2307.10334). Edges: the mean around a pixel, less the
pixel, as in Winnemoeller, XDoG (2011), without its tones, which bring dark pools back.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.records import Pixels

Plane = NDArray[np.float32]
_SIDE = 640  # pixels, the longest
_MEDIAN = 15  # pixels
_SIGMA, _OFFSET, _HUSHED, _SOFT = 2.0, 3.5, 14.0, 5.0
_STROKE, _RED_STROKE = 14, 84  # pixels: what is smaller is no line
_PATCH = 0.002  # of the picture
_PAPER, _PALE = 255, 222
_DRAWN = 0.25  # of full ink: what counts as part of a stroke
_RED = 0.5


def drawn(picture: Pixels) -> Pixels:
    """The picture in lines on white paper, in grey; at most 640 pixels wide and high."""
    rgb = _small(picture)
    red = redness(rgb)
    ink = _strokes(_ink(rgb, red), red)
    paper = np.where(_patches(red), _PALE, _PAPER).astype(np.float32)
    grey = np.clip(paper * (1 - ink), 0, 255).astype(np.uint8)
    height, width = grey.shape
    return Pixels(width=width, height=height, rgb=np.repeat(grey[..., None], 3, 2).tobytes())


def redness(rgb: NDArray[np.uint8]) -> Plane:
    """How much of blood's colour there is, 0 to 1, per pixel. rgb: (h, w, 3)."""
    lab = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    saturation = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)[..., 1].astype(np.float32) / 255
    light, a, b = (lab[..., n] for n in range(3))
    hue, chroma = np.degrees(np.arctan2(b, a)), np.hypot(a, b)
    soft = (
        _above(hue, -13, 6) * _above(-hue, -35, 6) * _above(chroma, 28, 8)
        * _above(-light, -60, 8) * _above(saturation, 0.7, 0.1)
    )  # fmt: skip
    return np.asarray(cv2.GaussianBlur(soft.astype(np.float32), (0, 0), 1.0))


def _above(value: NDArray[Any], edge: float, width: float) -> Plane:
    """0 below an edge, 1 above it, and between them over so wide a slope."""
    return np.asarray(np.clip((value - edge) / width + 0.5, 0, 1), np.float32)


def _small(picture: Pixels) -> NDArray[np.uint8]:
    whole = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    scale = _SIDE / max(picture.width, picture.height)
    if scale >= 1:
        return whole
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA))


def _ink(rgb: NDArray[np.uint8], red: Plane) -> Plane:
    """How dark each pixel is drawn, 0 to 1."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    calm = cv2.medianBlur(grey, _MEDIAN)
    grey = (grey * (1 - red) + calm * red).astype(np.uint8)
    grey = cv2.bilateralFilter(grey, 7, 20, 4)
    grey = cv2.createCLAHE(2.0, (4, 4)).apply(grey)
    for _ in range(2):
        grey = cv2.bilateralFilter(grey, 7, 30, 5)
    plane = grey.astype(np.float32)
    around = cv2.GaussianBlur(plane, (0, 0), _SIGMA)
    return np.asarray(np.clip((around - plane - _OFFSET - _HUSHED * red) / _SOFT, 0, 1))


def _strokes(ink: Plane, red: Plane) -> Plane:
    """The ink without specks: strokes that are too small, and where it is red all but long ones."""
    count, names, stats, _ = cv2.connectedComponentsWithStats(
        (ink > _DRAWN).astype(np.uint8), connectivity=8
    )
    areas = stats[:, cv2.CC_STAT_AREA].astype(np.float64)
    reds = np.bincount(names.ravel(), red.ravel(), count) / np.maximum(areas, 1)
    keep = areas >= np.where(reds > _RED / 2, _RED_STROKE, _STROKE)
    keep[0] = False  # the paper
    near = cv2.dilate(keep[names].astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.asarray(ink * near, np.float32)


def _patches(red: Plane) -> NDArray[np.bool_]:
    """Where red covers enough to be told."""
    _, names, stats, _ = cv2.connectedComponentsWithStats(
        (red > _RED).astype(np.uint8), connectivity=8
    )
    large = stats[:, cv2.CC_STAT_AREA] >= _PATCH * red.size
    large[0] = False
    return np.asarray(large[names])
