"""A sketch of where a place lies: north up, towns nearby as numbered dots. It holds no words."""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import cos, hypot, radians

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from verify.places.gazetteer import distances_km
from verify.places.towns import towns

_ACROSS_KM = (30, 120, 480)
_ENOUGH = 3  # towns
_APART = 28  # pixels, between two dots
_SIDE, _MARGIN = 480, 24  # pixels
_MOST = 6
_KM_A_DEGREE = 111.2  # of latitude
_PAPER, _INK, _SOFT = (255, 255, 255), (40, 40, 40), (120, 120, 120)
_GRID, _PLACE = (222, 222, 222), (0, 90, 180)


@dataclass(frozen=True)
class Nearby:
    """A town of a sketch, by its number there."""

    number: int
    name: str
    kilometres: int


@dataclass(frozen=True)
class Sketch:
    """A PNG, how wide its ground is, and the towns in it, the nearest first."""

    png: bytes
    across_km: int
    nearby: list[Nearby]


def sketch(latitude: float, longitude: float) -> Sketch:
    """A place among the towns with most inhabitants around it, as near as there are a few.

    The distance of each is along the surface; what is drawn is flat, which at this size is off by
    less than a dot but near the poles. Source of the towns: GeoNames, see `verify.places.towns`.
    """
    known = towns()
    away = distances_km(latitude, longitude, known.points)
    for across in _ACROSS_KM:
        near = np.flatnonzero(away < across / 2)
        near = near[np.argsort(-known.inhabitants[near], kind="stable")]
        spots = _spots(latitude, longitude, near.tolist(), across)
        if len(spots) >= _ENOUGH:
            break
    spots.sort(key=lambda spot: float(away[spot[0]]))
    listed = [
        Nearby(number, known.names[row], round(float(away[row])))
        for number, (row, _, _) in enumerate(spots, start=1)
    ]
    return Sketch(_drawn([(x, y) for _, x, y in spots], across), across, listed)


def _spots(
    latitude: float, longitude: float, rows: list[int], across: int
) -> list[tuple[int, float, float]]:
    """Towns with their places in the sketch, in pixels; none so near another that both blur."""
    points, scale = towns().points, (_SIDE - 2 * _MARGIN) / across
    found: list[tuple[int, float, float]] = []
    for row in rows:
        north, east = points[row] - (latitude, longitude)
        east = (east + 180) % 360 - 180
        x = _SIDE / 2 + float(east) * _KM_A_DEGREE * cos(radians(latitude)) * scale
        y = _SIDE / 2 - float(north) * _KM_A_DEGREE * scale
        if all(hypot(x - left, y - top) >= _APART for _, left, top in found):
            found.append((row, x, y))
        if len(found) == _MOST:
            break
    return found


def _drawn(dots: list[tuple[float, float]], across: int) -> bytes:
    image = Image.new("RGB", (_SIDE, _SIDE), _PAPER)
    pen, font, middle = ImageDraw.Draw(image), ImageFont.load_default(18), _SIDE / 2
    for part in (1, 2, 3):
        reach = part * (_SIDE / 2 - _MARGIN) / 3
        pen.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), outline=_GRID)
        pen.text((middle, middle + reach + 2), f"{across * part // 6} km", _SOFT, font, anchor="ma")
    pen.line((middle - 12, middle, middle + 12, middle), fill=_PLACE, width=3)
    pen.line((middle, middle - 12, middle, middle + 12), fill=_PLACE, width=3)
    for number, (x, y) in enumerate(dots, start=1):
        pen.ellipse((x - 4, y - 4, x + 4, y + 4), fill=_INK)
        pen.text((x + 7, y - 9), f"{number}", _INK, font, anchor="lm")
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
