"""The checks: one file a question, found by walking this package in the order of names.

A check is a module with `PILLAR`, `MEDIA` (the media types it is for, or `{"*"}` for every
picture) and `check(specimen) -> Iterator[Finding]`. It reads the specimen's bytes, fields or
picture, opens no file, and says what it saw, never what to conclude. Where the picture cannot
be decoded, `specimen.problem` says so once for all: a check that needs pixels then yields
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from verify.records import Finding, Pillar

if TYPE_CHECKING:
    from verify.lab.imaging import Specimen


class Check(Protocol):
    """What each module here must be."""

    __name__: str
    PILLAR: Pillar

    @property
    def MEDIA(self) -> frozenset[str]: ...  # noqa: N802 - a constant of the module

    def check(self, specimen: Specimen, /) -> Iterator[Finding]: ...
