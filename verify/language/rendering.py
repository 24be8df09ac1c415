"""Sentences become text here, and only here: translated, filled, isolated, escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verify.language.catalogue import nearest, right_to_left, translations
from verify.language.hostile import (
    clean,
    escape,
    isolate,
    quench,
    reads_right_to_left,
    set_direction,
    visible,
)
from verify.language.quantities import calendar, counted, measured, moment, size, wall
from verify.records import (
    ByteSize,
    CalendarDate,
    Instant,
    Listing,
    Sentence,
    Value,
    WallTime,
    say,
)

_HOLE = re.compile(r"\{(\w+)\}", re.ASCII)
_BY = re.compile(r"(?<=\}) × (?=\{)")
_LONGEST_TEMPLATE = 3000
_DEEPEST = 6
_MOST_FILLS = 500  # sentences in sentences could otherwise grow without end
_UNFILLED = "…"


@dataclass(frozen=True)
class Reader:
    """Who reads: in which language (any code; an unknown one reads English), in which zone."""

    language: str
    zone: ZoneInfo


def plain(value: Value, reader: Reader, *, limit: int = 300) -> str:
    """Render a sentence, or a single value, for a terminal or a caption without mark-up.

    limit: for each hostile string in it, in characters.
    Never raises: a hole without a value shows an ellipsis, a broken translation the English.
    """
    language = nearest(reader.language)
    text = _Rendering(language, reader.zone, limit).text(value, 0)
    rightward = right_to_left(language)
    if isinstance(value, Sentence) and reads_right_to_left(text) in (None, rightward):
        return set_direction(text, right_to_left=rightward)
    return text


def reads_leftwards(reader: Reader) -> bool:
    """Whether this reader's language is written from right to left."""
    return right_to_left(nearest(reader.language))


def html(value: Value, reader: Reader, *, limit: int = 300) -> str:
    """As `plain`, escaped for Telegram's HTML."""
    return escape(plain(value, reader, limit=limit))


def cell(value: Value, reader: Reader, *, limit: int = 1000) -> str:
    """One cell of a CSV file: a line of text of which a spreadsheet calculates nothing.

    Text from outside stands alone in its cell, so that it needs no isolation and can be
    searched and compared as it is.
    """
    text = clean(value, limit) if isinstance(value, str) else plain(value, reader, limit=limit)
    return quench(text)


@dataclass
class _Rendering:
    language: str
    zone: ZoneInfo
    limit: int
    fills_left: int = _MOST_FILLS

    def text(self, value: Value, depth: int) -> str:
        """A sentence or value as text that the line around it can hold."""
        if isinstance(value, Sentence):
            if depth > _DEEPEST:
                return _UNFILLED
            return _HOLE.sub(lambda hole: self._fill(hole[1], value, depth), self._template(value))
        if isinstance(value, Listing):
            return self._between().join(self._one(item, depth) for item in value.items)
        written = self._written(value)
        if isinstance(written, Sentence):
            return self.text(written, depth + 1)
        return isolate(written, right_to_left=right_to_left(self.language))

    def _one(self, item: Value, depth: int) -> str:
        """What stands in a list, however deep: hostile text is isolated from the commas."""
        self.fills_left -= 1
        if self.fills_left < 0 or depth > _DEEPEST:
            return _UNFILLED
        return self.text(item, depth + 1)

    def _between(self) -> str:
        return self._template(say(", "))

    def _template(self, sentence: Sentence) -> str:
        """The translation, in whose lines width and height stay together."""
        return _BY.sub("\u00a0×\u00a0", self._translated(sentence))

    def _translated(self, sentence: Sentence) -> str:
        """The translation, where there is one that asks for no other values."""
        catalogue, source = translations(self.language), sentence.template
        count = sentence.values.get("count")
        if sentence.plural is None:
            found = catalogue.gettext(source) if source else ""
        elif isinstance(count, int):
            source = source if count == 1 else sentence.plural
            found = catalogue.ngettext(sentence.template, sentence.plural, count)
        else:
            found = source = sentence.plural
        if found != source and set(_HOLE.findall(found)) <= sentence.values.keys():
            return found
        # Not ours for certain: the lab's child, which is not trusted, sends templates too.
        lines = source[:_LONGEST_TEMPLATE].split("\n")
        return "\n".join(map(visible, lines))

    def _fill(self, hole: str, sentence: Sentence, depth: int) -> str:
        value = sentence.values.get(hole)
        self.fills_left -= 1
        if value is None or self.fills_left < 0:
            return _UNFILLED
        if hole == "count" and isinstance(value, int):
            return counted(value, self.language)
        inner = self.text(value, depth + 1)
        rightward = right_to_left(self.language)
        if isinstance(value, Sentence) and reads_right_to_left(inner) not in (None, rightward):
            return isolate(inner, right_to_left=rightward)
        return inner

    def _written(
        self, value: str | int | float | Instant | WallTime | CalendarDate | ByteSize
    ) -> str | Sentence:
        match value:
            case str():
                return clean(value, self.limit)
            case Instant():
                return moment(value.at, self.zone)
            case WallTime():
                return wall(value)
            case CalendarDate():
                return calendar(value, self.language)
            case ByteSize():
                return size(value)
            case _:
                return measured(value, self.language)
