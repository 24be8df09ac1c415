"""Tables of values between commas, semicolons or tabs, of any size."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from verify.lab.importers._lines import lines
from verify.lab.importers._reasons import MALFORMED, TOO_LARGE
from verify.lab.reading_at import ReadAt
from verify.records import Sentence

LINE = 1 << 20
_VALUE = 128 << 10
csv.field_size_limit(LINE)
_HEAD = 64 << 10
_COLUMNS = 500
_BETWEEN = re.compile(r"[\s_\-./]+")
# what spreadsheets would calculate is written behind an apostrophe
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r])")

Row = Mapping[str, str]


class Header(NamedTuple):
    """columns: plain names in their order; delimiter: what stands between values."""

    columns: tuple[str, ...]
    delimiter: str


def header(content: ReadAt) -> Header | None:
    """The first line's columns; None if it is no line of a table."""
    line = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].rstrip(b"\r")
    text = line.decode("utf-8", "replace").replace("\0", "")
    delimiter = max(",;\t", key=text.count)
    if delimiter not in text or len(line) >= _HEAD:
        return None
    try:
        (row,) = csv.reader([text], delimiter=delimiter)
    except (csv.Error, ValueError):
        return None
    return Header(tuple(map(plain, row[:_COLUMNS])), delimiter)


def plain(column: str) -> str:
    """`Post_Created` as `post created`."""
    return " ".join(_BETWEEN.split(column.strip().strip("\u200e\u200f").casefold())).strip()


def rows(
    content: ReadAt, head: Header, longest: int = _VALUE
) -> Iterator[tuple[int, Row | Sentence]]:
    """The number of the line on which each row ends, and its values by the columns' names.

    longest: a value may be, in characters, at most `LINE`.
    """
    reader = csv.reader(_texts(content), delimiter=head.delimiter)
    first = True
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, TOO_LARGE if "larger" in str(error) else MALFORMED
            continue
        if first or not any(row):
            first = False
            continue
        if max(map(len, row)) > longest:
            yield reader.line_num, TOO_LARGE
            continue
        found: dict[str, str] = {}
        for column, value in zip(head.columns, row, strict=False):
            found.setdefault(
                column, _ESCAPED.sub("", value, count=1) if value[:1] == "'" else value
            )
        yield reader.line_num, found


def _texts(content: ReadAt) -> Iterator[str]:
    for line in lines(content, LINE):
        yield line.data.decode("utf-8", "replace").replace("\0", "").replace("\r", " ") + "\n"


def value(row: Row, *columns: str) -> str:
    """The first of these columns that says something."""
    return next((found for name in columns if (found := row.get(name, "").strip())), "")
