"""A decoded frame of a film -> RGB as a plain screen shows it.

Of interlaced films one field is taken, or what moves would be combed. High dynamic range (PQ, HLG)
is brought to that of a plain screen, so that the film and its copy for such screens look alike.
Sources: ITU-R BT.2100-2, tables 4 and 5 (PQ, HLG); BT.2087-0 (colours); BT.2408-7 (white at 203
cd/m2); IEC 61966-2-1 (sRGB).
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

_PQ, _HLG = 16, 18  # ITU-T H.273, table 3
_WHITE = 203.0  # cd/m2
_KNEE = 0.8  # of white: what is brighter is pressed together, so that highlights keep their shape
_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32
)
_LEVELS = 4096  # of a signal: more than twelve bits would tell

Bytes = NDArray[np.uint8]
Plane = NDArray[np.float32]


def eight_bits(frame: VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    """The frame in this size: (height, width, 3), uint8."""
    if frame.color_trc in (_PQ, _HLG):
        rgb = frame.reformat(width=width, height=height, format="rgb48le").to_ndarray()
        return _plain(rgb, _pq() if frame.color_trc == _PQ else _hlg())
    if frame.interlaced_frame and frame.height > 1:
        lines = frame.reformat(width=width, height=frame.height, format="rgb24").to_ndarray()[::2]
        return np.asarray(Image.fromarray(lines).resize((width, height)))
    rgb = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    return np.asarray(rgb, np.uint8)


def _plain(signal: NDArray[Any], light: Plane) -> Bytes:
    """signal: (h, w, 3), uint16. light: by the signal, of white as 1, of 4096 levels."""
    linear = light[signal >> 4] @ _TO_709.T
    np.maximum(linear, 0, out=linear)
    above = np.maximum(linear - _KNEE, 0) / (1 - _KNEE)
    toned = np.minimum(linear, _KNEE) + (1 - _KNEE) * (1 - np.exp(-above))
    shown: Bytes = _srgb()[np.rint(toned * (_LEVELS - 1)).astype(np.uint16)]
    return shown


@cache
def _pq() -> Plane:
    """BT.2100-2, table 4: the light of each level of the signal."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = np.linspace(0, 1, _LEVELS) ** (1 / m2)
    light = 10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)
    return (light / _WHITE).astype(np.float32)


@cache
def _hlg() -> Plane:
    """BT.2100-2, table 5: the light of each level, by the system gamma of a screen of 1,000 cd/m2
    on each colour alone."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    signal = np.linspace(0, 1, _LEVELS)
    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)
    return (1000 * scene**1.2 / _WHITE).astype(np.float32)


@cache
def _srgb() -> Bytes:
    light = np.linspace(0, 1, _LEVELS)
    signal = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    levels: Bytes = np.rint(255 * signal).astype(np.uint8)
    return levels
