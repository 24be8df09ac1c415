"""HTML read piece by piece, by what stands in what."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

_SILENCE = 1 << 20  # characters that are neither a tag nor a text
_DEPTH = 400
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905

Attributes = dict[str, str]


class TooOddError(Exception):
    """Nothing that a program would write."""


class Reader(HTMLParser):
    """Knows for every text in which role it stands: a role reaches down to what is within."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._deeper = 0

    @property
    def role(self) -> str:
        """Of where the reader is."""
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """For HTMLParser."""
        role = self.opened(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            return
        if len(self._open) >= _DEPTH:
            raise TooOddError
        self._open.append((tag, self.role if role is None else role))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """For HTMLParser."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """For HTMLParser. What was left open within ends with it."""
        if not any(tag == one for one, _ in self._open):
            return
        while self._open:
            one, role = self._open.pop()
            self.closed(one, role)
            if one == tag:
                return

    def opened(self, tag: str, attributes: Attributes) -> str | None:
        """What a tag begins: its role, "" to end its parent's, None to keep that."""
        raise NotImplementedError

    def closed(self, tag: str, role: str) -> None:
        """What ended."""


def fed(reader: Reader, pieces: Iterable[bytes], encoding: str = "utf-8") -> Iterator[None]:
    """Give a reader its bytes, stopping after each piece. Raises TooOddError."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in pieces:
        try:
            reader.feed(decoder.decode(piece))
        except (AssertionError, ValueError, RecursionError) as error:
            raise TooOddError from error  # as CPython's parser answers some odd declarations
        if len(reader.rawdata) > _SILENCE:
            raise TooOddError
        yield
