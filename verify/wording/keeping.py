"""Until when something is kept, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from verify.records import CalendarDate, Keep, Keepable, Kept, Sentence, say


def kept(keep: Keep, today: date) -> Iterator[Sentence]:
    """A day, that it is over, a legal hold; nothing where there is neither."""
    if keep.held:
        yield say("Legal hold: nothing of it is wiped.")
    if keep.until is None:
        return
    until = CalendarDate(keep.until.isoformat())
    if keep.over(today):
        yield say("Was to be kept until {date}: it waits to be wiped.", date=until)
    else:
        yield say("Kept until {date}.", date=until)


def in_full(keep: Keep, today: date) -> Iterator[Sentence]:
    """The same, where it was asked for."""
    told = [*kept(keep, today)]
    yield from told or [say("It has no day until which it is kept, and no legal hold.")]


def named(one: Kept) -> Sentence:
    """What it is that has a day or a hold."""
    if one.kind is Keepable.CASE:
        return say("Case {number}", number=one.name)
    if one.kind is Keepable.IMPORT:
        return say("Import {number}", number=one.name)
    if one.kind is Keepable.SOURCE:
        return say("Source {name}", name=one.name)
    return say("Account {name}", name=one.name)
