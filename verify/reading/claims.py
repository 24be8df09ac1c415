"""What a claim says of time and place, to be kept with it: by its words, or by an answer.

Kept is only what can be meant in one way. Where several dates or places can be, all are offered
and none is kept until a person chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from verify.places.towns import meant, town_name, towns
from verify.reading.dates import NamedDate, dates_in
from verify.reading.places import NamedPlace, place_typed, places_in
from verify.records import Spot

_MOST = 4  # offered to choose from
_LONGEST_NAME = 80

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CLOCK = re.compile(
    r"(?<![\w:.+-])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))?(?::[0-5]\d)?\s?"
    r"(?P<half>am\b|pm\b|a\.m\.|p\.m\.|صباح\S*|مساء\S*)?\s?"
    r"(?P<zone>UTC|GMT|Z|[+-]\d\d:?\d\d)?(?![\w:])",
    re.IGNORECASE,
)
_ISO_MARK = re.compile(r"T(?=\d\d:)")
_BARE = re.compile(
    r"\s*(?:(?P<before>0?[1-9]|1[0-2])[-/.])?(?P<year>(?:19|20)\d\d)"
    r"(?:[-/.](?P<after>0?[1-9]|1[0-2]))?\s*"
)


@dataclass(frozen=True)
class Reading:
    """What can be meant, the likeliest first; and whether the first alone is.

    dates: as a claim keeps them, see `Claim.claimed_at`.
    """

    dates: tuple[str, ...] = ()
    places: tuple[Spot, ...] = ()
    one_date: bool = False
    one_place: bool = False

    @property
    def date(self) -> str:
        """The date, if there is no doubt about it; else ""."""
        return self.dates[0] if self.one_date else ""

    @property
    def place(self) -> Spot:
        """The place, if there is no doubt about it; else one without a name."""
        return self.places[0] if self.one_place else Spot()


def read_words(text: str) -> Reading:
    """Read the words of a claim."""
    return _reading(_dates(dates_in(text), text), places_in(text))


def read_date(text: str) -> Reading:
    """Read the answer to the question for a date: also a bare year or month."""
    text = text.translate(_DIGITS)
    bare = _BARE.fullmatch(text)
    if bare and not (bare["before"] and bare["after"]):
        month = bare["before"] or bare["after"]
        return _reading([f"{bare['year']}-{int(month):02}" if month else bare["year"]], [])
    return _reading(_dates(dates_in(text), text), [])


def read_place(text: str) -> Reading:
    """Read the answer to the question for a place: a town, a country or coordinates."""
    return _reading([], place_typed(text))


def _reading(dates: list[str], places: list[NamedPlace]) -> Reading:
    spots = [spot for place in places for spot in _spots(place)]
    one = len(places) == 1 and (len(spots) == 1 or meant([*places[0].towns]) is not None)
    return Reading(
        dates=tuple(dates[:_MOST]),
        places=tuple(spots[:_MOST]),
        one_date=len(dates) == 1,
        one_place=one,
    )


def _dates(named: list[NamedDate], text: str) -> list[str]:
    """Each date once, without the months and years that only say a named day again."""
    narrow = [
        one
        for one in named
        if not any(
            one.first <= other.first
            and other.last <= one.last
            and one.understood != other.understood
            for other in named
        )
    ]
    dates = [*dict.fromkeys(one.understood for one in narrow)]
    if len(dates) == 1 and narrow[0].first == narrow[0].last:
        rest = text.replace(narrow[0].written, " ")
        return [dates[0] + _clock(_ISO_MARK.sub(" ", rest))]
    return dates


def _clock(text: str) -> str:
    """The time of day in a text, as `T17:30` and an offset if it names one; "" if unclear."""
    found = {*filter(None, map(_read_clock, _CLOCK.finditer(text.translate(_DIGITS))))}
    return found.pop() if len(found) == 1 else ""


def _read_clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match["hour"]), match["minute"], (match["half"] or "").casefold()
    if minute is None and not half:  # a number like any other
        return ""
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half[0] in "pم" else 0)
    if hour > 23:
        return ""
    zone = (match["zone"] or "").upper()
    if zone and zone[0] not in "+-":
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"T{hour:02}:{minute or '00'}{zone}"


def _spots(place: NamedPlace) -> list[Spot]:
    """The places that a name can mean, each told apart from the others."""
    written = " ".join(place.written.split())[:_LONGEST_NAME]
    if not place.towns:
        if place.country:
            return [Spot(name=written)]
        latitude, longitude = place.points[0].tolist()
        return [Spot(name=written, latitude=latitude, longitude=longitude)]
    written = written.title() if written.islower() else written
    known, names = towns(), set[str]()
    spots = []
    for town in place.towns[:_MOST]:
        latitude, longitude = known.points[town].tolist()
        name = town_name(town, written)
        if name in names:  # another one in the same country
            name = f"{name} ({latitude:.2f}, {longitude:.2f})"
        names.add(name)
        spots.append(Spot(name=name, latitude=latitude, longitude=longitude))
    return spots
