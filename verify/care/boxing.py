"""Solid boxes over parts of a picture, and the grid by which people say where.

Nothing of what lies under a box is in what comes of it: blurred or coarsened pixels can be undone,
black ones cannot. Boxes are rounded outward, in space and in time.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator

from PIL import Image, ImageDraw, ImageFont

from verify.care import boxes as language
from verify.pixels import as_image
from verify.records import Box, Pixels

_MARGIN = 2
"""Pixels around a box: where a picture was made smaller, pixels hold something of their
neighbours."""
_SOLID = (0, 0, 0)
_LINE, _INK, _PAPER = (130, 130, 130), (60, 60, 60), (255, 255, 255)
_LEAST_SHEET = 640  # pixels: letters must be legible

Timed = tuple[int, Pixels]


def covered(pixels: Pixels, boxes: Iterable[Box]) -> Image.Image:
    """The picture in RGB, solid black where boxes lie and two pixels around them."""
    picture = as_image(pixels)
    for one in boxes:
        picture.paste(_SOLID, _around(one, picture.size))
    return picture


def _around(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    width, height = size
    return (
        max(0, math.floor(box.left * width) - _MARGIN),
        max(0, math.floor(box.top * height) - _MARGIN),
        min(width, math.ceil(box.right * width) + _MARGIN),
        min(height, math.ceil(box.bottom * height) + _MARGIN),
    )


def film(frames: Iterable[Timed], boxes: Iterable[Box]) -> Iterator[tuple[int, Image.Image]]:
    """The frames of a film in their order, each with when it begins, in milliseconds; those that a
    box concerns are covered, and the frame before them and the one after."""
    known = tuple(boxes)
    for at_ms, pixels, begins, ends in _with_neighbours(frames):
        yield at_ms, covered(pixels, (one for one in known if _touches(one, begins, ends)))


def _with_neighbours(frames: Iterable[Timed]) -> Iterator[tuple[int, Pixels, float, float]]:
    """Each frame, and from when to when it or a neighbour of it is shown, in seconds."""
    begins, waiting = 0.0, list[Timed]()
    for frame in frames:
        waiting.append(frame)
        if len(waiting) == 3:  # itself, the next one, and when that ends
            yield *waiting[0], begins, waiting[2][0] / 1000
            begins = waiting.pop(0)[0] / 1000
    for at_ms, pixels in waiting:
        yield at_ms, pixels, begins, math.inf
        begins = at_ms / 1000


def _touches(box: Box, begins: float, ends: float) -> bool:
    if box.begins is None or box.ends is None:
        return True
    return box.begins <= ends and box.ends >= begins


def jpeg(picture: Image.Image) -> bytes:
    """A picture as a JPEG that holds its pixels and nothing else."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def sheet(
    pixels: Pixels, boxes: Iterable[Box], squares: tuple[int, int], *, colour: bool, enlarge: bool
) -> Image.Image:
    """A picture under its boxes and the lettered grid, whose letters and numbers stand along its
    edges.

    squares: columns and rows. enlarge: a small picture, so that they are easily read.
    """
    picture = covered(pixels, boxes)
    picture = picture if colour else picture.convert("L").convert("RGB")
    if enlarge and max(picture.size) < _LEAST_SHEET:
        scale = _LEAST_SHEET / max(picture.size)
        picture = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    (width, height), (columns, rows) = picture.size, squares
    across, down = width / columns, height / rows
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(max(7, min(across, down) * 0.5))

    def label(x: float, y: float, text: str) -> None:
        pen.text(
            (x, y),
            text,
            _INK,
            font,
            anchor="mm",
            stroke_width=2 if enlarge else 1,
            stroke_fill=_PAPER,
        )

    for number in range(1, columns):
        pen.line([(number * across, 0), (number * across, height)], _LINE)
    for number in range(1, rows):
        pen.line([(0, number * down), (width, number * down)], _LINE)
    for number in range(columns):
        for y in (down * 0.3, height - down * 0.3):
            label((number + 0.5) * across, y, language.column(number))
    for number in range(rows):
        for x in (across * 0.25, width - across * 0.25):
            label(x, (number + 0.5) * down, str(number + 1))
    return picture
