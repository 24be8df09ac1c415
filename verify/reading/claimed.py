"""What a claim says of time and place, to be kept with it: by its words, or by an answer.

Kept is only what can be meant in one way. Where several dates or places can be, all are offered
and none is kept until a person chooses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.folding import fold
from verify.places.towns import town_name, towns
from verify.reading.dates import read_dates
from verify.reading.places import NamedPlace, place_typed, places_in
from verify.records import DateReading, PlaceCandidate, PlaceReading, Sentence, Spot

_MOST = 3  # offered to choose from
_LONGEST_NAME = 80

_BARE = re.compile(
    r"\s*(?:(?P<before>0?[1-9]|1[0-2])[-/.])?(?P<year>(?:19|20)\d\d)"
    r"(?:[-/.](?P<after>0?[1-9]|1[0-2]))?\s*"
)


@dataclass(frozen=True)
class Reading:
    """What can be meant, the likeliest first; and whether the first alone is.

    when: what can be meant of time, where: of place, each with what is certain.
    """

    when: DateReading = DateReading()  # noqa: RUF009 - a frozen record
    where: PlaceReading = PlaceReading()  # noqa: RUF009 - a frozen record

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that can be meant, see `Claim.claimed_at`."""
        return self.when.candidates

    @property
    def date(self) -> str:
        """The date, if there is no doubt about it; else ""."""
        return self.when.at

    @property
    def places(self) -> tuple[Spot, ...]:
        """The places that can be meant."""
        return tuple(candidate.spot for candidate in self.where.candidates)

    @property
    def place(self) -> Spot:
        """The place, if there is no doubt about it; else one without a name."""
        return self.where.spot


def read_words(
    text: str,
    posted: datetime.date | None = None,
    received: datetime.date | None = None,
    near: Sequence[tuple[float, float]] = (),
) -> Reading:
    """Read the words of a claim.

    posted: the day from which "yesterday" counts; received: the day on which it came here, where
    that of the post is not known. near: places that are known otherwise, in degrees.
    """
    return _reading(read_dates(text, posted, received), places_in(text, near))


def read_date(text: str) -> Reading:
    """Read the answer to the question for a date: also a bare year or month."""
    bare = _BARE.fullmatch(fold(text))
    if bare and not (bare["before"] and bare["after"]):
        month = bare["before"] or bare["after"]
        at = f"{bare['year']}-{int(month):02}" if month else bare["year"]
        return _reading(DateReading(at, (at,)), [])
    return _reading(read_dates(text), [])


def read_place(text: str) -> Reading:
    """Read the answer to the question for a place: a town, a country or coordinates."""
    return _reading(DateReading(), place_typed(text))


def _reading(when: DateReading, places: list[NamedPlace]) -> Reading:
    return Reading(when=when, where=read_places(places))


def read_places(places: list[NamedPlace]) -> PlaceReading:
    """What was read as places, to be kept and offered: the first of each name before the rest."""
    if not places:
        return PlaceReading()
    each = [_candidates(place) for place in places]
    turns = (several[turn] for turn in range(_MOST) for several in each if turn < len(several))
    first = {candidate.spot.name: candidate for candidate in reversed([*turns])}
    found = tuple(reversed(first.values()))[:_MOST]
    certain = len(places) == 1 and places[0].certain
    return PlaceReading(
        spot=found[0].spot if certain else Spot(),
        candidates=found,
        why=_doubts(places),
        disputed=places[0].disputed,
    )


def _doubts(places: list[NamedPlace]) -> tuple[Sentence, ...]:
    doubts: list[Sentence] = []
    for place in places:
        if place.doubt and place.doubt not in doubts:
            doubts.append(place.doubt)
    return tuple(doubts[:2])


def _candidates(place: NamedPlace) -> list[PlaceCandidate]:
    """The places that a name can mean, each told apart from the others."""
    written = " ".join(place.written.split())[:_LONGEST_NAME]
    if not place.towns:
        if place.country or len(place.points) > 1:
            return [PlaceCandidate(Spot(name=written), place.country)]
        latitude, longitude = place.points[0].tolist()
        return [PlaceCandidate(Spot(name=written, latitude=latitude, longitude=longitude))]
    written = written.title() if written.islower() else written
    known, names = towns(), set[str]()
    found = []
    for town in place.towns[:_MOST]:
        latitude, longitude = known.points[town].tolist()
        name = town_name(town, written)
        if name in names:  # another one in the same country
            name = f"{name} ({latitude:.2f}, {longitude:.2f})"
        names.add(name)
        spot = Spot(name=name, latitude=latitude, longitude=longitude)
        why = place.why if town == place.towns[0] else None
        found.append(PlaceCandidate(spot, known.countries[town], why))
    return found
