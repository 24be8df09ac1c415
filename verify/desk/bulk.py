"""Many exhibits through the lab at once; what comes of them is recorded one after the other.

The lab and the reading of text run on all cores but one, at low priority, and each step gives way
to whoever waits for an answer. The order in which things are committed depends neither on how many
cores there are nor on how long a file takes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import TypeVar

from verify.desk.precedence import Precedence
from verify.errors import VerifyError
from verify.sandbox import Sandbox
from verify.tesseract import Tesseract

T = TypeVar("T")
S = TypeVar("S")

NICENESS = 10
_LEAST_AHEAD = 4  # exhibits that are on their way while the oldest of them is waited for


class Tools:
    """What one picture needs of this computer while many are worked on."""

    def __init__(self, sandbox: Sandbox, tesseract: Tesseract, precedence: Precedence) -> None:
        self.sandbox = sandbox
        self.tesseract = tesseract
        self.give_way = precedence.give_way


class Bulk:
    """Runs steps for many things at once. workers: how many at a time."""

    def __init__(
        self, lab: Callable[[int], AbstractContextManager[Sandbox]], precedence: Precedence
    ) -> None:
        """lab: makes a sandbox with so many children, which ends behind the context."""
        self.workers = max(1, cores() - 1)
        self._lab = lab
        self._precedence = precedence

    def each(
        self, things: Iterable[T], work: Callable[[T, Tools], S]
    ) -> Iterator[tuple[T, Callable[[], S]]]:
        """Do `work` for each thing, several at once; give them back in their order.

        With each comes a call that gives what the work gave or raises what it raised, once it
        is this thing's turn to be recorded. `things` is asked for the next ones as far ahead as
        is needed, always in the same rhythm. When it raises a VerifyError, those under way are
        given back first.
        """
        ahead = max(_LEAST_AHEAD, 2 * self.workers)
        with self._lab(self.workers) as sandbox, ThreadPoolExecutor(self.workers, "bulk") as pool:
            tools = Tools(sandbox, Tesseract(self.workers, niceness=NICENESS), self._precedence)
            for thing, future in in_turn(
                things, lambda one: pool.submit(work, one, tools), lambda: ahead
            ):
                yield thing, partial(self._awaited, future)

    def _awaited(self, future: Future[S]) -> S:
        found = future.result()
        self._precedence.give_way()
        return found


def in_turn(
    things: Iterable[T], begin: Callable[[T], S], ahead: Callable[[], int]
) -> Iterator[tuple[T, S]]:
    """Begin something for each thing, several at once; give each back, in their order, with what
    the beginning gave.

    ahead: how many are on their way while the oldest of them is waited for. When `things` raises a
    VerifyError, those under way are given back first.
    """
    under_way: deque[tuple[T, S]] = deque()
    left, ended = iter(things), None
    while True:
        try:
            while len(under_way) < ahead():
                thing = next(left)
                under_way.append((thing, begin(thing)))
        except (StopIteration, VerifyError) as error:
            left, ended = iter(()), ended or error
        if not under_way:
            break
        yield under_way.popleft()
    if isinstance(ended, VerifyError):
        raise ended


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
