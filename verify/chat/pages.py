"""Text with buttons, cut into pages that Telegram accepts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec

from verify.chat.action import Action
from verify.language import Reader, escape, plain
from verify.records import About, Sentence, say

MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
ANSWER_UNITS = 200  # what is shown for a moment where a button was pressed
_RAW_BYTES = 32_768  # of a text with its mark-up
_PAGE_UNITS = 3500  # leaves room for a page's heading, and a thumb's patience
_TAG = re.compile(r"<[^>]*>")
_END = re.compile(r"<(/?)[a-z]")


@dataclass(frozen=True)
class Button:
    """A button under a message: its words, as the reader sees them, and what it does.

    url: an address of the web that it opens instead, where it does nothing here.
    """

    label: str
    action: Action
    url: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Page:
    """One message: Telegram's HTML, and the buttons under it. asks: show a reply field.

    about: what it shows or speaks of; None is all that was read so far to answer the update.
    """

    text: str
    rows: Rows = ()
    asks: bool = False
    about: About | None = None


def button(label: Sentence, action: Action, reader: Reader) -> Button:
    """A button in the reader's language."""
    return Button(plain(label, reader), action)


def units(text: str) -> int:
    """The length of HTML as Telegram counts it: UTF-16 units after entities."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le", "replace")) // 2


def cut(page: Page, limit: int = MESSAGE_UNITS) -> list[Page]:
    """The messages that a page takes, in order: one, unless it is too long. The last asks and
    has the buttons.

    limit: of each, in UTF-16 units after entities.
    """
    if _fits(page.text, limit):
        return [page]
    *first, last = [text for text in paginate(_lines(page.text), limit) if text.strip()]
    return [*(Page(text, about=page.about) for text in first), replace(page, text=last)]


def captioned(page: Page) -> tuple[Page, list[Page]]:
    """A page that stands under a picture, with its buttons, and the messages that its words
    go on in where a caption cannot hold them."""
    first, *rest = cut(Page(page.text, about=page.about), CAPTION_UNITS)
    return replace(page, text=first.text), rest


def head(text: str, limit: int) -> str:
    """The start of a text without mark-up, as much of it as fits into so many UTF-16 units."""
    return text[: _fitting(text, limit)]


def _fits(text: str, limit: int) -> bool:
    return units(text) <= limit and _raw(text) <= _RAW_BYTES


def _raw(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _lines(text: str) -> Iterator[str]:
    """The lines of HTML; those that a tag spans stay together."""
    together, open_tags = "", 0
    for line in text.splitlines(keepends=True):
        together += line
        open_tags += sum(-1 if slash else 1 for slash in _END.findall(line))
        if open_tags == 0:
            yield together.removesuffix("\n")
            together = ""
    if together:
        yield together


def paginate(blocks: Iterable[str], limit: int = _PAGE_UNITS) -> list[str]:
    """Lay blocks of HTML on pages, cutting between blocks wherever they fit at all.

    limit: in UTF-16 units after entities. A block that is longer than a page loses its
    mark-up and is cut at a space; nothing is dropped.
    """
    pages: list[str] = []
    used = raw = 0
    for block in blocks:
        for piece in _pieces(block, limit):
            length, size = units(piece) + 1, _raw(piece) + 1  # with the line's end
            if pages and used + length <= limit and raw + size <= _RAW_BYTES:
                pages[-1] += f"\n{piece}"
                used, raw = used + length, raw + size
            else:
                pages.append(piece.lstrip("\n"))
                used, raw = units(pages[-1]), _raw(pages[-1])
    return pages or [""]


def _pieces(block: str, limit: int) -> list[str]:
    if _fits(block, limit):
        return [block]
    text, pieces = html.unescape(_TAG.sub("", block)), []
    while text:
        cut = _fitting(text, limit)
        if cut < len(text) and (space := max(text.rfind(mark, 1, cut) for mark in " \n")) > 0:
            cut = space + 1
        pieces.append(escape(text[:cut]))
        text = text[cut:]
    return pieces


def _fitting(text: str, limit: int) -> int:
    """How many characters from the start fit into so many UTF-16 units."""
    if len(text) * 2 <= limit:
        return len(text)
    head = text[:limit].encode("utf-16-le", "replace")[: 2 * limit]
    return max(1, len(head.decode("utf-16-le", "ignore")))


def to_examination(case_id: int, exhibit_id: int, reader: Reader) -> tuple[Button, ...]:
    """The way back to what was found out. exhibit_id: 0 for the case's first."""
    back = Action(name="examination", case_id=case_id, exhibit_id=exhibit_id)
    return (button(say("Back to the examination"), back, reader),)


def turning(action: Action, page: int, pages: int, reader: Reader) -> tuple[Button, ...]:
    """The buttons that turn pages, for the page that is shown; none if there is one page.

    page: from 0. action: shows page `action.page`.
    """
    row = []
    if page > 0:
        row.append(button(say("‹ Previous"), _at(action, page - 1), reader))
    if page + 1 < pages:
        row.append(button(say("Next ›"), _at(action, page + 1), reader))
    return tuple(row)


def page_number(page: int, pages: int, reader: Reader) -> str:
    """The line under a page that says which it is; empty if there is one page."""
    if pages < 2:
        return ""
    line = say("Page {page} of {pages}", page=page + 1, pages=pages)
    return f"\n\n<i>{escape(plain(line, reader))}</i>"


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Lay buttons side by side, so many a row."""
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def _at(action: Action, page: int) -> Action:
    return msgspec.structs.replace(action, page=page)
