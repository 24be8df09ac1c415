"""Logos, flags and seals that people marked, and where they stood."""

from __future__ import annotations

from datetime import datetime

from verify.records.care import Box
from verify.records.record import Record


class EmblemPlace(Record, frozen=True):
    """An exhibit in which an emblem stood. case_id: below 0 where it is in the archive alone."""

    exhibit_id: int
    case_id: int


class EmblemSeen(Record, frozen=True):
    """An emblem that stands in an exhibit, and where else it stood, as far as a reader may know."""

    emblem_id: int
    name: str
    elsewhere: tuple[EmblemPlace, ...]


class MarkedEmblem(Record, frozen=True):
    """An emblem as a person marked it. places: where it was found again."""

    id: int
    name: str
    case_id: int
    exhibit_id: int
    sha256: str
    box: Box
    by: str
    at: datetime
    places: tuple[EmblemPlace, ...] = ()
