"""Who comes first: somebody who waits for an answer, before work that nobody watches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LONGEST_SECONDS = 3.0  # so long one step gives way: a chat that never rests ends no import


class Precedence:
    """Counts those who wait for an answer. Several threads may use it."""

    def __init__(self) -> None:
        self._awaited = 0
        self._changed = threading.Condition()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Somebody waits for what is done meanwhile."""
        with self._changed:
            self._awaited += 1
        try:
            yield
        finally:
            with self._changed:
                self._awaited -= 1
                self._changed.notify_all()

    def give_way(self) -> None:
        """Before a step that nobody waits for: wait for those who are, for a while."""
        with self._changed:
            self._changed.wait_for(lambda: not self._awaited, _LONGEST_SECONDS)
