"""Rendered text in parts, by the direction of each, for layouts that set directions themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

_BEGIN, _END = "\u2066\u2067\u2068", "\u2069"
_MARKS = str.maketrans("", "", "\u200e\u200f")
_JOINERS = "\u200c\u200d"


class Direction(StrEnum):
    """How a part of a line runs: as the line does, from left to right, or by its own letters."""

    LINE = ""
    LTR = "ltr"
    AUTO = "auto"


def runs(text: str) -> Iterator[tuple[Direction, str]]:
    """The parts of text that `plain` made, each with its direction, without control characters.

    What is isolated and has no letter that is written leftwards runs from left to right: times,
    sizes, digests, addresses. An isolate within one goes with it.
    """
    line: list[str] = []
    inner: list[str] = []
    depth = 0
    for character in text.translate(_MARKS):
        if character in _BEGIN:
            if not depth and line:
                yield Direction.LINE, "".join(line)
                line.clear()
            depth += 1
        elif character == _END:
            depth = max(0, depth - 1)
            if not depth and inner:
                yield _direction(inner), "".join(inner)
                inner.clear()
        else:
            (inner if depth else line).append(character)
    if inner:
        yield _direction(inner), "".join(inner)
    if line:
        yield Direction.LINE, "".join(line)


def _direction(part: list[str]) -> Direction:
    leftward = any(unicodedata.bidirectional(one) in ("R", "AL") for one in part)
    return Direction.AUTO if leftward else Direction.LTR


def unveil(text: str) -> str:
    """Somebody's words with what nobody sees in them written out, as in `[U+202E]`.

    Joiners between letters stay: Persian and Indic words need them.
    """
    if text.isascii():
        return text
    return "".join(
        f"[U+{ord(one):04X}]" if _unseen(text, place) else one for place, one in enumerate(text)
    )


def _unseen(text: str, place: int) -> bool:
    character = text[place]
    if unicodedata.category(character) != "Cf" or "\u0600" <= character <= "\u06dd":
        return False
    joins = character in _JOINERS and 0 < place < len(text) - 1
    return not (joins and not text[place - 1].isspace() and not text[place + 1].isspace())
