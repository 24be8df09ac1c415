"""What is said about a picture."""

from __future__ import annotations

from datetime import datetime

from verify.records.record import Record


class Spot(Record, frozen=True):
    """A place that a claim can mean. Degrees, north and east positive; None for a country."""

    name: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Claim(Record, frozen=True):
    """What is said about a picture, in one version. claimant "" means not stated.

    claimed_at: when it is said to be, as `2014`, `2014-06`, `2014-06-14` or
    `2014-06-14T17:30`, by the clocks of the place unless an offset follows; "" if nothing was
    read, or several dates. place: where, "" likewise. date_stated, place_stated: a person gave
    them, or said that none is meant; else they were read from the text.
    """

    id: int
    case_id: int
    version: int
    text: str
    claimant: str
    recorded_by: str
    recorded_at: datetime
    exhibit_id: int | None = None
    claimed_at: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    date_stated: bool = False
    place_stated: bool = False
