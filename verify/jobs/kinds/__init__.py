"""The kinds of jobs: a new one is one new file, found by walking this folder.

A module holds `Job`, a record of what is asked for, `Result`, a record of what comes of it, and
`run(desk, person, job, course)`, a generator of results and of `Progress`. It may be carried out
again after a kill, with `course.again`: what was done then is not done twice. `ENDURES` is true
where it takes minutes, and then gives way to whoever waits in the chat. `CANCELLABLE` is false
where it goes on to its end once begun.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from verify.errors import BadInput
from verify.records import Person, Record, say

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.jobs.course import Course


class Kind(Protocol):
    """What each module here must be."""

    ENDURES: bool
    CANCELLABLE: bool

    @property
    def Job(self) -> type[Record]: ...  # noqa: N802 - a class of the module

    @property
    def Result(self) -> type[Record]: ...  # noqa: N802 - a class of the module

    @property
    def run(self) -> Callable[[Desk, Person, Any, Course], Iterator[Record]]:
        """Takes a `Job`; gives each `Result`, and `Progress` between them."""


def kind(name: str) -> Kind:
    """The module of this name, which may have come from outside. Raises BadInput."""
    for _, module, _ in pkgutil.iter_modules(__path__):
        if module.rstrip("_") == name:
            return cast("Kind", import_module(f"{__name__}.{module}"))
    raise BadInput(say("This desk knows no such job."))
