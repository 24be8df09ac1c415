"""What is said about a picture."""

from __future__ import annotations

from datetime import datetime

from verify.records.record import Record
from verify.records.sentences import Sentence
from verify.records.submissions import Origin


class Spot(Record, frozen=True):
    """A place that a claim can mean. Degrees, north and east positive; None for a country."""

    name: str = ""
    latitude: float | None = None
    longitude: float | None = None


class DateReading(Record, frozen=True):
    """What words say of time. at: the date that is certain, as `Claim.claimed_at`, else "".

    candidates: all that can be meant, the likeliest first. zone: the offset from UTC that they
    tell, or "". why: what is in doubt, and what was counted. counted_from: the day of the post,
    where the date was counted from it.
    """

    at: str = ""
    candidates: tuple[str, ...] = ()
    zone: str = ""
    why: tuple[Sentence, ...] = ()
    counted_from: str = ""


class PlaceCandidate(Record, frozen=True):
    """One place that words can mean. country: its ISO code, or "". why: what speaks for it."""

    spot: Spot
    country: str = ""
    why: Sentence | None = None


class PlaceReading(Record, frozen=True):
    """What words say of place. spot: the one that is certain, else one without a name.

    candidates: all that can be meant, the likeliest first. why: what is in doubt. disputed: more
    than one state claims the ground of the first.
    """

    spot: Spot = Spot()
    candidates: tuple[PlaceCandidate, ...] = ()
    why: tuple[Sentence, ...] = ()
    disputed: bool = False


class Claim(Record, frozen=True):
    """What is said about a picture, in one version. claimant "" means not stated.

    claimed_at: when it is said to be, as `2014`, `2014-06`, `2014-06-14` or
    `2014-06-14T17:30`, by the clocks of the place unless an offset follows, or as a stretch of
    days, `2014-06-03/2014-06-05` or `2011/..`; "" if nothing was read, or several dates.
    counted_from: the day of the post that it was counted from ("yesterday"), or "".
    place: where, "" likewise. date_stated, place_stated: a person gave
    them, or said that none is meant; else they were read from the text.
    origin, links: where a forwarded text first stood, and the links in it; those of a caption
    belong to its sighting.
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
    counted_from: str = ""
    origin: Origin | None = None
    links: tuple[str, ...] = ()
