"""Telegram's HTML: text with tags in, plain text and entities out, or a refusal.

Source: parse_html in tdlib's MessageEntity.cpp, whose words the refusals use. Offsets in
refusals count bytes of UTF-8; offsets of entities count UTF-16 units.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from verify.localchat.entities import Entity
from verify.localchat.refusals import Refused

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_ESCAPE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![A-Za-z]));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']*)\s*(=?)\s*""")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_CHECKED_LINK = re.compile(r"(?i)(?:(?:https?|ftp|tg|ton|tonsite)://)?[^\s/]+\.[^\s]+|tg://\S+")


class _Open(NamedTuple):
    tag: str
    argument: str
    offset: int
    start: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Read Telegram's HTML.

    Returns the text and its entities, by offset, longest first. Raises Refused with
    "can't parse entities: ..." where Telegram would.
    """
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "<":
                if self.source[self.at + 1 : self.at + 2] == "/":
                    self._end_tag()
                else:
                    self._start_tag()
                continue
            escape = _unescape(self.source, self.at) if character == "&" else None
            if escape is None:
                self._put(character)
                self.at += 1
            else:
                self._put(escape[0])
                self.at = escape[1]
        if self.open:
            _refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), self.entities

    def _put(self, character: str) -> None:
        self.text.append(character)
        self.units += 2 if ord(character) > 0xFFFF else 1

    def _offset(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self.at
        end = _find_end(self.source, begin + 1)
        if end == len(self.source):
            _refuse(f"Unclosed start tag at byte offset {self._offset(begin)}")
        tag = self.source[begin + 1 : end].lower()
        if tag not in _TYPES:
            _refuse(f'Unsupported start tag "{tag}" at byte offset {self._offset(begin)}')
        self.at = end
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            offset = self._offset(begin)
            _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
        self.open.append(_Open(tag, argument, self.units, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while self.source[self.at : self.at + 1] != ">":
            found = _ATTRIBUTE.match(self.source, self.at)
            name, equals = (found[1], found[2]) if found else ("", "")
            self.at = found.end() if found else self.at
            if not name and self.source[self.at : self.at + 1] == ">" and not equals:
                break
            offset = self._offset(begin)
            if not name:
                _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
            if self.at >= len(self.source):
                _refuse(f'Unclosed start tag "{tag}" at byte offset {offset}')
            value = self._value(begin) if equals else ""
            if tag == "a" and name == "href":
                argument = value
            elif tag == "code" and name == "class" and value.startswith("language-"):
                argument = value.removeprefix("language-")
            elif tag == "span" and name == "class" and value.startswith("tg-"):
                argument = value.removeprefix("tg-")
            elif tag == "blockquote" and name == "expandable":
                argument = "1"
        self.at += 1
        return argument

    def _value(self, begin: int) -> str:
        quote = self.source[self.at]
        if quote not in "\"'":
            token = _NAME_TOKEN.match(self.source, self.at)
            end = token.end() if token else self.at
            following = self.source[end : end + 1]
            if following and not following.isspace() and following != ">":
                offset = self._offset(self.at)
                _refuse(f"Unexpected end of name token at byte offset {offset}")
            value, self.at = self.source[self.at : end].lower(), end
        else:
            value = self._quoted(quote)
        if self.at >= len(self.source):
            _refuse(f"Unclosed start tag at byte offset {self._offset(begin)}")
        return value

    def _quoted(self, quote: str) -> str:
        self.at += 1
        end = self.source.find(quote, self.at)
        end = len(self.source) if end < 0 else end
        raw, self.at = self.source[self.at : end], end + 1
        value, at = [], 0
        while at < len(raw):
            escape = _unescape(raw, at) if raw[at] == "&" else None
            character, at = escape if escape else (raw[at], at + 1)
            value.append(character)
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        offset = self._offset(begin)
        if not self.open:
            _refuse(f"Unexpected end tag at byte offset {offset}")
        end = _find_end(self.source, begin + 2)
        tag = self.source[begin + 2 : end].lower()
        while self.source[end : end + 1].isspace():
            end += 1
        if self.source[end : end + 1] != ">":
            _refuse(f"Unclosed end tag at byte offset {offset}")
        opened = self.open.pop()
        if tag and tag != opened.tag:
            _refuse(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        self.at = end + 1
        if self.units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.units - opened.offset,
        }
        if opened.tag == "a":
            url = opened.argument or "".join(self.text[opened.start :])
            link = _checked_link(url)
            if link is None:
                return
            entity["url"] = link
        elif opened.tag == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.tag in ("pre", "code") and self._joins_code_block(opened, entity):
            return
        self.entities.append(entity)

    def _joins_code_block(self, opened: _Open, entity: Entity) -> bool:
        """`<pre><code class="language-x">` is one entity with a language."""
        inner = self.entities[-1] if self.entities else None
        if opened.tag == "code" and opened.argument and self.open and self.open[-1].tag == "pre":
            entity["type"] = "pre"
            entity["language"] = opened.argument
            return False
        if opened.tag == "pre" and inner and inner.get("language"):
            return bool(inner["offset"] == entity["offset"] and inner["length"] == entity["length"])
        return False


def _find_end(source: str, at: int) -> int:
    while at < len(source) and source[at] != ">" and not source[at].isspace():
        at += 1
    return at


def _unescape(source: str, at: int) -> tuple[str, int] | None:
    found = _ESCAPE.match(source, at)
    if not found:
        return None
    if found[3]:
        return _NAMED[found[3]], found.end()
    code = int(found[1], 16) if found[1] else int(found[2])
    if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code), found.end()


def _checked_link(url: str) -> str | None:
    """The link if it is one that Telegram would keep; a bare host gets a scheme."""
    url = url.strip()
    if not _CHECKED_LINK.fullmatch(url):
        return None
    return url if "://" in url else f"http://{url}/" if "/" not in url else f"http://{url}"


def _refuse(reason: str) -> None:
    raise Refused(f"can't parse entities: {reason}")
