"""Archives of the web: their links name when a page was copied, and the page.

The servers of the archive make the time; the page, and what it shows, is as old or older.
Source: the Internet Archive's and archive.today's own addresses, of 14 digits with or without dots.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from verify.comparisons.networks import Post

NAME = "web archive"
HOSTS = (
    *("web.archive.org", "archive.today", "archive.is", "archive.ph", "archive.md", "archive.li"),
    *("archive.vn", "archive.fo", "ghostarchive.org", "perma.cc"),
)

_COPY = re.compile(
    r"/(?:web/)?(\d{4})\.?(\d\d)\.?(\d\d)[.-]?(\d\d)(\d\d)(\d\d)(?:[a-z]{2}_)?/(.+)", re.ASCII
)
_CODE = re.compile(r"/(?:archive/|varchive/)?([A-Za-z0-9-]{5,12})/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/web/20140903151845/ADDRESS`, `/2014.09.03-151845/ADDRESS`; short codes hold no time."""
    if found := _COPY.fullmatch(path):
        at = datetime(*map(int, found.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]
        return Post("".join(found.groups()[:6]), at, archived=True, inside=_address(found[7]))
    code = _CODE.fullmatch(path)
    return Post(code[1]) if code and "web.archive.org" not in host else None


def _address(written: str) -> str:
    """The address inside, whose scheme may have lost a slash, or be left out."""
    written = re.sub(r"^(https?):/+", r"\1://", written)
    return written if "://" in written else f"https://{written}"
