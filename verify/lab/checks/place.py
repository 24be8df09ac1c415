"""Where does the file say it was captured?

Reads the coordinates from EXIF, XMP or QuickTime, and looks up the nearest town and the zone of
its clocks in tables on this computer.

Outcomes: noted, the coordinates with town, distance and zone; inconclusive, there are none, they
are 0, 0, which devices without a position write, or fields have no usable value.

Errs: a position can be some hundred metres off or kept from the last place with reception, and
any metadata editor changes it. The nearest town may lie across a border.

Example: 33.51380, 36.27650, about 2 km from Damascus (Syria), zone Asia/Damascus.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verify.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.places.gazetteer import countries_in_english, nearest_town
from verify.places.zones import zone_name
from verify.records import Finding, Gps, Outcome, Pillar, Sentence, say

PILLAR = Pillar.LOCATION
MEDIA = frozenset({"*", *CLIPS})

FAR_KM = 100


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note the coordinates with the nearest known place and the zone there; 0, 0 is none."""
    gps = specimen.readings.metadata.gps
    if gps is None:
        yield _without(specimen)
        return
    read_from = specimen.readings.read_from["gps"]
    raw = f"{gps.latitude}, {gps.longitude}"
    if abs(gps.latitude) < 0.001 and abs(gps.longitude) < 0.001:
        yield Finding(
            check="place",
            pillar=PILLAR,
            outcome=Outcome.INCONCLUSIVE,
            summary=say("The file gives the coordinates 0, 0, a point in the open Atlantic."),
            read_from=read_from,
            raw=raw,
            caution=say("Devices without a position write this; it is then no place at all."),
            items=("precision",),
        )
        return
    yield Finding(
        check="place",
        pillar=PILLAR,
        outcome=Outcome.NOTED,
        summary=_summary(gps),
        read_from=read_from,
        raw=raw,
        caution=say(
            "A position can be some hundred metres off, or kept from the last place with "
            "reception, and the field can be changed with any metadata editor."
        ),
        reference="GeoNames, OpenStreetMap",
        items=("landmarks", "satellite", "precision"),
    )


def _summary(gps: Gps) -> Sentence:
    town, country, km = nearest_town(gps.latitude, gps.longitude)
    distance = round(km)
    template_values: dict[str, Any] = {
        "coordinates": f"{gps.latitude:.5f}, {gps.longitude:.5f}",
        "distance": distance,
        "place": town,
        "country": countries_in_english().get(country, ""),
        "zone": zone_name(gps.latitude, gps.longitude),
    }
    if distance > FAR_KM:
        return say(
            "The file gives the coordinates {coordinates}, far from any town: the nearest known, "
            "{place} ({country}), is about {distance} km away. Time zone there: {zone}.",
            **template_values,
        )
    return say(
        "The file gives the coordinates {coordinates}, about {distance} km from {place} "
        "({country}). Time zone there: {zone}.",
        **template_values,
    )


def _without(specimen: Specimen) -> Finding:
    if unread := specimen.readings.unread.get("gps"):
        return Finding(
            check="place",
            pillar=PILLAR,
            outcome=Outcome.INCONCLUSIVE,
            summary=say(
                "The file has fields for a position, but they give no usable one: “{value}”.",
                value=unread.value,
            ),
            read_from=unread.place,
            raw=unread.value,
            caution=say("Devices without reception leave such fields empty or incomplete."),
            items=("precision",),
        )
    return Finding(
        check="place",
        pillar=PILLAR,
        outcome=Outcome.INCONCLUSIVE,
        summary=say("The file gives no coordinates."),
        read_from="EXIF, XMP, QuickTime",
        caution=say(
            "Most apps and platforms remove them on upload, and many people switch them off: "
            "their absence proves nothing."
        ),
        items=("precision",),
    )
