from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from verify.lab.importers import Source
from verify.lab.reading_at import ReadAt
from verify.records import DateOrder

Made = Callable[..., Source]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A file of an export: its name, its bytes or words, what lies beside it."""
    opened: list[int] = []
    numbers = count()

    def make(name: str, held: bytes | str, *beside: str, dates: DateOrder | None = None) -> Source:
        path = tmp_path / str(next(numbers))
        path.write_bytes(held if isinstance(held, bytes) else held.encode())
        opened.append(os.open(path, os.O_RDONLY))
        return Source(name, ReadAt(opened[-1]), frozenset(beside), dates)

    yield make
    for descriptor in opened:
        os.close(descriptor)
