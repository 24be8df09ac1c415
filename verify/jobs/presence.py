"""Which messages of which channels an export surely has: what it lacks, it lacks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from verify.records import PlaceKind, Post, Unread

_TELEGRAM = "telegram"
_PUBLIC = (PlaceKind.CHANNEL, PlaceKind.GROUP)


class Presence:
    """The numbers of Telegram's messages by chat, which rise with time, of an export that is read
    to its end."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = {}
        self._unread: list[str] = []

    def add(self, one: Post | Unread) -> None:
        """Note one as it goes by."""
        if isinstance(one, Unread):
            self._unread.append(one.what)
        elif one.network == _TELEGRAM and one.place_kind in _PUBLIC and one.id.isdecimal():
            self._numbers.setdefault(one.place, array("q")).append(int(one.id))

    def whole(self) -> Iterator[tuple[tuple[str, str], array[int]]]:
        """Network, place and numbers of each chat; none where a part of the export has no number,
        and may be any message. What could not be read is there all the same."""
        for what in self._unread:
            place, _, number = what.rpartition("/")
            if not number.isdecimal():
                return
            if place in self._numbers:
                self._numbers[place].append(int(number))
        for place, numbers in self._numbers.items():
            yield (_TELEGRAM, place), numbers
