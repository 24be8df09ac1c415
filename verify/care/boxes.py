"""Boxes as people write them: squares of a lettered grid, or four percentages; and until when.

`B2`, `B2:D4` name squares of the grid: its columns have letters, its rows numbers. `10,20,30.5,40`
are left, top, right and bottom in percent. Behind them, of a film, from when to when they stand:
`B2:D4 0:03-0:07.5`. Without that they stand all the time.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from verify.errors import BadInput
from verify.folding import fold
from verify.records import Box, say

ALONG = 16
"""Squares along the longer side."""
MOST = 60
_SQUARES = re.compile(r"([a-p])(\d{1,2})(?:[:-]([a-p])(\d{1,2}))?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)%?" + r",(\d{1,3}(?:\.\d+)?)%?" * 3)
_MOMENT = r"(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d+)?)s?"
_STRETCH = re.compile(rf"{_MOMENT}-{_MOMENT}")


def grid(width: float, height: float) -> tuple[int, int]:
    """How many columns and rows the grid of a picture has: its squares are nearly square."""
    longer = max(width, height)
    return max(1, round(ALONG * width / longer)), max(1, round(ALONG * height / longer))


def column(number: int) -> str:
    """The letter of a column, from 0."""
    return chr(ord("A") + number)


def read(text: str, columns: int, rows: int) -> tuple[Box, ...]:
    """The boxes that are written, in the digits of any script. Raises BadInput."""
    done: list[Box] = []
    waiting: list[Box] = []
    for word in re.split(r"[\s;]+", re.sub(r"\s*,\s*", ",", fold(text)).strip()):
        if found := _STRETCH.fullmatch(word):
            begins, ends = _seconds(found.groups()[:3]), _seconds(found.groups()[3:])
            if not waiting or ends < begins:
                raise _misread(word)
            done += [_during(one, begins, ends) for one in waiting]
            waiting = []
        elif word:
            waiting.append(_box(word, columns, rows))
    done += waiting
    if not done:
        raise _misread(text)
    return at_most(done)


def stretch(text: str) -> tuple[float, float]:
    """From when to when, in seconds, as in 0:03-0:07. Raises BadInput."""
    found = _STRETCH.fullmatch(re.sub(r"\s", "", fold(text)))
    both = (_seconds(found.groups()[:3]), _seconds(found.groups()[3:])) if found else (1.0, 0.0)
    if both[1] < both[0]:
        raise BadInput(say("Write from when to when, as in {example}.", example="0:03-0:07"))
    return both


def at_most(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """The boxes. Raises BadInput where there are too many."""
    found = tuple(dict.fromkeys(boxes))
    if len(found) > MOST:
        raise BadInput(say("There are at most {limit} boxes in a copy.", limit=MOST))
    return found


def _box(word: str, columns: int, rows: int) -> Box:
    if found := _SQUARES.fullmatch(word):
        across = sorted(ord(one) - ord("a") for one in (found[1], found[3] or found[1]))
        down = sorted(int(one) - 1 for one in (found[2], found[4] or found[2]))
        if across[1] < columns and down[0] >= 0 and down[1] < rows:
            return Box(
                left=across[0] / columns,
                top=down[0] / rows,
                right=(across[1] + 1) / columns,
                bottom=(down[1] + 1) / rows,
            )
    if found := _PERCENT.fullmatch(word):
        left, top, right, bottom = (float(one) / 100 for one in found.groups())
        if left < right <= 1 and top < bottom <= 1:
            return Box(left=left, top=top, right=right, bottom=bottom)
    raise _misread(word)


def _during(box: Box, begins: float, ends: float) -> Box:
    return Box(box.left, box.top, box.right, box.bottom, begins, ends)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds = (float(one or 0) for one in parts)
    return hours * 3600 + minutes * 60 + seconds


def _misread(word: str) -> BadInput:
    return BadInput(
        say(
            "“{word}” is no box here. Write squares, as in {squares}, or left, top, right and"
            " bottom in percent, as in {percent}; of a film also from when to when, as in {film}.",
            word=word[:40],
            squares="B2 C3:E5",
            percent="10,20,30.5,40",
            film="B2:D4 0:03-0:07",
        )
    )


def written(boxes: Iterable[Box]) -> str:
    """Boxes as `read` takes them, in percent, rounded outward."""
    timed = sorted(boxes, key=lambda one: one.begins is None)  # a time is of all boxes before it
    return "; ".join(_written(one) for one in timed)


def _written(box: Box) -> str:
    sides = (
        *(math.floor(one * 1e4 + 1e-9) / 100 for one in (box.left, box.top)),
        *(math.ceil(one * 1e4 - 1e-9) / 100 for one in (box.right, box.bottom)),
    )
    text = ",".join(f"{one:g}" for one in sides)
    if box.begins is None or box.ends is None:
        return text
    return f"{text} {math.floor(box.begins * 1000) / 1000:g}-{math.ceil(box.ends * 1000) / 1000:g}"


def share(boxes: Iterable[Box]) -> int:
    """How much of a picture boxes cover, in percent, at least 1 where there is one."""
    import numpy as np

    covered, known = np.zeros((200, 200), bool), False
    for one in boxes:
        known = True
        rows = slice(math.floor(one.top * 200), math.ceil(one.bottom * 200))
        covered[rows, math.floor(one.left * 200) : math.ceil(one.right * 200)] = True
    return max(1, round(100 * covered.mean())) if known else 0


def places(box: Box, columns: int, rows: int) -> str:
    """The squares that a box touches, as people write them."""
    across = math.floor(box.left * columns + 1e-6), math.ceil(box.right * columns - 1e-6) - 1
    down = math.floor(box.top * rows + 1e-6) + 1, math.ceil(box.bottom * rows - 1e-6)
    first, last = f"{column(across[0])}{down[0]}", f"{column(max(across))}{max(down)}"
    return first if first == last else f"{first}:{last}"
