"""The jobs that a running desk does, and what came of those whose command has not heard of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from verify.jobs.course import Course, called_off, carry_out
from verify.jobs.kinds import kind
from verify.jobs.messages import Done, Event, Order, Progress, Waits

if TYPE_CHECKING:
    from verify.desk import Desk

_BRIEF = 4  # so many at once of those that do not take long
_KEPT_SECONDS = 600.0
_MOST_KEPT = 64
_AT_ONCE_SECONDS = 0.5


class Entry:
    """One job in the desk. Any number of commands may follow it, from its beginning."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.course = Course(order, beside_others=True)
        self.ended_at: float | None = None
        self._begun = False
        self._happened: list[Event] = []  # without progress, of which the latest counts
        self._progress: Progress | None = None
        self._changed = threading.Condition()

    @property
    def done(self) -> bool:
        """Whether it came to a good end."""
        return self.ended_at is not None and isinstance(self._happened[-1], Done)

    def cancel(self) -> None:
        """Have it end at its next step; at once where it has not begun."""
        with self._changed:
            self.course.cancel()
            if not self._begun and self.ended_at is None:
                self._happened.append(called_off())
                self.ended_at = time.monotonic()
            self._changed.notify_all()

    def run(self, desk: Desk) -> None:
        """Do it, in a thread of its own."""
        with self._changed:
            if self.ended_at is not None:  # cancelled while it waited
                return
            self._begun = True
            self._changed.notify_all()
        for event in carry_out(desk, self.order, self.course):
            with self._changed:
                if isinstance(event, Progress):
                    self._progress = event
                else:
                    self._happened.append(event)
                self._changed.notify_all()
        with self._changed:
            self.ended_at = time.monotonic()
            self._changed.notify_all()

    def follow(self, gone: Callable[[], bool]) -> Iterator[Event]:
        """All that came of it and comes yet. Ends as well once nobody listens: see `wake`."""
        shown = 0
        progress: Progress | None = None
        with self._changed:
            begun = self._changed.wait_for(
                lambda: self._begun or self.ended_at is not None or gone(), _AT_ONCE_SECONDS
            )
        if not begun:
            yield Waits()
        while True:
            with self._changed:
                while not (
                    gone()
                    or self.ended_at is not None
                    or shown < len(self._happened)
                    or progress is not self._progress
                ):
                    self._changed.wait()
                fresh, latest = self._happened[shown:], self._progress
                ended = self.ended_at is not None
            if gone():
                return
            if latest is not None and latest is not progress:
                yield latest
            yield from fresh
            shown, progress = shown + len(fresh), latest
            if ended:
                return

    def wake(self) -> None:
        """Have those that follow look again at whether anybody listens."""
        with self._changed:
            self._changed.notify_all()


class Office:
    """Takes orders, each once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}  # by key; two keys may lead to one
        # what endures does so one after the other, and what is brief does not wait for it
        self._enduring = ThreadPoolExecutor(1, "job")
        self._brief = ThreadPoolExecutor(_BRIEF, "brief job")

    def take(self, order: Order) -> tuple[Entry, bool]:
        """The entry of an order, and whether it was there under another key.

        The same key gives the same entry. So does an equal order while it is carried out, and
        after that while nobody was told of its good end. Raises BadInput, and RuntimeError once
        closed.
        """
        endures = kind(order.kind).ENDURES
        with self._lock:
            self._forget_old()
            if entry := self._entries.get(order.key):
                return entry, False
            if entry := self._equal(order):
                self._entries[order.key] = entry
                return entry, True
            entry = Entry(order)
            (self._enduring if endures else self._brief).submit(entry.run, self._desk)
            self._entries[order.key] = entry
            return entry, False

    def told(self, entry: Entry) -> None:
        """A command has shown all of it."""
        if entry.ended_at is not None:
            with self._lock:
                self._drop(entry)

    def close(self) -> None:
        """End the jobs at their next step, and wait for that."""
        with self._lock:
            for entry in self._entries.values():
                entry.course.cancel()
        for lane in (self._enduring, self._brief):
            lane.shutdown(cancel_futures=True)

    def _equal(self, order: Order) -> Entry | None:
        def asked(one: Order) -> tuple[str, str, bytes]:
            return one.who.account, one.kind, bytes(one.job)

        for entry in self._entries.values():
            alike = asked(entry.order) == asked(order)
            if alike and not entry.course.cancelled and (entry.done or entry.ended_at is None):
                return entry
        return None

    def _forget_old(self) -> None:
        ended = [entry for entry in self._entries.values() if entry.ended_at is not None]
        ended.sort(key=lambda entry: entry.ended_at or 0)
        since = time.monotonic() - _KEPT_SECONDS
        for place, entry in enumerate(reversed(ended)):
            if place >= _MOST_KEPT or (entry.ended_at or 0) < since:
                self._drop(entry)

    def _drop(self, entry: Entry) -> None:
        self._entries = {key: one for key, one in self._entries.items() if one is not entry}
