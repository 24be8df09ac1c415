"""A drawing of ours, of marks, lines and words, as a PNG: readable on a telephone, and in grey.

Sizes are points, of which a page of 360 is 1,080 pixels wide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal

from verify.errors import Unavailable
from verify.language import Reader, nearest, plain, reads_leftwards
from verify.layouts.typesetting import parts, typesetter
from verify.records import Value, say

WIDTH = 360  # as wide as a telephone shows a picture
INNER = WIDTH - 20  # between its margins
_PIXELS_A_POINT = 3
_LONGEST = 120  # characters of what others wrote
INK, SOFT, FAINT, BAND = "#1b1b1b", "#5c5c5c", "#c9c9c9", "#f2f2ef"
DARK, MIDDLE, LIGHT = "#12355b", "#e08e0b", "#ffffff"
"""Told apart in grey, too: their luminance is 50, 152 and 255 of 255."""

Item = dict[str, Any]
Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Legend:
    """What a mark means: the mark on a canvas of its own, and words beside it."""

    items: list[Item]
    text: Value
    width: float = 18
    height: float = 15


@dataclass
class Drawing:
    """Words, a canvas, what its marks mean. height: of the canvas. columns: of the legend."""

    reader: Reader
    title: Value
    lines: list[Value] = field(default_factory=list)
    height: float = 0
    items: list[Item] = field(default_factory=list)
    legend: list[Legend] = field(default_factory=list)
    columns: int = 1
    foot: list[Value] = field(default_factory=list)

    def png(self) -> bytes:
        """The drawing in 1,080 pixels' width. Raises Unavailable where it cannot be laid out."""
        import typst

        try:
            ppi = 72 * _PIXELS_A_POINT
            made = typesetter("drawings/drawing.typ", self._data()).compile(format="png", ppi=ppi)
        except typst.TypstError as error:
            raise Unavailable(say("The picture cannot be drawn.")) from error
        assert isinstance(made, bytes)  # noqa: S101 - it has one page
        return made

    def _data(self) -> dict[str, Any]:
        return {
            "language": nearest(self.reader.language),
            "right_to_left": reads_leftwards(self.reader),
            "width": WIDTH,
            "title": self._told(self.title),
            "lines": [self._told(line) for line in self.lines],
            "height": self.height,
            "items": self._items(self.items),
            "columns": self.columns,
            "legend": [
                {
                    "width": one.width,
                    "height": one.height,
                    "items": self._items(one.items),
                    "text": self._told(one.text),
                }
                for one in self.legend
            ],
            "foot": [self._told(line) for line in self.foot],
        }

    def _items(self, items: list[Item]) -> list[Item]:
        return [{**one, "text": self._told(one["text"])} if "text" in one else one for one in items]

    def _told(self, value: Value) -> Any:
        return parts(plain(value, self.reader, limit=_LONGEST))


def line(
    begin: tuple[float, float],
    end: tuple[float, float],
    ink: str = INK,
    thick: float = 0.8,
    *,
    dashed: bool = False,
) -> Item:
    """A straight line between two points."""
    return {
        "kind": "line", "from": begin, "to": end, "ink": ink, "thick": thick, "dashed": dashed,
    }  # fmt: skip


def circle(x: float, y: float, r: float, fill: str, ink: str = INK, thick: float = 0.8) -> Item:
    """A disc; fill: "" for none."""
    return {"kind": "circle", "x": x, "y": y, "r": r, "fill": fill, "ink": ink, "thick": thick}


def polygon(
    points: list[tuple[float, float]], fill: str, ink: str = INK, thick: float = 0.8
) -> Item:
    """A shape with these corners."""
    return {"kind": "polygon", "points": points, "fill": fill, "ink": ink, "thick": thick}


def text(
    x: float,
    y: float,
    words: Value,
    *,
    side: Side = "left",
    width: float = 100,
    size: float = 9.5,
    ink: str = INK,
    bold: bool = False,
) -> Item:
    """A line of words whose middle is at the height y. side: which of theirs is at x. What is
    wider than `width` loses its middle."""
    return {
        "kind": "text", "x": x, "y": y, "text": words, "side": side, "width": width, "size": size,
        "ink": ink, "bold": bold,
    }  # fmt: skip


def corners(
    number: int, first: float, x: float = 0, y: float = 0, r: float = 1
) -> list[tuple[float, float]]:
    """Of a regular polygon. first: the angle of the first one, in degrees clockwise from the
    right."""
    angles = [math.radians(first + 360 * place / number) for place in range(number)]
    return [(x + r * math.cos(angle), y + r * math.sin(angle)) for angle in angles]


_CROSS = [
    (-0.38, -1.0), (0.38, -1.0), (0.38, -0.38), (1.0, -0.38), (1.0, 0.38), (0.38, 0.38),
    (0.38, 1.0), (-0.38, 1.0), (-0.38, 0.38), (-1.0, 0.38), (-1.0, -0.38), (-0.38, -0.38),
]  # fmt: skip
# each with a shape and a shade of its own: in grey and for who sees no colours they differ twice
_SHAPES: tuple[tuple[list[tuple[float, float]], float, str], ...] = (
    ([], 1.0, DARK),
    (corners(4, 45), 1.22, LIGHT),
    (corners(3, -90), 1.3, MIDDLE),
    (corners(4, 0), 1.28, DARK),
    (corners(3, 90), 1.3, LIGHT),
    (_CROSS, 1.12, MIDDLE),
)
SHAPES = len(_SHAPES)
"""How many kinds of marks can be told apart at a glance."""


def mark(kind: int, x: float, y: float, r: float) -> Item:
    """The mark of a kind, from 0; from `SHAPES` on a small one that they share."""
    if kind >= SHAPES:
        return circle(x, y, r * 0.5, "#8a8a8a", "#8a8a8a", 0.4)
    shape, grown, fill = _SHAPES[kind]
    if not shape:
        return circle(x, y, r, fill)
    return polygon([(x + r * grown * a, y + r * grown * b) for a, b in shape], fill)
