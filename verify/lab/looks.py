"""What transparency hides: other colours under it, and another look on black than on white.

The picture proper is the one on white, as most programs show it. Apps with a dark background, and
programs that drop transparency, show another.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.Image import Transpose

from verify.records import ViewKind

_THIN = 32  # of 255: what is less opaque counts as hidden
_LIVELY = 10  # grey levels, standard deviation: what varies less is one colour
_LEAST_HIDDEN = 0.002  # of the picture, without edges
_EDGE, _CALM = 32, 8  # grey levels between neighbours: an edge in one look, none in the other
_LEAST_OTHER = 0.004  # of the picture
_SIDE = 1024  # pixels: edges are compared at this size

Plane = NDArray[np.uint8]


@dataclass(frozen=True)
class Look:
    """The picture as it is seen otherwise: RGB, upright, of the working copy's size.

    share: of the picture, 0 to 1: where something is hidden, or edges are seen in one look alone.
    """

    kind: ViewKind
    picture: Image.Image
    share: float


def looks(image: Image.Image, white: Image.Image, turn: Transpose | None) -> list[Look]:
    """The other looks of a decoded picture; none where all of it is opaque.

    image: as Pillow decoded it. white: the same on white, RGB, upright, maybe smaller. turn: what
    makes the first upright.
    """
    if "transparency" in image.info or image.mode in ("PA", "La", "LA", "RGBa"):
        image = image.convert("RGBA")
    if image.mode != "RGBA" or image.getchannel("A").getextrema() == (255, 255):
        return []
    factor = -(-max(image.size) // max(white.size))
    layers = (_small(image.getchannel(name), factor, white.size, turn) for name in "RGBA")
    red, green, blue, alpha = layers
    bare, thin = Image.merge("RGB", (red, green, blue)), np.asarray(alpha)
    black = _on_black(np.asarray(white), thin)
    found = []
    if share := _hidden(np.asarray(bare), thin):
        found.append(Look(ViewKind.WITHOUT_TRANSPARENCY, bare, share))
    if share := _other(np.asarray(white), black):
        found.append(Look(ViewKind.ON_BLACK, Image.fromarray(black), share))
    return found


def _small(
    layer: Image.Image, factor: int, size: tuple[int, int], turn: Transpose | None
) -> Image.Image:
    """A layer by itself, so that what is wholly transparent keeps its colours."""
    small = layer.reduce(factor) if factor > 1 else layer
    if turn is not None:
        small = small.transpose(turn)
    return small if small.size == size else small.resize(size)


def _on_black(white: Plane, alpha: Plane) -> Plane:
    """White shines through where the picture is thin: without it, it lies on black."""
    through = 255 - alpha.astype(np.int16)
    black: Plane = np.clip(white - through[..., None], 0, 255).astype(np.uint8)
    return black


def _hidden(bare: Plane, alpha: Plane) -> float:
    """The share of the picture under whose transparency something is to be seen; or 0."""
    mask = cv2.erode((alpha < _THIN).astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    share = float(mask.mean())
    if share < _LEAST_HIDDEN:
        return 0.0
    grey = cv2.cvtColor(np.ascontiguousarray(bare), cv2.COLOR_RGB2GRAY)
    return share if grey[mask].std() >= _LIVELY else 0.0


def _other(white: Plane, black: Plane) -> float:
    """The share of the picture with edges on white that are none on black, or the other way."""
    on_white, on_black = _edges(white), _edges(black)
    lost = ((on_white > _EDGE) & (on_black < _CALM)) | ((on_black > _EDGE) & (on_white < _CALM))
    share = float(lost.mean())
    return share if share >= _LEAST_OTHER else 0.0


def _edges(rgb: Plane) -> Plane:
    """The largest difference between neighbours, in grey levels."""
    scale = min(1.0, _SIDE / max(rgb.shape[:2]))
    size = max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale))
    grey = cv2.cvtColor(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    steps = cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return steps.astype(np.uint8)
