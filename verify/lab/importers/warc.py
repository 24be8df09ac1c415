"""The pages in a web archive: WARC, packed or not. Nothing is replayed.

Source: ISO 28500; read by warcio, whose lines are bounded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from verify.lab.importers import Source
from verify.lab.importers._moments import of_iso
from verify.lab.importers._pages import LARGEST, page
from verify.lab.importers._reasons import CUT_OFF
from verify.records import Post, Unread

NAME = "WARC"

_LINE = 64 << 10
_HEADERS = 1 << 20  # bytes read as lines, of one record
_PAGES = ("text/html", "application/xhtml+xml")


def recognises(source: Source) -> bool:
    """By its name and first bytes."""
    name, head = source.name.lower(), source.content[:5]
    return (name.endswith(".warc") and head == b"WARC/") or (
        name.endswith(".warc.gz") and head[:2] == b"\x1f\x8b"
    )


class _TooLongError(Exception):
    """Headers that nobody writes."""


def read(source: Source) -> Iterator[Post | Unread]:
    """The pages that were answered, in the order in which they were fetched."""
    source.content.seek(0)
    records = ArchiveIterator(source.content)
    watch = _Watch(records.reader)
    before: Any = None
    while True:
        watch.left = _HEADERS
        try:
            record = next(records, None)
            post = _page(record) if record is not None else None
        except Exception:  # whatever warcio raises on what is none of its formats
            yield Unread(what=source.name[:300], why=CUT_OFF)
            return
        if post is not None:
            yield post
        if record is None:
            short = before is None or getattr(before.raw_stream, "limit", 1) > 0
            if short or not watch.ended:
                yield Unread(what=source.name[:300], why=CUT_OFF)
            return
        before = record


class _Watch:
    """Lets no line be longer than a line, nor all of a record's together longer than its headers.

    left: bytes for lines, to be set anew for each record. ended: whether the last packed record
    was whole when the file was closed.
    """

    def __init__(self, reader: Any) -> None:
        self.left, self.ended = _HEADERS, True
        self._reader = reader
        self._readline, self._close = reader.readline, reader.close_decompressor
        reader.readline, reader.close_decompressor = self._line, self._closed

    def _line(self, length: int | None = None) -> Any:
        line = self._readline(min(length or _LINE, _LINE))
        self.left -= len(line)
        if self.left < 0:
            raise _TooLongError
        return line

    def _closed(self) -> None:
        packed = self._reader.decompressor
        self.ended = packed is None or packed.eof
        self._close()


def _page(record: Any) -> Post | None:
    """What a browser would have shown; None for all else."""
    if record.rec_type not in ("response", "resource"):
        return None
    http = record.http_headers
    told = http if record.rec_type == "response" else record.rec_headers
    if told is None or (http is not None and http.get_statuscode() not in ("200", "")):
        return None
    kind, _, more = (told.get_header("Content-Type") or "").partition(";")
    link = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if kind.strip().lower() not in _PAGES or not link.startswith(("http://", "https://")):
        return None
    html = record.content_stream().read(LARGEST)
    charset = more.lower().partition("charset=")[2].strip("\"' ")
    return page(link, html, of_iso(record.rec_headers.get_header("WARC-Date")), charset)
