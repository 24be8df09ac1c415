"""A page that somebody kept: where it stood, when it was there, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.lab.importers._bounds import TEXT, bounded
from verify.lab.importers._html import Attributes, Reader, TooOddError, fed
from verify.lab.importers._moments import Moment, of_iso
from verify.lab.importers._networks import address
from verify.lab.reading_at import ReadAt
from verify.records import PlaceKind, Post

LARGEST = 4 << 20  # bytes of a page without the files within
_SLICE = 4 << 20
_PIECE = 64 << 10
_WITHIN = re.compile(rb"data:[\w/+.;=-]{0,100};base64,[A-Za-z0-9+/=%]{64,}")
_RUN = re.compile(rb"[A-Za-z0-9+/=%]*")
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
    }
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_ENCODINGS = {
    *("utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253"),
    *("windows-1254", "windows-1255", "windows-1256", "iso-8859-1", "iso-8859-2", "iso-8859-5"),
    *("iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-15", "koi8-r", "koi8-u"),
    *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
}


def page(link: str, html: bytes, kept: Moment, charset: str = "") -> Post:
    """The page as a post.

    Of a post in a network, whose time is not that of its keeping, the time is unknown unless the
    page tells it. html: at most `LARGEST` bytes are read. charset: as told from outside.
    """
    reader = _Words()
    try:
        for _ in fed(reader, _pieces(html), _encoding(html, charset)):
            pass
    except TooOddError:
        pass  # the words before stand
    led = address(link)
    told = of_iso(reader.met.get("article:published_time"))
    at = told if told.at or led.a_post else kept
    heading = reader.met.get("og:title", "") or " ".join(reader.title.split())
    said = reader.met.get("og:description", "") if led.a_post else ""
    parts = (heading, said or reader.words())
    return bounded(
        Post(
            network=led.network,
            id=led.id,
            place=led.place,
            place_kind=PlaceKind.CHANNEL if led.place else PlaceKind.PROFILE,
            name=reader.met.get("og:site_name", "") if led.network == "web" else "",
            handle=led.handle,
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            text="\n\n".join(part for part in parts if part),
            link=link,
        )
    )


def without_files(content: ReadAt) -> bytes:
    """The beginning of a page, of the files written within which only the beginnings are left."""
    kept: list[bytes] = []
    size, running = 0, False
    for at in range(0, len(content), _SLICE):
        data = content[at : at + _SLICE]
        if running and (found := _RUN.match(data)):
            running = found.end() == len(data)
            data = data[found.end() :]
        last = None
        for last in _WITHIN.finditer(data):  # noqa: B007  the last is looked at
            pass
        running = running or (last is not None and last.end() == len(data))
        kept.append(_WITHIN.sub(b"data:,", data))
        size += len(kept[-1])
        if size > LARGEST:
            break
    return b"".join(kept)[:LARGEST]


class _Words(Reader):
    """What a reader sees of a page. met: what its `meta` tags say."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.met = "", dict[str, str]()
        self._held: list[str] = []
        self._size = 0

    def opened(self, tag: str, attributes: Attributes) -> str | None:
        if tag == "title" and not self.title:
            return "title"
        if tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "")[:40].lower()
            self.met.setdefault(name, attributes.get("content", "")[:TEXT])
            if len(self.met) > 200:
                raise TooOddError
        if tag in _BLOCKS:
            self._held.append("\n")
        if tag == "body":
            return ""
        return "silent" if tag in _SILENT else None

    def closed(self, tag: str, role: str) -> None:
        if tag in _BLOCKS:
            self._held.append("\n")

    def handle_data(self, data: str) -> None:
        """For HTMLParser."""
        if self.role == "title":
            self.title = (self.title + data)[:1_000]
        elif self.role != "silent" and self._size < 2 * TEXT:
            self._held.append(data)
            self._size += len(data)

    def words(self) -> str:
        """All that is seen, a block a line."""
        lines = (" ".join(line.split()) for line in "".join(self._held).split("\n"))
        return "\n".join(line for line in lines if line)


def _encoding(html: bytes, charset: str) -> str:
    found = _CHARSET.search(html[:2048])
    told = charset or (found[1].decode("ascii", "replace") if found else "")
    return told.lower() if told.lower() in _ENCODINGS else "utf-8"


def _pieces(html: bytes) -> Iterator[bytes]:
    return (html[at : at + _PIECE] for at in range(0, min(len(html), LARGEST), _PIECE))
