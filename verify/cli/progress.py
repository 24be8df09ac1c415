"""A bar on the terminal while many files are worked on; silence where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from verify.cli.output import tell
from verify.records import say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from verify.store.database.moving import Progress as Tell


class Bar:
    """Shows on stderr, if that is a terminal, how far something is. A context manager."""

    def __init__(self) -> None:
        self._drawn: Progress | None = None
        self._task: TaskID | None = None
        self._what = ""

    def set(self, done: int, total: int, what: str = "") -> None:
        """So many of so many are done. The first call shows the bar; another part of the work,
        named by `what`, has a bar of its own in its place."""
        if not sys.stderr.isatty():
            return
        if self._drawn is None:
            self._drawn, self._what = _bar(), what
            self._task = self._drawn.add_task(what)
            self._drawn.start()
        assert self._task is not None  # noqa: S101 - just added
        if self._what != what:
            self._drawn.remove_task(self._task)
            self._task, self._what = self._drawn.add_task(what), what
        self._drawn.update(self._task, completed=done, total=total)

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Make room for a question."""
        if self._drawn:
            self._drawn.stop()
        yield
        if self._drawn:
            self._drawn.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._drawn.stop()


@contextmanager
def brought_up_to_date() -> Iterator[Tell]:
    """What is told how far it is with a desk that an earlier version made: a line, and a bar."""
    with Bar() as bar:
        told = False

        def show(done: int, total: int) -> None:
            nonlocal told
            if done < total and not told:
                told = True
                tell(
                    say(
                        "An earlier version of verify-desk made this desk. It is being brought up"
                        " to date, which may take minutes; interrupted, the next start goes on."
                    ),
                    err=True,
                )
            if told:
                bar.set(done, total)

        yield show


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        redirect_stdout=sys.stdout.isatty(),
        transient=True,
    )
