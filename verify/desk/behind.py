"""What waits for nobody, done step by step behind all that somebody waits for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from verify.desk.precedence import Precedence
from verify.errors import VerifyError

_PAUSE_SECONDS = 0.05
_WAIT_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Behind:
    """A thread that takes steps, and looks again every few seconds where none is left.

    A disk that refuses ends it: the next start goes on.
    """

    def __init__(self, name: str, step: Callable[[], bool], precedence: Precedence) -> None:
        """name: of the work, in the log. step: false where nothing is left for now."""
        self._name = name
        self._step = step
        self._precedence = precedence
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def ended(self) -> bool:
        """Whether the step under way is to be the last."""
        return self._ended.is_set()

    def begin(self) -> None:
        """Go on with it from now on. Does nothing when that has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End after the step under way; the next start goes on from there."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self.ended:
                self._precedence.give_way()
                self._ended.wait(_PAUSE_SECONDS if self._step() else _WAIT_SECONDS)
        except VerifyError:
            _log.warning("the disk refuses: %s go on at the next start", self._name, exc_info=True)
