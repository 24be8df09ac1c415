"""The desk that the command line works on, and the person at the terminal."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from verify.config import read_config

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.records import CaseLine, Person

_PAGE = 200


@contextmanager
def opened_desk() -> Iterator[tuple[Desk, Person]]:
    """Open the desk in VERIFY_HOME, and close it. Raises VerifyError when it is in use."""
    from verify.desk import Desk

    config = read_config()
    with Desk(config.home) as desk:
        account = str(os.getuid())
        yield desk, desk.person("terminal", account, _name(account), config.language)


def _name(account: str) -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return account


def all_cases(desk: Desk, person: Person) -> list[CaseLine]:
    """The cases, latest first."""
    lines: list[CaseLine] = []
    while page := desk.cases(person, offset=len(lines), limit=_PAGE):
        lines += page
    return lines
