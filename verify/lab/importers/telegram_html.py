"""Telegram Desktop's export as HTML: `messages.html`, `messages2.html`, ... one behind the other.

It names no account, no chat by a number, and not of which kind the chat is. Events of a channel
tell, and signatures: no one but channels, and administrators of groups who stay unnamed, post under
the name of the chat and sign. Source: telegramdesktop/tdesktop,
Telegram/SourceFiles/export/output/export_output_html.cpp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from verify.lab.importers import Source
from verify.lab.importers._bounds import LINK, MANY, TEXT, bounded
from verify.lab.importers._html import Attributes, Reader, TooOddError, fed
from verify.lab.importers._media import attached
from verify.lab.importers._moments import Moment, first_of, wall
from verify.lab.importers._once import Once
from verify.lab.importers._reasons import CUT_OFF, TWICE
from verify.records import Attachment, PlaceKind, Post, Unread, say

NAME = "Telegram Desktop, HTML"

_UNTOLD = say(
    "This page does not tell whether the chat is a channel. It counts as a closed chat, whose"
    " people are not kept; the export as JSON tells it."
)

_PIECE = 64 << 10
_HEAD = 512 << 10
_TITLE = re.compile(rb"<title>\s*Exported Data\s*</title>")
_ID = re.compile(r"message(\d{1,19})")
_ANSWERED = re.compile(r"[\w./-]{0,80}#go_to_message(\d{1,19})")
_DATE = re.compile(
    r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):(\d\d))?", re.ASCII
)
_OWN_FOLDER = re.compile(r"(?:\.\./){2}chats/chat_\d+/")
_OF_A_CHANNEL = re.compile(
    r"\s*Channel (?:«.{0,300}» created|title changed to «.{0,300}»|photo (?:changed|removed))\s*",
    re.DOTALL,
)
_END = re.compile(r"verify-desk: end of (messages\d{0,9}\.html)", re.ASCII)
_FILES = {
    "photo_wrap": "photo",
    "video_file_wrap": "video_file",
    "animated_wrap": "animation",
    "sticker_wrap": "sticker",
    "media_photo": "photo",
    "media_video": "video_file",
    "media_voice_message": "voice_message",
    "media_audio_file": "audio_file",
    "media_file": "file",
}
_EVENT = 600  # characters of what is said to have happened

# Minutes east of Greenwich where no clock has gone ahead or back since Telegram began, 2013 to
# 2026, and where one did in winter as well; by the tz database, which a test asks.
_STEADY = {-660, -570, -270, 180, 270, 300, 330, 345, 360, 390, 510, 525, 540, 690, 840}
_ALL_YEAR = {-360, -240, -180, 60}
_SOUTH = 570
_HOUR = 3_600


def recognises(source: Source) -> bool:
    """By its title, and that it has a history."""
    if not source.name.lower().endswith((".html", ".htm")):
        return False
    head = source.content[:_HEAD]
    return bool(_TITLE.search(head[:4096])) and b'class="history"' in head


def read(source: Source) -> Iterator[Post | Unread]:
    """The messages of all pages, which are read before for what tells of a channel."""
    seen = _History(source.beside)
    with suppress(TooOddError):
        for _ in fed(seen, _pieces(source)):
            seen.found.clear()
    reader, known = _History(source.beside, channel=seen.of_a_channel), Once()
    if seen.untold:
        yield Unread(what=source.name[:300], why=_UNTOLD)
    try:
        for _ in fed(reader, _pieces(source)):
            for post in reader.found:
                new = known.new(int(post.id))
                yield post if new else Unread(what=f"{source.name}/{post.id}"[:300], why=TWICE)
            reader.found.clear()
            yield from (Unread(what=one, why=CUT_OFF) for one in reader.cut)
            reader.cut.clear()
        whole = not reader.role and not reader.rawdata
    except TooOddError:
        whole = False
    if not whole:
        yield Unread(what=source.name[:300], why=CUT_OFF)


def _pieces(source: Source) -> Iterator[bytes]:
    content = source.content
    return (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))


class _History(Reader):
    """The pages of a chat. found: posts, cut: pages that broke off, since somebody took them."""

    def __init__(self, beside: frozenset[str], *, channel: bool = False) -> None:
        super().__init__()
        self.found: list[Post] = []
        self.cut: list[str] = []
        self._told = self._signed = False
        self._spoken = self._others = False
        self._beside = beside
        self._chat, self._sender, self._client = "", "", ""
        self._kind = PlaceKind.CHANNEL if channel else PlaceKind.CLOSED_GROUP
        self._message: dict[str, str] = {}
        self._links: list[str] = []
        self._media: list[Attachment] = []
        self._anchor: tuple[int, str] | None = None

    @property
    def of_a_channel(self) -> bool:
        """Whether what was read shows that it is a channel: its events, or that whoever posts
        signs and nobody posts under a name of their own."""
        return self._told or (self._signed and not self._others)

    @property
    def untold(self) -> bool:
        """Whether all posts bear the name of the chat, as in a channel and as in a talk in which
        one alone speaks."""
        return self._spoken and not (self.of_a_channel or self._others)

    def opened(self, tag: str, attributes: Attributes) -> str | None:
        classes = attributes.get("class", "").split()
        if tag == "div" and "message" in classes:
            return self._begin(classes, attributes)
        if tag == "div" and "history" in classes:
            return "history"
        if not self._message:
            heading = "text" in classes and "bold" in classes and not self._chat
            return "chat" if heading else None
        if "date" in classes and "details" in classes:
            key = "forwarded_at" if self.role == "forwarded_from" else "at"
            self._message[key] = attributes.get("title", "")[:40]
            return "-"
        if "from_name" in classes:
            return "forwarded_from" if "forwarded" in self._message else "from"
        return self._within(tag, classes, attributes)

    def _within(self, tag: str, classes: list[str], attributes: Attributes) -> str | None:
        """What else a message has."""
        href = attributes.get("href", "")
        if "forwarded" in classes:
            self._message["forwarded"] = ""
        elif "reply_to" in classes:
            return "reply_to"
        elif "signature" in classes or "userpic_wrap" in classes:
            self._signed |= "signature" in classes
            return "-"
        elif "text" in classes and self.role != "media":
            return "text"
        elif "description" in classes and self.role.startswith("media"):
            return "missing"
        elif kind := next((_FILES[one] for one in classes if one in _FILES), ""):
            self._attach(href, kind)
            return "media"
        elif tag == "br" and self.role == "text":
            self._add("text", "\n")
        elif tag == "a" and self.role == "reply_to":
            if answered := _ANSWERED.fullmatch(href):
                self._message["reply_to"] = answered[1]
        elif tag == "a" and self.role == "text":
            self._anchor = len(self._message.get("text", "")), href
        return None

    def _begin(self, classes: list[str], attributes: Attributes) -> str:
        number = _ID.fullmatch(attributes.get("id", ""))
        if "default" not in classes or not number:
            self._message = {"event": ""} if "service" in classes else {}
            return "event"
        self._message = {"id": number[1]}
        self._links, self._media, self._anchor = [], [], None
        if "joined" not in classes:
            self._sender = self._client = ""
        return "message"

    def handle_comment(self, data: str) -> None:
        """For HTMLParser: that a page ends, which the desk writes between two."""
        page = _END.fullmatch(data)
        if page and self._open:
            self.cut.append(page[1])
        if page:
            self._open, self._message = [], {}

    def handle_data(self, data: str) -> None:
        """For HTMLParser: a text, which goes where its role says."""
        if self.role == "chat":
            self._chat = (self._chat + data)[:_EVENT]
        elif self.role in ("event", "from", "forwarded_from", "text", "missing"):
            self._add(self.role, data)

    def _add(self, key: str, data: str) -> None:
        held = self._message.get(key, "")
        self._message[key] = held + data[: (2 * TEXT if key == "text" else _EVENT) - len(held)]

    def closed(self, tag: str, role: str) -> None:
        if role == "from" and tag == "div":
            self._sender, _, self._client = self._message.pop("from", "").partition(" via @")
        elif role == "missing" and tag == "div":
            self._lack(self._message.pop("missing", "").strip())
        elif role == "text" and tag == "a" and self._anchor:
            start, href = self._anchor
            named = self._message.get("text", "")[start:]
            if href.startswith(("http://", "https://")) and not named.startswith("@"):
                self._links = [*self._links[: MANY - 1], href[:LINK]]
            self._anchor = None
        elif tag == "div" and role == "event" and self.role == "history":
            self._told |= bool(_OF_A_CHANNEL.fullmatch(self._message.get("event", "")))
            self._message = {}
        elif tag == "div" and role == "message" and self.role == "history":
            if "id" in self._message:
                self.found.append(self._post())
            self._message = {}

    def _attach(self, href: str, kind: str) -> None:
        if href.endswith("_thumb.jpg") or len(self._media) >= MANY:
            return
        path = _OWN_FOLDER.sub("", href, count=1)
        self._media.append(attached(path, self._beside, kind) if href else Attachment(kind=kind))

    def _lack(self, words: str) -> None:
        """The words stand behind the file that they are of."""
        if words and self._media and not self._media[-1].path and not self._media[-1].missing:
            self._media[-1] = Attachment(missing=words, kind=self._media[-1].kind)

    def _post(self) -> Post:
        message, at = self._message, _moment(self._message.get("at", ""))
        chat = self._chat.strip()
        self._spoken = True
        self._others |= self._sender.strip() != chat
        origin, _, bot = message.get("forwarded_from", "").partition(" via @")
        return bounded(
            Post(
                network="telegram",
                id=message["id"],
                place=chat,
                place_name=chat,
                place_kind=self._kind,
                name=self._sender.strip(),
                person=self._kind is not PlaceKind.CHANNEL,
                at=at.at,
                resolution_s=at.resolution_s,
                impossible=at.written,
                text=message.get("text", "").strip(),
                links=tuple(self._links),
                client="".join(f"@{name.strip()}" for name in (self._client or bot,) if name),
                forwarded_from=origin.strip(),
                reply_to=message.get("reply_to", ""),
                media=tuple(self._media),
            )
        )


def _moment(title: str) -> Moment:
    """`14.12.2021 23:43:49 UTC+03:00`: the clock of that day, beside the offset of winter.

    Where clocks may have been an hour ahead, the time is known to the hour.
    """
    found, written = _DATE.fullmatch(title), Moment(written=title)
    if not found:
        return written
    day, month, year, hour, minute, second = map(int, found.groups()[:6])
    offset = None
    if found[7]:
        offset = (int(found[8]) * 60 + int(found[9])) * (-1 if found[7] == "-" else 1)
    at = first_of(wall(year, month, day, (hour, minute, second), offset), written)
    return at._replace(resolution_s=_HOUR) if at.at and _shifted(offset, month) else at


def _shifted(offset: int | None, month: int) -> bool:
    """Whether a clock with this offset in winter may show another in that month."""
    if offset is None or offset in _STEADY:
        return False
    if offset in _ALL_YEAR:
        return True
    if offset >= _SOUTH:
        return not 5 <= month <= 8
    return month != 1 if offset == 120 else 3 <= month <= 11
