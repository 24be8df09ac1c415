"""Do the file's coordinates lie in the country that the file names?

Reads the coordinates, and the country in IPTC's and XMP's words, in any language and by everyday
names; and the borders of the world, offline.

Outcomes: flagged, the coordinates lie more than 50 km outside of the country, and with a sign or
the two numbers exchanged they lie in it. Where they lie in it or near its border, or where
nothing of that kind explains it, there is no finding.

Errs: the words may name where the agency is. Ground that several states claim is each one's.

Example: 33.51 N, 36.28 W in the Atlantic, with the country Syria: the letter for east was lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from verify.comparisons import Circumstances
from verify.places.countries import countries_at, countries_near, named
from verify.records import Finding, Gps, Outcome, Pillar, Sentence, say

PILLAR = Pillar.LOCATION
_MARGIN_KM = 50.0


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Flag coordinates that fit the country in words only with a sign or both exchanged."""
    metadata = circumstances.examination.metadata
    gps, country = metadata.gps, metadata.country
    if not gps or not country or not (gps.latitude or gps.longitude):
        return
    wanted = named(country)
    if not wanted or wanted & countries_at(gps.latitude, gps.longitude):
        return
    if wanted & countries_near(gps.latitude, gps.longitude, _MARGIN_KM):
        return
    if summary := _exchanged(gps, wanted, country):
        yield Finding(
            check="country_against_position",
            pillar=PILLAR,
            outcome=Outcome.FLAGGED,
            summary=summary,
            read_from="coordinates, country in words",
            raw=f"{gps.latitude}, {gps.longitude}, {country}"[:300],
            caution=say("Programs that lose the letter behind a coordinate make this mistake."),
            items=("precision", "landmarks"),
        )


def _exchanged(gps: Gps, wanted: frozenset[str], country: str) -> Sentence | None:
    """What was lost or exchanged, if that is what puts the place into another country."""
    here = gps.latitude, gps.longitude
    signs = ((here[0], -here[1]), (-here[0], here[1]), (-here[0], -here[1]))
    if any(wanted & countries_at(*other) for other in signs):
        return say(
            "The coordinates do not lie in {country}, which the file names; with north and south "
            "or east and west exchanged they would.",
            country=country,
        )
    if abs(here[1]) <= 90 and wanted & countries_at(here[1], here[0]):
        return say(
            "The coordinates do not lie in {country}, which the file names; with latitude and "
            "longitude exchanged they would.",
            country=country,
        )
    return None
