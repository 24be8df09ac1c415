"""A job asked for at the terminal: its results as they come, how far it is, and Ctrl-C."""

from __future__ import annotations

import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
import msgspec

from verify import errors
from verify.cli.opened import opened_home, who
from verify.cli.output import sentence, tell
from verify.cli.progress import Bar
from verify.config import read_config
from verify.errors import VerifyError
from verify.jobs.errand import Errand
from verify.jobs.kinds import Kind, kind
from verify.jobs.messages import Done, Event, Found, Gave, Progress, Refused, Remark, Waits, order
from verify.records import Record, say

if TYPE_CHECKING:
    pass

_INTERRUPT = object()  # Ctrl-C, among the events


def carry_out(name: str, job: Record, show: Callable[[Any], None]) -> None:
    """Have a job of this kind done, by the desk that runs or else here; show each result.

    Raises what the job raised, and click.Abort when it was cancelled.
    """
    module = kind(name)
    came: queue.SimpleQueue[Any] = queue.SimpleQueue()
    errand = Errand(read_config().home, order(name, job, who()), opened_home)
    walk = threading.Thread(target=_walk, args=(errand, came), daemon=True)
    with _interrupts(came), Bar() as bar:
        walk.start()
        try:
            _Shown(errand, module, show, bar).until_the_end(came)
        finally:
            errand.told()
        walk.join()


def _walk(errand: Errand, came: queue.SimpleQueue[Any]) -> None:
    try:
        for event in errand.events():
            came.put(event)
    except BaseException as error:  # it belongs to who waits for the events
        came.put(error)


class _Shown:
    """The events of one errand, as a person sees them."""

    def __init__(self, errand: Errand, module: Kind, show: Callable[[Any], None], bar: Bar) -> None:
        self._errand = errand
        self._module = module
        self._show = show
        self._bar = bar
        self._cancelling = False

    def until_the_end(self, came: queue.SimpleQueue[Any]) -> None:
        """Take events as they come. Raises what the job raised."""
        while True:
            event = came.get()
            if event is _INTERRUPT:
                self._interrupt()
            elif isinstance(event, BaseException):
                raise event
            elif isinstance(event, Refused):
                raise _raised(event)
            elif isinstance(event, Done):
                return
            else:
                self._take(event)

    def _take(self, event: Event) -> None:
        match event:
            case Gave():
                self._show(msgspec.msgpack.decode(event.result, type=self._module.Result))
            case Progress():
                what = sentence(event.what) if event.what else ""
                self._bar.set(event.done, event.total, what)
            case Remark():
                tell(event.sentence, err=True)
            case Waits():
                tell(say("The desk finishes another job first."), err=True)
            case Found(ended=True):
                tell(say("The desk has already done this; here is the result."), err=True)
            case Found():
                tell(say("The desk is already doing this; here is its progress."), err=True)

    def _interrupt(self) -> None:
        if self._cancelling:  # asked again: whoever cannot wait need not
            raise click.Abort
        if not self._module.CANCELLABLE:
            tell(say("This cannot be stopped halfway."), err=True)
            return
        with self._bar.hidden():
            self._cancelling = not _both_ways() or _sure()
        if self._cancelling:
            self._errand.cancel()


def _both_ways() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _sure() -> bool:
    """Whether it is to be cancelled. Ctrl-C a second time says so too."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return click.confirm(
            sentence(say("Cancel this? What is done until then stays.")), default=True, err=True
        )
    except click.Abort:
        return True
    finally:
        signal.signal(signal.SIGINT, former)


def _raised(event: Refused) -> VerifyError:
    """The error that the job ended with. What is cancelled ends as Ctrl-C always did."""
    found = getattr(errors, event.error, VerifyError)
    known = isinstance(found, type) and issubclass(found, VerifyError)
    return (found if known else VerifyError)(event.sentence)


@contextmanager
def _interrupts(came: queue.SimpleQueue[Any]) -> Iterator[None]:
    """Ctrl-C as one of the events, where this process is not told to leave it unheard."""

    def note(number: int, frame: FrameType | None) -> None:
        came.put(_INTERRUPT)

    if (
        threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):
        yield
        return
    former = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        with suppress(TypeError):  # one that was not set from Python
            signal.signal(signal.SIGINT, former)
