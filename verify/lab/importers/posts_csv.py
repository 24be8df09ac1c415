"""Tables of posts, by what their columns are called. Its name lets those with a form of their own
come first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._bounds import bounded
from verify.lab.importers._date_order import Written, in_dates
from verify.lab.importers._media import attached
from verify.lab.importers._moments import (
    Moment,
    first_of,
    of_iso,
    of_mail,
    of_twitter,
    of_unix,
    wall,
)
from verify.lab.importers._networks import address, network
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import MALFORMED, TWICE
from verify.lab.importers._table import Header, Row, header, rows, value
from verify.records import Attachment, Post, Sentence, Unread

NAME = "CSV of posts"

_TIME = (
    *("unix timestamp", "timestamp", "datetime", "date time", "created at", "posted at"),
    *("published at", "post created", "created time", "creation time", "publish date"),
    *("publish time", "published", "posted", "date posted", "post date", "utc time", "created"),
    *("created utc", "date", "time", "تاريخ النشر", "التاريخ والوقت", "التاريخ", "تاريخ"),
)
_TEXT = (
    *("full text", "post text", "tweet text", "text", "body", "message", "content", "caption"),
    *("description", "tweet", "post", "claim", "نص المنشور", "النص", "نص", "المحتوى"),
)
_ACCOUNT = (
    "author id",
    "user id",
    "account id",
    "channel id",
    "page id",
    "owner id",
    "facebook id",
)
_HANDLE = (
    *("author username", "username", "user name", "screen name", "handle", "account handle"),
    *("user screen name", "اسم المستخدم"),
)
_AUTHOR = (
    *("author name", "author", "account name", "account", "page name", "channel name", "channel"),
    *("display name", "fullname", "full name", "user", "الحساب", "القناة", "الكاتب"),
)
_LINK = ("link", "url", "permalink", "post url", "post link", "tweet url", "الرابط", "رابط")
_ID = ("post id", "tweet id", "message id", "status id", "video id", "id")
_MEDIA = ("media", "files", "file", "filename", "file name", "image", "images", "photo", "الملف")
_WHO = {*_ACCOUNT, *_HANDLE, *_AUTHOR, *_LINK}
_SHORT = re.compile(
    r"(\d\d?)([/.-])(\d\d?)[/.-](\d{4}|\d\d),?"
    r"(?:[ T]+(\d\d?):(\d\d)(?::(\d\d))?\s*([ap]\.?m\.?)?)?",
    re.ASCII | re.IGNORECASE,
)

_CLOCK = re.compile(r"\d\d?:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?", re.ASCII | re.IGNORECASE)


def recognises(source: Source) -> bool:
    """By its columns: a time, a text, and by whom or where."""
    if not source.name.lower().endswith((".csv", ".tsv")):
        return False
    head = header(source.content)
    if head is None:
        return False
    columns = set(head.columns)
    return all(not columns.isdisjoint(one) for one in (_TIME, _TEXT, _WHO))


def read(source: Source) -> Iterator[Post | Unread]:
    """Its rows. Raises AmbiguousDatesError before the first."""
    head = header(source.content)
    if head is None:
        yield Unread(what=source.name[:300], why=MALFORMED)
        return
    known = Once()
    day_first = in_dates(_dates(source, head), source.dates)
    for number, row in rows(source.content, head):
        what = f"{source.name}:{number}"[:300]
        if isinstance(row, Sentence):
            yield Unread(what=what, why=row)
            continue
        post = _post(row, source, day_first)
        if post is None:
            yield Unread(what=what, why=MALFORMED)
        else:
            new = known.new_name(post.network, post.place, post.id)
            yield post if new else Unread(what=what, why=TWICE)


def _dates(source: Source, head: Header) -> Iterator[Written]:
    for _, row in rows(source.content, head):
        found = None if isinstance(row, Sentence) else _SHORT.fullmatch(_when(row))
        if found:
            year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
            yield Written(year, int(found[1]), int(found[3]), found[2] == ".")


def _post(row: Row, source: Source, day_first: bool | None) -> Post | None:
    text, link = value(row, *_TEXT), value(row, *_LINK)
    at = _moment(_when(row), day_first)
    if not text and not link:
        return None
    led = address(link) if link.startswith(("http://", "https://")) else address("")
    where = network(value(row, "network", "platform")) if led.network == "web" else led.network
    handle = value(row, *_HANDLE).removeprefix("@") or led.handle
    name = value(row, *_AUTHOR, "name")
    number = led.id if where != "web" and led.network != "web" else value(row, *_ID)
    return bounded(
        Post(
            network=where,
            id=number or led.id or _digest(at.at, name, handle, text),
            place=led.place,
            account=value(row, *_ACCOUNT),
            name=name,
            handle=handle,
            at=at.at,
            resolution_s=at.resolution_s,
            impossible=at.written,
            text=text,
            hashtags=tuple(re.split(r"[\s,;|#]+", value(row, "hashtags")[:5_000])),
            client=value(row, "client"),
            forwarded_from=value(row, "forwarded from"),
            reply_to=value(row, "reply to", "in reply to"),
            link=link,
            media=tuple(_media(row, source)),
        )
    )


def _when(row: Row) -> str:
    """The time as it stands; a day and the clock that has a column of its own together."""
    when, clock = value(row, *_TIME)[:60], value(row, "time", "الوقت")
    return f"{when} {clock}" if ":" not in when and _CLOCK.fullmatch(clock) else when


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _moment(text: str, day_first: bool | None) -> Moment:
    known = first_of(of_iso(text), of_unix(text), of_twitter(text), of_mail(text))
    found = None if known.at else _SHORT.fullmatch(text)
    if not found:
        return known
    if day_first is None:
        return Moment()
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (first, second) if day_first else (second, first)
    year += 2000 if len(found[4]) == 2 else 0
    if found[5] is None:
        return first_of(wall(year, month, day), known)
    hour = int(found[5])
    if found[8]:
        hour = hour % 12 + (12 if found[8][0] in "pP" else 0)
    clock = hour, int(found[6]), int(found[7]) if found[7] else None
    return first_of(wall(year, month, day, clock), known)


def _media(row: Row, source: Source) -> Iterator[Attachment]:
    """Files that lie beside the table; a name with a comma is tried as a whole before."""
    for column in _MEDIA:
        named = value(row, column)
        if named in source.beside:
            yield Attachment(path=named)
        elif named:
            for part in re.split(r"[\n;|,]", named[:20_000]):
                if part.strip():
                    yield attached(part.strip(), source.beside)
