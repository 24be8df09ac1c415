"""A picture shown on a screen and photographed: grids of sub-pixels and of the camera's filters.

The steps are those by which B. Liu, X. Shu and X. Wu ("Demoireing of camera-captured screen
images using deep convolutional neural network", arXiv 1804.03809, 2018) make pictures with
moire: sub-pixels, a turned and tilted view, the lens, the colour filters, noise, JPEG.
"""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.edits import Matrix, Random, jpeg
from benchmarks.photographs import Picture

_PARTS = 3  # sub-pixels of a screen's pixel, across and down; the last row is dark
_LIGHT = 2.2  # makes up for the dark between them


def photographed(picture: Picture, rng: Random, longest_side: int = 1280) -> Picture:
    """The picture off a screen, 1.3 to 3 pixels of the camera for one of the screen's.

    longest_side: to which it is shrunk afterwards, as messengers do.
    """
    height, width = picture.shape[:2]
    ratio = rng.uniform(1.3, 3)
    size = round(width * ratio), round(height * ratio)
    screen = np.zeros((height * _PARTS, width * _PARTS, 3), np.float32)
    for colour in range(3):
        for row in range(_PARTS - 1):
            screen[row::_PARTS, colour::_PARTS, colour] = _LIGHT * picture[..., colour]
    lens = rng.uniform(0.35, 0.6) * _PARTS / ratio
    view = _view(screen.shape[1], screen.shape[0], size, ratio / _PARTS, rng)
    seen = cv2.warpPerspective(cv2.GaussianBlur(screen, (0, 0), lens), view, size)
    sensor = np.empty(size[::-1], np.float32)
    for colour, (row, column) in ((0, (0, 0)), (1, (0, 1)), (1, (1, 0)), (2, (1, 1))):
        sensor[row::2, column::2] = seen[row::2, column::2, colour]
    sensor += rng.normal(0, 3, sensor.shape)
    developed = cv2.demosaicing(sensor.clip(0, 255).astype(np.uint8), cv2.COLOR_BayerBG2RGB)
    photo = jpeg(developed.astype(np.uint8), 92)
    scale = longest_side / max(size)
    if scale >= 1:
        return photo
    smaller = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return jpeg(smaller.astype(np.uint8), 85)


def _view(width: int, height: int, size: tuple[int, int], scale: float, rng: Random) -> Matrix:
    """From the screen's sub-pixels to the camera's pixels: turned, tilted, centred."""
    angle = np.radians(rng.uniform(-6, 6))
    tilt = rng.uniform(-0.06, 0.06, 2)
    across, up = np.cos(angle) * scale, np.sin(angle) * scale
    turned = np.array([[across, -up, 0], [up, across, 0], [tilt[0] / width, tilt[1] / height, 1]])
    middle = turned @ (width / 2, height / 2, 1)
    centred = np.eye(3)
    centred[:2, 2] = np.array(size) / 2 - middle[:2] / middle[2]
    moved: Matrix = centred @ turned
    return moved
