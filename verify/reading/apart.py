"""Whether two dates or two places contradict each other, or merely differ in how fine they are.

June 2014 holds 12 June 2014, and a province its towns: neither contradicts the other.
"""

from __future__ import annotations

from verify.places.disputed import share_ground
from verify.reading.dates import NamedDate
from verify.reading.places import NamedPlace

_NEAR_KM = 30  # a large town and its outskirts


def days_apart(one: NamedDate, other: NamedDate) -> bool:
    """Whether they are more than a day apart: nights have two dates, and zones differ."""
    return min(abs(one.days_until(other.first)), abs(other.days_until(one.first))) > 1


def far_apart(one: NamedPlace, other: NamedPlace) -> bool:
    """Whether they are places that share no ground and do not adjoin as a town and its outskirts
    do."""
    if one.country and other.country:
        return not share_ground(one.country, other.country)
    if one.country:
        return _all_far(other, one)
    return _all_far(one, other) and (bool(other.country) or _all_far(other, one))


def _all_far(one: NamedPlace, other: NamedPlace) -> bool:
    points = one.points.tolist()
    return all(other.distance_km(north, east) > _NEAR_KM for north, east in points)
