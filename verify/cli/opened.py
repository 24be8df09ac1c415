"""The desk that the command line works on, and the person at the terminal."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from verify.cli.output import tell
from verify.cli.progress import brought_up_to_date
from verify.config import read_config
from verify.jobs.messages import Who
from verify.records import CaseLine, Person, Role

if TYPE_CHECKING:
    from verify.desk import Desk
    from verify.sandbox import Sandbox

_PAGE = 200


@contextmanager
def opened_home() -> Iterator[Desk]:
    """Open the desk in VERIFY_HOME to change it. Raises HomeTaken while another one runs."""
    from verify.desk import Desk

    config = read_config()
    with brought_up_to_date() as progress:
        opened = Desk(config.home, trust=config.trust, progress=progress, joining=config.hub)
    with opened as desk:
        for sentence in desk.mended:
            tell(sentence, err=True)
        yield desk


def who() -> Who:
    """The person at the terminal, for a desk that may run elsewhere."""
    config = read_config()
    return Who(str(os.getuid()), name_at_terminal(), config.language, config.zone.key)


@contextmanager
def desk_to_read(sandbox: Sandbox | None = None) -> Iterator[tuple[Desk, Person]]:
    """Look into the desk, also beside a running one, with a lab that was started before or one of
    its own. Raises NotFound when there is none."""
    from verify.desk import Desk

    config = read_config()
    with brought_up_to_date() as progress:
        opened = Desk(
            config.home,
            reading=True,
            trust=config.trust,
            sandbox=sandbox,
            progress=progress,
            joining=config.hub,
        )
    with opened as desk:
        yield desk, _reader(config.language)


def all_cases(desk: Desk, person: Person) -> list[CaseLine]:
    """The cases, latest first."""
    lines: list[CaseLine] = []
    while page := desk.reports.cases(person, offset=len(lines), limit=_PAGE):
        lines += page
    return lines


def _reader(language: str) -> Person:
    """Who only looks leaves no trace in the store, so is known to it by no number."""
    return Person(
        id=0, name=name_at_terminal(), language=language, role=Role.OWNER, at_console=True
    )


def name_at_terminal() -> str:
    """The account's name, for whom nobody told another."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return str(os.getuid())
