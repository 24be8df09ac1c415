"""What accounts posted, and when: a lane an account, a mark a post, a shape and shade an object."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from verify.errors import Unavailable
from verify.language import Reader, reads_leftwards
from verify.language.quantities import day_of_year
from verify.layouts.drawings import drawing
from verify.layouts.drawings.axis import Axis
from verify.layouts.drawings.drawing import (
    BAND,
    FAINT,
    INK,
    INNER,
    SOFT,
    Drawing,
    Item,
    Legend,
    circle,
    line,
    mark,
    text,
)
from verify.records import Value, say, window_time
from verify.wording import campaign_pictures as wording

MOST_LANES = 16
"""How many can be read on a telephone."""
_LANE, _RADIUS = 21.0, 4.1
_NUMBER, _NAME, _GAP = 15.0, 92.0, 7.0
_ACROSS = INNER - _NUMBER - _NAME - _GAP  # points of the axis
_FIGURES = 12.0  # points: a line of figures
_NEAR = 5.0  # points: marks that would cover each other stand a little above and below the line
_DODGE = (0.0, -5.2, 5.2)
_BAR = 5.0  # points
_MINUTE, _DAY = 60, 86_400


@dataclass(frozen=True)
class Sign:
    """A post: when, of which object (its place in `Timeline.objects`). first: whether it is the
    first here of that object."""

    at: datetime
    thing: int
    first: bool = False


@dataclass(frozen=True)
class Lane:
    """An account and its posts. number: by which other pictures name it; 0 for the last lane, that
    of all other accounts, whose posts are too many for marks: bars show where they lie."""

    number: int
    name: Value
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Timeline:
    """What is drawn. title, lines: what the group is. objects: in the order of their marks."""

    title: Value
    lines: tuple[Value, ...]
    lanes: tuple[Lane, ...]
    objects: tuple[Value, ...]


def draw(shown: Timeline, reader: Reader) -> bytes:
    """A PNG. Raises Unavailable where it cannot be laid out, or no post is known."""
    lanes = _fullest(shown.lanes)
    seconds = [sign.at.timestamp() for lane in lanes for sign in lane.signs]
    if not seconds:
        raise Unavailable(say("The picture cannot be drawn."))
    canvas = _Canvas(Axis(seconds, _ACROSS), len(lanes) * _LANE, reader)
    for number, lane in enumerate(lanes):
        canvas.lane(number, lane)
    foot: list[Value] = [wording.UTC]
    if more := len(shown.lanes) - len(lanes):
        foot.insert(0, wording.more_accounts(more))
    return Drawing(
        reader=reader,
        title=shown.title,
        lines=list(shown.lines),
        height=canvas.height,
        items=[*canvas.under, *canvas.items],
        legend=_legend(shown, lanes, canvas.axis),
        foot=foot,
    ).png()


def _fullest(lanes: Sequence[Lane]) -> list[Lane]:
    """As many lanes as can be read, in the order of their numbers: who was first, then who posted
    most."""

    def rank(lane: Lane) -> tuple[int, int, int]:
        return -sum(sign.first for sign in lane.signs), -len(lane.signs), lane.number

    held = sorted((lane for lane in lanes if lane.signs), key=rank)
    return sorted(held[:MOST_LANES], key=lambda lane: lane.number or math.inf)


class _Canvas:
    """under: what lies below all else. The axis runs as the reader reads."""

    def __init__(self, axis: Axis, bottom: float, reader: Reader) -> None:
        self.axis, self.bottom, self.reader = axis, bottom, reader
        self.leftwards = reads_leftwards(reader)
        self.items: list[Item] = []
        self.under: list[Item] = []
        self.height = bottom + 6 + _FIGURES
        self._scale()

    def x(self, along: float) -> float:
        """From the beginning of the axis to a place on the page."""
        return _ACROSS - along if self.leftwards else INNER - _ACROSS + along

    def lane(self, number: int, lane: Lane) -> None:
        """Name, line and marks of an account."""
        y = (number + 0.5) * _LANE
        if number % 2 == 0:
            sides = [(0.0, y - _LANE / 2), (INNER, y - _LANE / 2)]
            sides += [(INNER, y + _LANE / 2), (0.0, y + _LANE / 2)]
            self.under.insert(0, drawing.polygon(sides, BAND, BAND, 0))
        side: drawing.Side = "right" if self.leftwards else "left"
        for at, words, width, size, ink in (
            (0.0, str(lane.number or ""), _NUMBER, 8.5, SOFT),
            (_NUMBER, lane.name, _NAME, 9.5, INK),
        ):
            x = INNER - at if self.leftwards else at
            self.items.append(text(x, y, words, side=side, width=width, size=size, ink=ink))
        for part in self.axis.parts:
            self.under.append(line((self.x(part.left), y), (self.x(part.right), y), FAINT, 0.6))
        if lane.number:
            self._signs(y, lane.signs)
        else:
            self._bars(y + _LANE / 2, lane.signs)

    def _signs(self, y: float, signs: Sequence[Sign]) -> None:
        taken: list[float] = []
        for sign in sorted(signs, key=lambda one: (one.at, one.thing)):
            x = self.x(self.axis.at(sign.at.timestamp()))
            near = sum(abs(x - other) < _NEAR for other in taken)
            taken.append(x)
            lifted = y + _DODGE[near % len(_DODGE)]
            if sign.first:
                self.items.append(circle(x, lifted, _RADIUS + 2.6, "", INK, 1.1))
            self.items.append(mark(sign.thing, x, lifted, _RADIUS))

    def _bars(self, bottom: float, signs: Sequence[Sign]) -> None:
        """How many posts lie where on the axis, the highest bar as high as a lane."""
        where = Counter(int(self.axis.at(one.at.timestamp()) // _BAR) for one in signs)
        most = max(where.values())
        for place, count in where.items():
            left, right = self.x(place * _BAR), self.x((place + 1) * _BAR)
            top = bottom - (_LANE - 2) * count / most
            bar = [(left, bottom), (left, top), (right, top), (right, bottom)]
            self.items.append(drawing.polygon(bar, drawing.DARK, drawing.LIGHT, 0.5))

    def _scale(self) -> None:
        told: date | None = None
        for tick in self.axis.ticks():
            x, at = self.x(tick.along), datetime.fromtimestamp(tick.seconds, UTC)
            self.under.append(line((x, 0), (x, self.bottom + 3), FAINT, 0.6))
            day = day_of_year(at.date(), self.reader.language)
            if tick.step >= _DAY:
                self.items.append(self._figure(x, 0, day))
                continue
            clock = f"{at:%H:%M:%S}" if tick.step < _MINUTE else f"{at:%H:%M}"
            self.items.append(self._figure(x, 0, clock))
            if at.date() != told or tick.begins:
                self.items.append(self._figure(x, 1, day, SOFT))
            told = at.date()
        if (scale := self.axis.scale()) and len(self.axis.parts) > 1:
            self._measure(*scale)
        for along in self.axis.breaks():
            x, y = self.x(along), self.bottom
            self.under.append(line((x, 0), (x, y), SOFT, 0.8, dashed=True))

    def _measure(self, seconds: int, long: float) -> None:
        """How long so many seconds are on the axis, below the names."""
        y = self.bottom + 10
        ends = (INNER, INNER - long) if self.leftwards else (0.0, long)
        self.items.append(line((ends[0], y), (ends[1], y), INK, 1.2))
        self.items += [line((x, y - 3), (x, y + 3), INK, 1.2) for x in ends]
        x = ends[1] + (-6 if self.leftwards else 6)
        side: drawing.Side = "right" if self.leftwards else "left"
        self.items.append(text(x, y, window_time(seconds), side=side, width=70, size=9))

    def _figure(self, x: float, row: int, words: str, ink: str = INK) -> Item:
        x = min(max(x, 18.0), INNER - 18.0)
        self.height = max(self.height, self.bottom + 6 + _FIGURES * (row + 1))
        return text(
            x, self.bottom + 10 + _FIGURES * row, words, side="center", width=46, size=9, ink=ink
        )


def _legend(shown: Timeline, lanes: Sequence[Lane], axis: Axis) -> list[Legend]:
    kinds = {sign.thing for lane in lanes for sign in lane.signs}
    told = [
        Legend([mark(kind, 9, 7.5, 4.6)], shown.objects[kind])
        for kind in sorted(kinds)
        if kind < drawing.SHAPES
    ]
    if rest := len([kind for kind in kinds if kind >= drawing.SHAPES]):
        told.append(Legend([mark(drawing.SHAPES, 9, 7.5, 4.6)], wording.other_objects(rest)))
    if any(sign.first for lane in lanes for sign in lane.signs):
        told.append(Legend([circle(9, 7.5, 6, "", INK, 1.1)], wording.FIRST))
    if len(axis.parts) > 1:
        told.append(Legend([line((9, 1), (9, 14), SOFT, 0.8, dashed=True)], wording.LEFT_OUT))
    return told
