"""The second pass of imports of posts: what was described is compared and read, behind all else.

What is left is in the store, step by step, so that a kill costs one step and the next start goes
on. A desk that stands goes on with it by itself; without one, an import does at its end.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from verify.desk.bulk import Bulk, Tools
from verify.desk.catching_up import CatchingUp
from verify.desk.examining import Examining
from verify.desk.hearing import Hearing
from verify.errors import NotFound, VerifyError
from verify.records import Examination, Footage, Person, Role
from verify.store.database.connection import Store
from verify.store.pictures import uncompared

_Seen = tuple[Examination | None, Footage | None]

_TOGETHER = 8  # pictures of one import that are read together

_log = logging.getLogger(__name__)


class SecondPass:
    """Goes on with what imports left. Several threads may use it; one works at a time."""

    def __init__(
        self,
        store: Store,
        bulk: Bulk,
        catching_up: CatchingUp,
        examining: Examining,
        hearing: Hearing,
    ) -> None:
        self._store = store
        self._bulk = bulk
        self._catching_up = catching_up
        self._examining = examining
        self._hearing = hearing
        self._ended = threading.Event()
        self._working = threading.Lock()
        self._asked = threading.Event()
        self._thread: threading.Thread | None = None

    def among(self, submission_ids: Iterable[int]) -> int:
        """How many of the files that came with these submissions are still to be compared."""
        return uncompared.count_among(self._store, submission_ids)

    def share(self, person: Person) -> int | None:
        """How many of a hundred exhibits that a person may see are compared; None for all."""
        return uncompared.share(self._store, person)

    def begin(self) -> None:
        """Go on with it beside everything else from now on. Does nothing when that has begun."""
        if self._thread is None:
            self._asked.set()
            self._thread = threading.Thread(target=self._run, name="second pass", daemon=True)
            self._thread.start()

    def go_on(self) -> None:
        """More came in."""
        self._asked.set()

    def close(self) -> None:
        """End after the step under way; the next start goes on from there."""
        self._ended.set()
        self._asked.set()
        if self._thread:
            self._thread.join()

    def rest(self) -> Iterator[tuple[int, int]]:
        """Do all that is left, here; gives how many of how many are done."""
        with self._working:
            total = uncompared.count(self._store)
            for done, _ in enumerate(self._steps(self._ended.is_set), start=1):
                yield min(done, total), total

    def _run(self) -> None:
        while not self._ended.is_set():
            self._asked.wait()
            self._asked.clear()
            try:
                for _ in self.rest():
                    if self._ended.is_set():
                        return
            except VerifyError:  # the disk is full or gone: the next start goes on
                _log.warning("what imports left could not be compared", exc_info=True)
            except Exception:
                _log.exception("what imports left could not be compared")

    def _steps(self, ended: Callable[[], bool]) -> Iterator[None]:
        begun = set[int]()  # and not struck yet

        def waiting() -> Iterator[list[int]]:
            while not ended() and (found := uncompared.next_in_turn(self._store, begun, _TOGETHER)):
                begun.update(found)
                yield found

        def look(exhibit_ids: list[int], tools: Tools) -> list[_Seen | Exception]:
            tools.give_way()
            each = self._catching_up.look_each(exhibit_ids, tools)
            return [
                self._watched(exhibit_id, seen, tools)
                for exhibit_id, seen in zip(exhibit_ids, each, strict=True)
            ]

        for exhibit_ids, awaited in self._bulk.each(waiting(), look):
            for exhibit_id, seen in zip(exhibit_ids, awaited(), strict=True):
                self._record_or_strike(exhibit_id, seen)
                if not uncompared.waits(self._store, exhibit_id):
                    begun.discard(exhibit_id)
                yield
        while not ended() and (person := uncompared.unheard(self._store)):
            importer = Person(person.id, person.name, role=Role.REPORTER)
            for _ in self._hearing.hear_rest(importer):
                yield
            for _ in self._examining.read_rest(importer):
                yield
            with self._store.transaction():
                uncompared.strike_compared(self._store)

    def _watched(
        self, exhibit_id: int, seen: Examination | Exception | None, tools: Tools
    ) -> _Seen | Exception:
        if isinstance(seen, Exception):
            return seen
        if seen is None:
            return None, None
        tools.give_way()
        try:
            return seen, self._examining.watched(exhibit_id, tools)
        except Exception as error:
            return error

    def _record_or_strike(self, exhibit_id: int, seen: _Seen | Exception) -> None:
        try:
            if isinstance(seen, Exception):
                raise seen
            self._record(exhibit_id, *seen)
        except VerifyError:  # the disk refuses, or the desk is closing
            raise
        except Exception:  # one bad file stops nothing, and is not tried at every start
            _log.exception("a picture of an import could not be compared")
            with self._store.transaction():
                uncompared.strike(self._store, exhibit_id)

    def _record(self, exhibit_id: int, seen: Examination | None, moving: Footage | None) -> None:
        if seen is None:
            return
        waiting = uncompared.of(self._store, exhibit_id)
        more = self._hearing.sounds(seen) or moving is not None
        self._catching_up.record(exhibit_id, seen, more=more)
        if moving is not None and waiting:
            importer = Person(waiting.person_id, "", role=Role.REPORTER)
            with suppress(NotFound):  # wiped meanwhile
                self._examining.record_watched(importer, exhibit_id, moving)
        self._examining.settle(exhibit_id)
