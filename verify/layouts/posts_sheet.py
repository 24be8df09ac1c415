"""The posts that show the exhibits of a case as a table for a spreadsheet: CSV, one row a post."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from itertools import compress
from typing import TYPE_CHECKING

from verify.records import Appearances, KeptPost, Value, say

if TYPE_CHECKING:
    from verify.language import Reader

_BYTE_ORDER_MARK = "\ufeff"  # as in verify.layouts.sheet
_HEADER = (
    say("Exhibit"),
    say("When"),
    say("Network"),
    say("Account"),
    say("Place"),
    say("Text"),
    say("Link"),
    say("SHA-256"),
)


def posts_csv(seen: Mapping[int, Appearances], reader: Reader, *, sparse: bool = False) -> str:
    """The table, with a header, in the reader's language. seen: by exhibit, as a profile narrowed
    them. sparse: without columns in which nothing stands. What a spreadsheet would calculate has an
    apostrophe before it."""
    from verify.language import cell

    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    table = [_row(exhibit, one) for exhibit, found in seen.items() for one in found.posts]
    filled = [not sparse or any(row[at] for row in table) for at in range(len(_HEADER))]
    for row in (_HEADER, *table):
        rows.writerow(cell(value, reader) for value in compress(row, filled))
    return text.getvalue()


def _row(exhibit: int, one: KeptPost) -> tuple[Value, ...]:
    told = one.post
    return (
        exhibit,
        told.at,
        told.network,
        one.shown_by,
        told.place_name,
        told.text,
        told.link,
        " | ".join(one.exhibits),
    )
