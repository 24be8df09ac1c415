"""The running desk's side of the socket. What comes in is not believed, and ends no more than its
own connection."""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from verify.errors import Unavailable, VerifyError
from verify.jobs.address import NAME, listening, same_user
from verify.jobs.messages import (
    HELLO_BYTES,
    ORDER_BYTES,
    Cancel,
    Found,
    Hello,
    Order,
    Refused,
    Told,
    hellos,
    said,
)
from verify.jobs.office import Entry, Office
from verify.lab.wire import TooMuchError, receive, send

if TYPE_CHECKING:
    from verify.desk import Desk

_MOST = 16  # connections at once
_ASK_SECONDS = 10.0  # for a command to say what it wants
_HEAR_SECONDS = 60.0  # for a command to take what it is told
_BROKEN = (
    OSError,
    EOFError,
    TooMuchError,
    msgspec.MsgspecError,
    UnicodeDecodeError,  # which msgspec lets through
    RecursionError,
)
_log = logging.getLogger(__name__)


@contextmanager
def open_door(desk: Desk, home: Path) -> Iterator[None]:
    """Take jobs from the commands of the same user meanwhile. The home is held by this process.

    A desk whose system or disk gives no socket does without, and the log says so.
    """
    door = None
    if hasattr(socket, "AF_UNIX"):  # not on Windows
        try:
            door = _Door(desk, home)
        except (OSError, Unavailable) as error:
            _log.warning("no jobs are taken while this desk runs: %s", type(error).__name__)
    try:
        yield
    finally:
        if door:
            door.close()


class _Door:
    def __init__(self, desk: Desk, home: Path) -> None:
        self._path = home / NAME
        self._listener = listening(home)
        self._office = Office(desk)
        self._lock = threading.Lock()
        self._guests: dict[socket.socket, threading.Thread] = {}
        self._bell, self._ring = socket.socketpair()
        self._porter = threading.Thread(target=self._welcome, name="door")
        self._porter.start()

    def close(self) -> None:
        """Let nobody in any more, cut the connections, end the jobs."""
        self._path.unlink(missing_ok=True)
        self._ring.close()
        self._porter.join()
        self._bell.close()
        self._listener.close()
        with self._lock:
            guests = dict(self._guests)
        for guest in guests:  # before the jobs end: a command that hears no end goes on by itself
            with contextlib.suppress(OSError):
                guest.shutdown(socket.SHUT_RDWR)
        self._office.close()
        for thread in guests.values():
            thread.join()

    def _welcome(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._listener, selectors.EVENT_READ)
            waiting.register(self._bell, selectors.EVENT_READ)
            while not any(key.fileobj is self._bell for key, _ in waiting.select()):
                with contextlib.suppress(OSError):
                    self._let_in(self._listener.accept()[0])

    def _let_in(self, guest: socket.socket) -> None:
        with self._lock:
            if len(self._guests) >= _MOST or not same_user(guest):
                guest.close()
                return
            thread = threading.Thread(target=self._serve, args=(guest,), name="job line")
            self._guests[guest] = thread
        thread.start()

    def _serve(self, guest: socket.socket) -> None:
        try:
            with guest, contextlib.suppress(*_BROKEN):
                self._hear(guest)
        finally:
            with self._lock:
                del self._guests[guest]

    def _hear(self, guest: socket.socket) -> None:
        guest.settimeout(_ASK_SECONDS)
        send(guest, Hello())
        if hellos.decode(receive(guest, HELLO_BYTES, _ASK_SECONDS)) != Hello():
            return  # it has read our version, and says so
        order = said.decode(receive(guest, ORDER_BYTES, _ASK_SECONDS))
        if not isinstance(order, Order):
            return
        try:
            entry, elsewhere = self._office.take(order)
        except VerifyError as error:
            send(guest, Refused(type(error).__name__, error.sentence))
            return
        except RuntimeError:  # it is closing, and begins nothing any more
            return
        if elsewhere:
            send(guest, Found(ended=entry.ended_at is not None))
        self._tell(guest, entry)

    def _tell(self, guest: socket.socket, entry: Entry) -> None:
        listener = _Listener(guest, entry, self._office)
        listener.start()
        try:
            guest.settimeout(_HEAR_SECONDS)
            for event in entry.follow(lambda: listener.gone):
                send(guest, event)
            listener.join(_HEAR_SECONDS)  # for `Told`
        finally:
            with contextlib.suppress(OSError):
                guest.shutdown(socket.SHUT_RDWR)
            listener.join()


class _Listener(threading.Thread):
    """Hears what a command says while it is told how its job goes. gone: nothing comes any more."""

    def __init__(self, guest: socket.socket, entry: Entry, office: Office) -> None:
        super().__init__(name="job ear")
        self.gone = False
        self._guest = guest.dup()  # with time limits of its own
        self._entry = entry
        self._office = office

    def run(self) -> None:
        """Until the line is cut, or what comes makes no sense."""
        try:
            with self._guest, contextlib.suppress(*_BROKEN):
                while True:
                    _until_readable(self._guest)
                    match said.decode(receive(self._guest, HELLO_BYTES, _ASK_SECONDS)):
                        case Cancel():
                            self._entry.cancel()
                        case Told():
                            self._office.told(self._entry)
                            return
                        case _:
                            return
        finally:
            self.gone = True
            self._entry.wake()


def _until_readable(guest: socket.socket) -> None:
    with selectors.DefaultSelector() as waiting:
        waiting.register(guest, selectors.EVENT_READ)
        waiting.select()
