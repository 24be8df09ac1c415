"""A job on its way: handed to the desk that runs, or done here where none does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from verify.errors import BadInput, HomeTaken, Unavailable
from verify.jobs.address import connected
from verify.jobs.course import Course, carry_out
from verify.jobs.messages import (
    EVENT_BYTES,
    HELLO_BYTES,
    Cancel,
    Done,
    Event,
    Gave,
    Hello,
    Order,
    Refused,
    Told,
    events,
    hellos,
)
from verify.lab.wire import TooMuchError, receive, send
from verify.records import say

if TYPE_CHECKING:
    from verify.desk import Desk

_HELLO_SECONDS = 30.0
_PAUSE_SECONDS = 0.2
_OPENING_SECONDS = 3.0  # in which a desk that holds the home begins to listen
_RETURN_SECONDS = 5.0  # in which a desk that ended in the middle may come back
_BUSY_SECONDS = 120.0  # in which it then finishes what it was doing, or begins to listen
_CUT = (OSError, EOFError)


class Errand:
    """One order, followed to its end whatever becomes of the desk that it was handed to."""

    def __init__(
        self, home: Path, order: Order, open_desk: Callable[[], AbstractContextManager[Desk]]
    ) -> None:
        self._home = home
        self._order = order
        self._open_desk = open_desk
        self._course: Course | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._cancelled = False
        self._shown = threading.Event()
        self._gave = 0  # results that were given on
        self._waits_since: float | None = None

    def events(self) -> Iterator[Event]:
        """What comes of it, each once; ends after `told`. The last event says how it ended.

        Raises HomeTaken when another process holds the home and takes no jobs, BadInput when the
        desk that runs is of another version, Unavailable when it ended and none takes its place.
        """
        while True:
            try:
                if line := connected(self._home):
                    with line:
                        yield from self._fresh(self._there(line))
                        return
                if not self._may_return():
                    with self._open_desk() as desk:
                        yield from self._fresh(self._here(desk))
                        return
            except HomeTaken as error:
                self._refuse_in_time(error)
            except _CUT:
                self._order = msgspec.structs.replace(self._order, again=True)
                self._refuse_in_time(_ended())
            self._waits_since = self._waits_since or time.monotonic()
            time.sleep(_PAUSE_SECONDS)

    def cancel(self) -> None:
        """Have it end at its next step. May be called from another thread, as may `told`."""
        with self._lock:
            self._cancelled = True
            if self._course:
                self._course.cancel()
            if self._line:
                with contextlib.suppress(OSError):
                    send(self._line, Cancel())

    def told(self) -> None:
        """Everything was shown, or nobody looks any more."""
        self._shown.set()

    # --- where it is carried out ----------------------------------------------------------------

    def _there(self, line: socket.socket) -> Iterator[Event]:
        """In the desk that runs. Raises EOFError, OSError when the line is cut."""
        line.settimeout(_HELLO_SECONDS)
        send(line, Hello())
        try:
            theirs = hellos.decode(receive(line, HELLO_BYTES, _HELLO_SECONDS))
            if theirs != Hello():
                raise _differs(theirs.version)
            line.settimeout(None)
            with self._lock:
                self._line = line
                send(line, self._order)
                if self._cancelled:
                    send(line, Cancel())
            while True:
                event = events.decode(receive(line, EVENT_BYTES))
                yield event
                if isinstance(event, Done | Refused):
                    self._shown.wait()
                    send(line, Told())
                    return
        except (msgspec.MsgspecError, UnicodeDecodeError, TooMuchError) as error:
            raise _differs("?") from error
        finally:
            with self._lock:
                self._line = None

    def _here(self, desk: Desk) -> Iterator[Event]:
        """By this process."""
        with self._lock:
            self._course = Course(self._order, beside_others=False)
            if self._cancelled:
                self._course.cancel()
        yield from carry_out(desk, self._order, self._course)

    def _fresh(self, found: Iterator[Event]) -> Iterator[Event]:
        """Without the results that were given on before: they come in the same order again."""
        number = 0
        for event in found:
            self._waits_since = None
            number += isinstance(event, Gave)
            if not isinstance(event, Gave) or number > self._gave:
                yield event
            self._gave = max(self._gave, number)

    # --- how long another desk is waited for ----------------------------------------------------

    def _waited(self) -> float:
        return time.monotonic() - self._waits_since if self._waits_since else 0.0

    def _may_return(self) -> bool:
        """Whether a desk that ended in the middle may be starting again: the home is its own."""
        return self._order.again and self._waited() < _RETURN_SECONDS

    def _refuse_in_time(self, error: Unavailable) -> None:
        limit = _BUSY_SECONDS if self._order.again else _OPENING_SECONDS
        if self._waited() > limit:
            raise _ended() if self._order.again else error


def _ended() -> Unavailable:
    return Unavailable(
        say(
            "The desk stopped before this was done, and does not resume it. What was done"
            " until then stays: ask again once the desk runs."
        )
    )


def _differs(version: str) -> BadInput:
    return BadInput(
        say(
            "The desk that runs is of version {theirs}, this command of {ours}: stop the desk and"
            " start it again.",
            theirs=version,
            ours=Hello().version,
        )
    )
