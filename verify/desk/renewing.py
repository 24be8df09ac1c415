"""What an earlier version derived by other rules, made anew while the desk works.

Words are folded again, claims read again. Both are done in small steps that are kept at once, so
that a kill costs one step and nobody waits; meanwhile all of it is found and shown as it was.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from verify.desk.comparing import Comparing
from verify.desk.precedence import Precedence
from verify.errors import VerifyError
from verify.store.casework import claims
from verify.store.database.connection import Store
from verify.store.search import full_text

_TEXTS_AT_ONCE = 100
_CASES_AT_ONCE = 20  # one by one they take twenty times as long
_PAUSE_SECONDS = 0.01  # in which others get at the store

_log = logging.getLogger(__name__)


class Renewing:
    """Brings what is derived up to the rules of this version."""

    def __init__(self, store: Store, comparing: Comparing, precedence: Precedence) -> None:
        self._store = store
        self._comparing = comparing
        self._precedence = precedence
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Renew what there is, beside everything else. Does nothing when that has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="renewing", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Renew what there is, now."""
        for _ in self._steps():
            pass

    def close(self) -> None:
        """End after the step under way; the next start goes on from there."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        try:
            for _ in self._steps():
                if self._ended.wait(_PAUSE_SECONDS):
                    return
                self._precedence.give_way()
        except VerifyError:  # the disk is full or gone: the next start goes on
            _log.warning("what an earlier version derived could not be made anew", exc_info=True)

    def _steps(self) -> Iterator[None]:
        while full_text.renew(self._store, _TEXTS_AT_ONCE):
            yield
        unread = claims.cases_unread(self._store)
        for first in range(0, len(unread), _CASES_AT_ONCE):
            self._comparing.again(*unread[first : first + _CASES_AT_ONCE])
            yield
