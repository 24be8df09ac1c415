"""Work behind whoever asks, in steps: one filling at a time, and the saving of what was filled."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait

from verify.errors import Unavailable
from verify.records import say

# a lock that is let go and taken again at once is never got by whoever waits for it
_PAUSE_SECONDS = 0.005


class Filling:
    """Runs steps in a thread of its own. Several threads may use it."""

    def __init__(self, steps: Callable[[], Iterator[None]]) -> None:
        """steps: what there is to do by now, which others may interrupt between two."""
        self._steps = steps
        self._background = ThreadPoolExecutor(1, "recall")
        self._beginning = threading.Lock()
        self._under_way: Future[None] | None = None
        self._saving: Future[None] | None = None
        self._closing = threading.Event()

    def begin(self) -> None:
        """Do the steps, unless they are under way."""
        with contextlib.suppress(Unavailable):  # the lab tells it
            self._begun()

    def wait(self, seconds: float | None) -> bool:
        """Wait for the steps, begun now if need be; False when so many seconds were too few.

        Raises what a step raises, and Unavailable once closed.
        """
        under_way = self._begun()
        wait([under_way], seconds)
        try:
            return not under_way.running() and under_way.result() is None
        except CancelledError as error:
            raise _closing() from error

    def afterwards(self, saving: Callable[[], None]) -> None:
        """Do that after the steps under way, unless it is about to be done."""
        if self._saving is None or self._saving.done():
            with contextlib.suppress(RuntimeError):  # closed: who closes saves as well
                self._saving = self._background.submit(saving)

    def demand_open(self) -> None:
        """Raises Unavailable once closed: what is under way ends."""
        if self._closing.is_set():
            raise _closing()

    def close(self) -> None:
        """End what is under way at its next step."""
        self._closing.set()
        self._background.shutdown(cancel_futures=True)

    def _begun(self) -> Future[None]:
        with self._beginning:
            if self._under_way is None or self._under_way.done():
                try:
                    self._under_way = self._background.submit(self._run)
                except RuntimeError as error:
                    raise _closing() from error
            return self._under_way

    def _run(self) -> None:
        for _ in self._steps():
            self._closing.wait(_PAUSE_SECONDS)
            self.demand_open()


def _closing() -> Unavailable:
    return Unavailable(say("This desk is closing."))
