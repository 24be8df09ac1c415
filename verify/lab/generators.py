"""The marks that picture generators leave: read in one place, for the check and the examination."""

from __future__ import annotations

from verify.lab.metadata import Fields
from verify.records import Generator


def read_generator(fields: Fields) -> Generator | None:
    """The generator that the file itself names."""
    return None
