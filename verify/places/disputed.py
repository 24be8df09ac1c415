"""Ground that more than one state claims: it belongs to every claimant, and nobody is corrected.

Also the territories that people count to another country: La Réunion is France.
"""

from __future__ import annotations

from functools import cache, lru_cache

from verify.places.gazetteer import distances_km
from verify.places.towns import towns

# GeoNames' countries and first divisions -> who claims or holds the ground.
_DISPUTED = {
    "UA.11": "UA RU",  # Crimea
    "UA.20": "UA RU",  # Sevastopol
    "UA.05": "UA RU",  # Donetsk
    "UA.14": "UA RU",  # Luhansk
    "UA.26": "UA RU",  # Zaporizhzhia
    "UA.08": "UA RU",  # Kherson
    "PS.WE": "PS IL",
    "PS.GZ": "PS IL",
    "IL.WE": "PS IL",
    "IL.00": "SY IL",
    "SY.03": "SY IL",  # the Golan
    "EH": "EH MA",
    "XK": "XK RS",
    "TW": "TW CN",
    "IN.12": "IN PK",
    "IN.41": "IN PK CN",
    "PK.06": "PK IN",
    "PK.07": "PK IN",
    "IN.30": "IN CN",
    "GE.02": "GE RU",
    "AZ.55": "AZ AM",
    "AZ.64": "AZ AM",
    "AZ.65": "AZ AM",
    "AZ.28": "AZ AM",
    "AZ.26": "AZ AM",
    "MD.58": "MD RU",
    "FK": "FK AR GB",
    "GI": "GI GB ES",
}
# South, west, north, east in degrees: parts that no division of GeoNames cuts out.
_BOXES = (
    ((31.70, 35.12, 31.88, 35.30), "IL PS"),  # Jerusalem
    ((35.13, 32.60, 35.75, 34.65), "CY TR"),  # the north of Cyprus
    ((39.70, 46.60, 40.00, 46.95), "AZ AM"),  # Khankendi and about
    ((42.10, 43.60, 42.55, 44.30), "GE RU"),  # South Ossetia
    ((32.68, 35.62, 33.35, 35.92), "SY IL"),  # the Golan
)
_COUNTED_TO = {
    **dict.fromkeys(["RE", "GP", "MQ", "GF", "YT", "NC", "PF", "PM", "WF", "BL", "MF"], "FR"),
    **dict.fromkeys(["PR", "GU", "VI", "AS", "MP"], "US"),
    **dict.fromkeys(["GL", "FO"], "DK"),
    **dict.fromkeys(["HK", "MO"], "CN"),
    **dict.fromkeys(["IM", "JE", "GG", "BM", "KY", "VG", "TC", "MS", "AI", "SH"], "GB"),
    **dict.fromkeys(["AW", "CW", "SX", "BQ"], "NL"),
    "AX": "FI",
    "SJ": "NO",
}


@cache
def claimants(town: int) -> frozenset[str]:
    """The ISO codes of all countries that a town may be counted to."""
    known = towns()
    country = known.countries[town]
    return _claimed_by(town) | {country, _COUNTED_TO.get(country, country)}


def disputed(town: int) -> bool:
    """Whether more than one state claims the ground that a town stands on."""
    return bool(_claimed_by(town))


def disputed_at(latitude: float, longitude: float) -> bool:
    """Who claims a place in degrees, by the town nearest to it."""
    return bool(_boxed(latitude, longitude)) or disputed(_nearest(latitude, longitude))


def claimants_at(latitude: float, longitude: float) -> frozenset[str]:
    """The countries that a place in degrees may be counted to, by the town nearest to it."""
    return claimants(_nearest(latitude, longitude)) | _boxed(latitude, longitude)


def share_ground(one: str, other: str) -> bool:
    """Whether two countries claim the same ground somewhere, by ISO codes."""
    if other in (_COUNTED_TO.get(one), one) or one == _COUNTED_TO.get(other):
        return True
    claimed = (*_DISPUTED.values(), *(named for _, named in _BOXES))
    return any({one, other} <= {*named.split()} for named in claimed)


def _claimed_by(town: int) -> frozenset[str]:
    known = towns()
    country = known.countries[town]
    named = _DISPUTED.get(f"{country}.{known.regions[town]}") or _DISPUTED.get(country)
    latitude, longitude = known.points[town].tolist()
    return frozenset((named or "").split()) | _boxed(latitude, longitude)


def _boxed(latitude: float, longitude: float) -> frozenset[str]:
    for (south, west, north, east), claimed in _BOXES:
        if south <= latitude <= north and west <= longitude <= east:
            return frozenset(claimed.split())
    return frozenset()


@lru_cache(maxsize=10_000)
def _nearest(latitude: float, longitude: float) -> int:
    return int(distances_km(latitude, longitude, towns().points).argmin())
