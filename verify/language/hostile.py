"""Text from outside: file names, captions, metadata, names of people.

It may hold mark-up, controls that turn the direction of the line around, half characters
and a hundred thousand letters. Everything that is shown passes `clean` here, once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Unicode calls these "format" characters, but words of Arabic, Persian and Indic scripts need
# the joiners, and the Arabic number signs are visible.
_KEPT_FORMATS = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd")
_MOST_MARKS = 4  # accents in a row: enough for Arabic, too few to climb over other lines
_ISOLATES = "\u2066\u2067\u2068"  # LRI, RLI, FSI
_FSI, _PDI = "\u2068", "\u2069"
_LRM, _RLM = "\u200e", "\u200f"
# What makes a spreadsheet calculate, at the start of a cell: also behind blanks, quotes and what
# nobody sees, in the wide forms of East Asian keyboards, and behind a semicolon, which ends a
# cell in countries with a decimal comma. Source: OWASP, "CSV Injection"; CWE-1236.
_FORMULA = re.compile("(^|;)(?=[\\s\"'\u200c-\u200f\u2066-\u2069]*[=+\\-@＝＋－＠])")


def clean(raw: str, limit: int = 300) -> str:
    """Make one harmless line of hostile text.

    raw: any text, of any length; only its first part is read.
    limit: in characters (code points); longer text ends in an ellipsis.
    Returns one line without control and direction characters, without half characters
    (lone surrogates become U+FFFD) and with at most four accents on a letter.
    """
    return _shorten(" ".join(visible(raw[: 8 * limit]).split()), limit)


def escape(text: str) -> str:
    """Escape for Telegram's HTML, which knows four named entities and no others."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def quench(text: str) -> str:
    """Keep a spreadsheet from calculating what it finds in a cell: an apostrophe goes before it."""
    return _FORMULA.sub(r"\1'", text)


def isolate(text: str, *, right_to_left: bool) -> str:
    """Wrap a value in FSI and PDI where it could disturb the line around it.

    In a left-to-right line that is text with right-to-left letters. In a right-to-left line
    it is everything but plain digits and words of that direction: a minus, a colon or a
    bracket would otherwise jump to the other end of the value.
    Source: Unicode Standard Annex 9, sections 2.4 and 2.7.
    """
    kinds = {unicodedata.bidirectional(character) for character in text}
    if right_to_left:
        harmless = kinds <= {"EN"} or kinds <= {"R", "AL", "NSM", "WS"}
    else:
        harmless = not kinds & {"R", "AL", "AN"}
    return text if harmless else f"{_FSI}{text}{_PDI}"


def reads_right_to_left(text: str) -> bool | None:
    """The direction of a line by its first letter outside isolates; None without letters.

    Source: Unicode Standard Annex 9, rules P2 and P3.
    """
    depth = 0
    for character in text:
        if character in _ISOLATES:
            depth += 1
        elif character == _PDI:
            depth = max(0, depth - 1)
        elif not depth and (kind := unicodedata.bidirectional(character)) in ("L", "R", "AL"):
            return kind != "L"
    return None


def set_direction(line: str, *, right_to_left: bool) -> str:
    """Mark a line that begins with an isolated value, where that may decide its direction.

    Browsers, for one, take the first letter of all, isolated or not. Such a line gets an
    invisible letter of the right direction in front.
    """
    kinds = map(unicodedata.bidirectional, line)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), None)
    if first is None or (first != "L") == right_to_left:
        return line
    return f"{_RLM if right_to_left else _LRM}{line}"


def visible(raw: str) -> str:
    """What of a text is for the eye, controls of the line turned into spaces."""
    return raw if raw.isascii() and raw.isprintable() else "".join(_visible(raw))


def _visible(raw: str) -> Iterator[str]:
    marks = 0
    for character in raw:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cc", "Zl", "Zp"):
            yield " "
        elif category == "Cs":
            yield "\ufffd"
        elif marks <= _MOST_MARKS and (category != "Cf" or character in _KEPT_FORMATS):
            yield character


def _shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip(" \n\u200c\u200d") + "…"
