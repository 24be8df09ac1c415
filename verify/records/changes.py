"""Where two pictures of one scene differ."""

from __future__ import annotations

from enum import StrEnum

from verify.records.record import Record
from verify.records.views import Corners


class Change(StrEnum):
    """What is different in a region of the incoming picture, as against the earlier one.

    ADDED: something that the earlier one lacks. REMOVED: something of the earlier one is not
    there. COVERED: flat or blurred where the earlier one has detail. RECOLOURED: the same shapes
    in other light or colours.
    """

    ADDED = "added"
    REMOVED = "removed"
    COVERED = "covered"
    RECOLOURED = "recoloured"


class Region(Record, frozen=True):
    """A part of the incoming picture that differs. share: of its area that both show, 0 to 1."""

    corners: Corners
    change: Change
    share: float


class Differences(Record, frozen=True):
    """What differs between two pictures, the largest region first.

    share: of what both show, 0 to 1. too_much: more than regions could tell. more: the smaller
    ones are left out. at_ms: which frame of a film was compared with a still, by when it begins.
    """

    regions: tuple[Region, ...]
    share: float
    too_much: bool = False
    more: bool = False
    at_ms: int | None = None
