"""Stored features as arrays: keypoints, their bits, and both as in a mirror or a negative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.lab.features import POINT, unpack_thumbnail
from verify.records import Features

Grey = NDArray[Any]  # uint8; OpenCV's stubs promise no type


@dataclass(frozen=True)
class Points:
    """Keypoints in a frame of `width` x `height` pixels.

    xy: (n, 2) pixels. size: (n,) pixels. angle: (n,) radians, clockwise.
    bits: (n, 32), uint8.
    """

    width: int
    height: int
    xy: NDArray[np.float32]
    size: NDArray[np.float32]
    angle: NDArray[np.float32]
    bits: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.xy)

    def mirrored(self) -> Points:
        """These keypoints as they would be found in the picture's mirror image."""
        xy = np.stack([self.width - 1 - self.xy[:, 0], self.xy[:, 1]], axis=1).astype(np.float32)
        angle = (np.pi - self.angle).astype(np.float32)
        bits = _reordered(self.bits, _MIRRORED)
        return Points(self.width, self.height, xy, self.size, angle, bits)

    def inverted(self) -> Points:
        """The same keypoints as they would be found in the picture's negative."""
        angle = (np.pi + self.angle).astype(np.float32)
        bits = _reordered(self.bits, _INVERTED)
        return Points(self.width, self.height, self.xy, self.size, angle, bits)

    def first(self, n: int) -> Points:
        """The n best spread of them, or all."""
        return Points(
            self.width, self.height, self.xy[:n], self.size[:n], self.angle[:n], self.bits[:n]
        )


def _reordered(bits: NDArray[np.uint8], source: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Descriptors whose 128 numbers stand in another order. source: where each comes from."""
    unpacked = np.unpackbits(bits, axis=1)[:, np.concatenate([source, source + 128])]
    return np.packbits(np.ascontiguousarray(unpacked), axis=1)


_ROW, _COLUMN, _DIRECTION = np.unravel_index(np.arange(128), (4, 4, 8))
# In a mirror rows are reversed and directions negated. In a negative every gradient points the
# other way, the main one as well: all stays as it is, but seen from the other side.
_MIRRORED = np.ravel_multi_index((3 - _ROW, _COLUMN, -_DIRECTION % 8), (4, 4, 8))
_INVERTED = np.ravel_multi_index((3 - _ROW, 3 - _COLUMN, _DIRECTION), (4, 4, 8))


def read(features: Features, limit: int) -> Points:
    """The first `limit` keypoints. Raises ValueError when the record contradicts itself."""
    raw = np.frombuffer(features.points[: limit * POINT.itemsize], POINT)
    bits = np.frombuffer(features.descriptors[: limit * 32], np.uint8).reshape(-1, 32)
    if len(raw) != len(bits) or not (0 < features.width <= 4096 and 0 < features.height <= 4096):
        raise ValueError("features contradict themselves")
    scale = np.array([features.width, features.height], np.float32) / 65535
    return Points(
        width=features.width,
        height=features.height,
        xy=(np.stack([raw["x"], raw["y"]], axis=1) * scale).astype(np.float32),
        size=np.exp2(raw["size"].astype(np.float32) / 24),
        angle=raw["angle"].astype(np.float32) * np.float32(2 * np.pi / 256),
        bits=bits,
    )


def grey_frame(features: Features) -> Grey:
    """The picture in its frame: as it came, or from the thumbnail where it was not kept."""
    if features.frame:
        flat = np.frombuffer(features.frame, np.uint8)
        return flat.reshape(features.height, features.width)  # ValueError if it does not fit
    small = unpack_thumbnail(features.thumbnail)
    return cv2.resize(
        small, (features.width, features.height), interpolation=cv2.INTER_CUBIC
    ).astype(np.uint8, copy=False)
