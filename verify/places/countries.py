"""Which countries a place lies in or near, by the map of time zones, whose borders are countries'.

Zones' countries are Unicode CLDR's, as Babel ships them; the map is the Timezone Boundary Builder's
(OpenStreetMap, ODbL), as the tzfpy package ships it. Disputed ground belongs to each claimant.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from math import cos, radians

from babel.core import get_global

from verify.folding import fold_words
from verify.places.areas import areas
from verify.places.disputed import claimants
from verify.places.gazetteer import distances_km
from verify.places.towns import towns
from verify.places.zones import zone_name

_KM_A_DEGREE = 111.2
_NEAR_KM = 30.0  # from a town, whose claimants then are those of the ground
_STEPS = (-1.0, -0.5, 0.0, 0.5, 1.0)


def named(words: str) -> frozenset[str]:
    """The ISO codes of the countries that a name can mean, in any language; none where unknown."""
    meant = areas("en").get(fold_words(words), ())
    return frozenset(code for area in meant if not area.regions for code in area.countries)


def countries_at(latitude: float, longitude: float) -> frozenset[str]:
    """The ISO codes of the countries whose ground, or whose claim, a place in degrees lies on."""
    found = {_territory(zone_name(latitude, longitude))}
    away = distances_km(latitude, longitude, towns().points)
    if away[nearest := int(away.argmin())] <= _NEAR_KM:
        found |= claimants(nearest)
    return frozenset(found - {"", "ZZ"})


def countries_near(latitude: float, longitude: float, kilometres: float) -> frozenset[str]:
    """The countries that reach within so many kilometres of a place in degrees."""
    down = kilometres / _KM_A_DEGREE
    across = down / max(0.1, cos(radians(latitude)))
    found: set[str] = set()
    for north, east in product(_STEPS, repeat=2):
        if north**2 + east**2 <= 1:
            there = max(-90.0, min(90.0, latitude + north * down))
            found |= countries_at(there, (longitude + east * across + 180) % 360 - 180)
    return frozenset(found)


def _territory(zone: str) -> str:
    return str(_territories().get(zone, ""))


@cache
def _territories() -> dict[str, str]:
    return dict(get_global("zone_territories"))
