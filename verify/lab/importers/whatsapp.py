"""WhatsApp's exported chats: the text file of an iPhone or an Android phone, and files beside it.

Nothing in it names a zone. Its words and the order of its dates are those of the phone's language
and region. Posts have no numbers of their own: theirs is made of what they hold.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, OrderedDict
from collections.abc import Iterator

from verify.lab.importers import Source
from verify.lab.importers._bounds import TEXT, bounded
from verify.lab.importers._reasons import MALFORMED, NO_LANGUAGE, UNKNOWN_WORDS
from verify.lab.importers._whatsapp_lines import (
    Begun,
    begun,
    day_comes_first,
    like_a_beginning,
    moment,
    texts,
)
from verify.lab.importers._whatsapp_media import IN_PARENTHESES, taken_apart
from verify.lab.importers._whatsapp_words import (
    ATTACHED,
    EVENTS,
    KIND_OF,
    MARKS,
    NOTICES,
    chat_in,
    plain,
)
from verify.records import Attachment, PlaceKind, Post, Unread

NAME = "WhatsApp"

_HEAD = 32 << 10
_FIRST = 40  # lines
_TALK = 6  # messages
_UNTOLD = 20  # different texts
_TIMES = 2_000  # minutes whose equal messages are counted
_MARK = re.compile(MARKS)
_NAMED = re.compile(r"whats\s?app|واتساب|^_?chat\b", re.IGNORECASE)
_SENDER = re.compile(rf"([^\n]{{1,100000}}?)\s?:(?:{MARKS}*\s|$)")
_UNKNOWN = re.compile(r"<[^<>/\\\n@=\"]{4,40}>")


def recognises(source: Source) -> bool:
    """A text file that begins with a message, and says by name, mark or notice whose it is."""
    if not source.name.lower().endswith(".txt"):
        return False
    head = source.content[:_HEAD].decode("utf-8-sig", "replace")
    first = [line for line in head.split("\n") if line.strip("\r ")][:_FIRST]
    if not first:
        return False
    named = bool(_NAMED.search(source.name))
    if not begun(first[0]):
        return named and like_a_beginning(first[0])
    marked = any(notice in plain(first[0]) for notice in NOTICES)
    return named or marked or any(_says(line) for line in first) or _is_a_talk(first)


def _is_a_talk(first: list[str]) -> bool:
    """Whether several people speak in turn, under dates that people write and no log has."""
    begins = [one for line in first if (one := begun(line)) and not one.month_next]
    senders = [sender[0] for one in begins if (sender := _sender(one.rest))]
    return len(senders) >= _TALK and 1 < len({*senders}) < len(senders)


def _says(line: str) -> bool:
    """Whether a message says that a file is attached or left out."""
    one = begun(line)
    words = plain(one.rest.partition(":")[2]) if one else ""
    behind = IN_PARENTHESES.fullmatch(words)
    return (
        words.strip("<>") in KIND_OF
        or bool(behind and behind[2] in ATTACHED)
        or bool(words.startswith("<") and words[1:].partition(":")[0] in ATTACHED)
    )


def read(source: Source) -> Iterator[Post | Unread]:
    """The messages, each with all of its lines. Raises AmbiguousDatesError before the first."""
    iphone = next((one.iphone for _, text in texts(source) if (one := begun(text))), None)
    if iphone is None:
        yield Unread(what=source.name[:300], why=NO_LANGUAGE)
        return
    chat = _Chat(source, day_comes_first(source, iphone))
    open_: Begun | None = None
    held: list[str] = []
    size = 0
    for number, text in texts(source):
        one = begun(text)
        if one is not None and one.iphone is iphone:
            if open_:
                yield from chat.message(open_, held)
            open_, held, size = one, [one.rest], len(one.rest)
        elif open_ is None:
            if text.strip():
                yield Unread(what=f"{source.name}:{number}"[:300], why=MALFORMED)
        elif size <= TEXT:
            held.append(text)
            size += len(text) + 1
    if open_:
        yield from chat.message(open_, held)


class _Chat:
    """One file: its name, the order of its dates, and which messages are alike."""

    def __init__(self, source: Source, day_first: bool | None) -> None:
        self._source, self._day_first = source, day_first
        self._name = chat_in(source.name)
        self._alike: OrderedDict[str, Counter[bytes]] = OrderedDict()
        self._unknown = self._known = False
        self._untold: set[str] = set()  # what the program says in a language that is not known

    def message(self, one: Begun, held: list[str]) -> Iterator[Post | Unread]:
        """One message; none for what WhatsApp itself says."""
        sender = _sender(one.rest)
        if sender is None:
            return
        name, first = sender
        said = "\n".join([first, *held[1:]]).rstrip()
        media, text = taken_apart(said, self._source.beside)
        ours = plain(text).rstrip(".")
        if not media and (not ours or ours in EVENTS or ours.startswith(NOTICES)):
            self._known |= bool(ours)
            return
        if not media and one.iphone and _is_notice(said):
            if not self._known and len(self._untold) < _UNTOLD and ours not in self._untold:
                self._untold.add(ours)
                yield Unread(what=ours[:300], why=NO_LANGUAGE)
            return
        self._known |= bool(media)
        if not media and not self._unknown and _UNKNOWN.fullmatch(_MARK.sub("", text)):
            self._unknown = True
            yield Unread(what=text[:300], why=UNKNOWN_WORDS)
        at = moment(one, self._day_first)
        yield bounded(
            Post(
                network="whatsapp",
                id=self._id(at.at, name, text, media),
                place_name=self._name,
                place_kind=PlaceKind.CLOSED_GROUP,
                name=name,
                person=True,
                at=at.at,
                resolution_s=at.resolution_s,
                impossible=at.written,
                text=text,
                media=media,
            )
        )

    def _id(self, at: str, name: str, text: str, media: tuple[Attachment, ...]) -> str:
        """The same for the same message in every export of this chat, with its files or without."""
        parts = (self._name, at, name, text, str(len(media)))
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()[:16]
        alike = self._alike.setdefault(at, Counter())
        alike[digest] += 1
        if len(self._alike) > _TIMES:
            self._alike.popitem(last=False)
        return f"{digest.hex()}-{alike[digest]}"


def _sender(rest: str) -> tuple[str, str] | None:
    """Who says it, and what; None for an event of the chat, which nobody says."""
    found = _SENDER.match(rest)
    if not found:
        return None
    name = _MARK.sub("", found[1]).removeprefix("~").strip()
    opened = name.count('"') % 2 or name.count("“") != name.count("”")
    if not name or opened or name.count("«") != name.count("»"):
        return None
    return name, rest[found.end() :]


def _is_notice(said: str) -> bool:
    """Whether WhatsApp says it: an iPhone marks the beginning of that."""
    begins = said.startswith(("\u200e", "\u200f\u200f"))
    return begins and "://" not in said and "\n" not in said
