"""Auto Archiver's sheet, saved as CSV: a row a link, with what became of it.

Its times are marked as UTC without having been converted: they are taken as of no known zone.
Source: bellingcat/auto-archiver, `gworksheet.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._moments import of_iso
from verify.lab.importers._networks import address
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import MALFORMED, TWICE
from verify.lab.importers._table import Row, header, rows, value
from verify.records import Attachment, PlaceKind, Post, Sentence, Unread

NAME = "Auto Archiver, sheet"

_COLUMNS = {"link", "archive status", "archive location"}


def recognises(source: Source) -> bool:
    """By its columns."""
    head = header(source.content) if source.name.lower().endswith((".csv", ".tsv")) else None
    return head is not None and set(head.columns) >= _COLUMNS


def read(source: Source) -> Iterator[Post | Unread]:
    """The rows that have a link."""
    head = header(source.content)
    if head is None:
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    known = Once()
    for number, row in rows(source.content, head):
        what = f"{source.name}:{number}"[:300]
        if isinstance(row, Sentence):
            yield Unread(what=what, why=row)
        elif not (link := value(row, "link")).startswith(("http://", "https://")):
            yield Unread(what=what, why=MALFORMED)
        else:
            post = _post(row, link)
            new = known.new_name(post.network, post.place, post.id)
            yield post if new else Unread(what=what, why=TWICE)


def _post(row: Row, link: str) -> Post:
    led = address(link)
    at = of_iso(value(row, "upload timestamp"))
    parts = (value(row, "upload title"), value(row, "text content", "textual content"))
    return bounded(
        Post(
            network=led.network,
            id=led.id,
            place=led.place,
            place_kind=PlaceKind.CHANNEL if led.place else PlaceKind.PROFILE,
            handle=led.handle,
            at=at.at.removesuffix("Z"),
            resolution_s=at.resolution_s,
            impossible=at.written,
            text="\n\n".join(part for part in parts if part),
            link=link,
            media=tuple(
                Attachment(missing=one)
                for one in value(row, "archive location").split()[:100]
                if one.startswith(("http://", "https://"))
            ),
        )
    )
