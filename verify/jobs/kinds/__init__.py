"""The kinds of jobs: a new one is one new file, found by walking this folder.

A module holds `Job`, a record of what is asked for, `Result`, a record of what comes of it, and
`run(desk, person, job, course)`, a generator of results and of `Progress`. It may be carried out
again after a kill, with `course.again`: what was done then is not done twice. `ENDURES` is true
where it takes minutes, and then gives way to whoever waits in the chat. `CANCELLABLE` is false
where it goes on to its end once begun.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType

from verify.errors import BadInput
from verify.records import say


def kind(name: str) -> ModuleType:
    """The module of this name, which may have come from outside. Raises BadInput."""
    for _, module, _ in pkgutil.iter_modules(__path__):
        if module.rstrip("_") == name:
            return import_module(f"{__name__}.{module}")
    raise BadInput(say("This desk knows no such job."))
