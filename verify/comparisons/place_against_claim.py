"""Do the file's coordinates fit the place that the claim names?

Reads the coordinates in the file, and the place kept with each claim, else the towns, countries and
coordinates in its words.

Outcomes: noted, they lie within 30 km of a place that the claim can mean; flagged, they lie farther
away than 100 km, or than 30 km from a place that a person stated, with the zone of the clocks
there; inconclusive, in between: towns lend their names to the land around them. All say the
distance, but for a country that fits. Where the place is not certain and none fits, and without
either, there is no finding.

Errs: a place read from words by rule may be another of that name. Of a country only its towns are
known, and ground that several states claim fits each of them. Coordinates can be rewritten.

Example: the claim says "Gaza", the coordinates lie 281 km away, near Damascus (Syria).
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.places.gazetteer import country_name, nearest_town
from verify.places.zones import zone_name
from verify.reading.places import NamedPlace, places_claimed
from verify.records import Claim, Finding, Gps, Outcome, Pillar, say

PILLAR = Pillar.LOCATION
_NEAR_KM = 30  # a large town and its outskirts
_AROUND_KM = 100  # the land that is called by a town


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """For each claim with a place: flag coordinates far away from it, note near ones."""
    gps = circumstances.examination.metadata.gps
    if not gps or not _on_earth(gps):
        return
    for claim in circumstances.claims:
        away = [
            (place.distance_km(gps.latitude, gps.longitude), place)
            for place in places_claimed(claim)
        ]
        if away:
            distance, place = min(away, key=lambda pair: pair[0])
            if distance <= _NEAR_KM or place.certain:
                yield _finding(gps, claim, place, distance)


def _on_earth(gps: Gps) -> bool:
    """Whether these are coordinates; receivers without a fix write zeros."""
    if gps.latitude == gps.longitude == 0:
        return False
    return abs(gps.latitude) <= 90 and abs(gps.longitude) <= 180  # false for nan, too


def _far(place: NamedPlace, distance_km: float) -> bool:
    exact = place.stated or place.country or not place.towns
    return distance_km > (_NEAR_KM if exact else _AROUND_KM)


def _finding(gps: Gps, claim: Claim, place: NamedPlace, distance_km: float) -> Finding:
    town, code, _ = nearest_town(gps.latitude, gps.longitude)
    country = country_name(code)
    if distance_km > _NEAR_KM and not _far(place, distance_km):
        outcome = Outcome.INCONCLUSIVE
        summary = say(
            "The claim names “{place}”, and the file's coordinates lie {kilometres} km away, near "
            "{town} ({country}): a town can stand for the land around it.",
            place=place.written,
            kilometres=round(distance_km),
            town=town,
            country=country,
        )
    elif distance_km > _NEAR_KM:
        outcome = Outcome.FLAGGED
        summary = say(
            "The claim names “{place}”, but the file's coordinates lie {kilometres} km away, "
            "near {town} ({country}). Time zone there: {zone}.",
            place=place.written,
            kilometres=round(distance_km),
            zone=zone_name(gps.latitude, gps.longitude),
            town=town,
            country=country,
        )
    elif not place.country:
        outcome = Outcome.NOTED
        summary = say(
            "The file's coordinates, near {town} ({country}), fit the claim's place “{place}”, "
            "{kilometres} km away.",
            place=place.written,
            kilometres=round(distance_km),
            town=town,
            country=country,
        )
    else:
        outcome = Outcome.NOTED
        summary = say(
            "The file's coordinates, near {town} ({country}), fit the claim's place “{place}”.",
            place=place.written,
            town=town,
            country=country,
        )
    return Finding(
        check="place_against_claim",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=f"coordinates, claim {claim.id}",
        raw=f"{gps.latitude}, {gps.longitude}",
        caution=say(
            "{place} Coordinates can be rewritten, and a phone may have stored an old position.",
            place=place.caution,
        ),
        items=("landmarks", "satellite"),
    )
