"""A desk, and somebody who works at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.remembering import furnished
from verify.desk import Desk
from verify.records import Person, Role
from verify.sandbox import Sandbox


@pytest.fixture
def desk(home: Path, sandbox: Sandbox) -> Iterator[Desk]:
    with Desk(furnished(home), sandbox=sandbox) as desk:
        yield desk


@pytest.fixture
def noor(desk: Desk) -> Person:
    """An owner."""
    return desk.team.admit("telegram", "7", "Noor", Role.OWNER)
