"""How exact is the position, where did the camera look, and which place is named in words?

Reads the direction of the camera, the error and the datum that EXIF gives beside the coordinates,
how many decimals these have, and the places that IPTC and XMP name in words. Makes a link to a
map, as a text: it is not opened.

Outcomes: flagged, the coordinates lie in another country than the words say, and with a sign
swapped they would not; noted, everything else. Without coordinates and words there is no finding.

Errs: names of countries are compared in English alone. A place in words may be the agency's,
not the picture's. Whole degrees may be round by chance, about once in ten thousand.

Example: 33.31 N, 44.37 W in the Atlantic, with the country Iraq: the letter for east was lost.
"""

from __future__ import annotations

from collections.abc import Iterator

import reverse_geocode
from PIL.ExifTags import GPS

from verify.lab.captions import Said, read_captions
from verify.lab.exif import number, text
from verify.lab.formats import CLIPS
from verify.lab.imaging import Specimen
from verify.lab.words import clean, raw
from verify.records import Finding, Gps, Outcome, Pillar, Sentence, say

PILLAR = Pillar.LOCATION
MEDIA = frozenset({"*", *CLIPS})

_DATUMS = ("WGS-84", "WGS84", "WGS 84")


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note direction, error, datum, precision, words and a map link; flag a swapped sign."""
    captions = read_captions(specimen.fields)
    named = [captions[name] for name in ("city", "region", "country") if name in captions]
    if named:
        yield _finding(
            Outcome.NOTED,
            say("The file names the place {place}.", place=", ".join(said.text for said in named)),
            named[0].place,
            say("A person or an agency's system wrote this; it may be where the agency is."),
        )
    gps = specimen.readings.metadata.gps
    if gps is None or (gps.latitude == 0 and gps.longitude == 0):
        return
    if country := captions.get("country"):
        yield from _swapped(gps, country)
    yield _finding(
        Outcome.NOTED,
        say("On a map: {link}", link=_link(gps)),
        "EXIF GPS",
        say("The link was not opened. Whoever runs the map learns of a visit."),
    )
    if all(round(value, 2) == value for value in (gps.latitude, gps.longitude)):
        yield _finding(
            Outcome.NOTED,
            say("The coordinates are rounded to a hundredth of a degree, about a kilometre."),
            "EXIF GPS",
            say("Somebody may have blurred the place on purpose, or typed it in."),
        )
    yield from _beside(specimen)


def _link(gps: Gps) -> str:
    at = f"{gps.latitude:.5f}", f"{gps.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=16/{at[0]}/{at[1]}"


def _swapped(gps: Gps, country: Said) -> Iterator[Finding]:
    """Flag coordinates that fit the country in words only with the other sign."""
    wanted = country.text.strip().lower()
    if _country(gps.latitude, gps.longitude) == wanted:
        return
    for latitude, longitude in (
        (gps.latitude, -gps.longitude),
        (-gps.latitude, gps.longitude),
        (-gps.latitude, -gps.longitude),
    ):
        if _country(latitude, longitude) == wanted:
            yield _finding(
                Outcome.FLAGGED,
                say(
                    "The coordinates do not lie in {country}, which the file names; with north and "
                    "south or east and west exchanged they would.",
                    country=country.text,
                ),
                f"EXIF GPS, {country.place}",
                say("Programs that lose the letter behind a coordinate make this mistake."),
            )
            return


def _country(latitude: float, longitude: float) -> str:
    return str(reverse_geocode.get((latitude, longitude))["country"]).lower()


def _beside(specimen: Specimen) -> Iterator[Finding]:
    fields = specimen.fields.exif.gps
    direction = number(fields.get(GPS.GPSImgDirection))
    if direction is not None and 0 <= direction <= 360:
        yield _finding(
            Outcome.NOTED,
            say("The camera looked towards {degrees} degrees, clockwise from north.",
                degrees=round(direction)),
            "EXIF GPSImgDirection",
            say("A phone's compass is often tens of degrees off, and may mean magnetic north."),
        )  # fmt: skip
    error = number(fields.get(GPS.GPSHPositioningError))
    if error is not None and 0 < error < 1e6:
        yield _finding(
            Outcome.NOTED,
            say("The device puts the error of the position at {metres} m.", metres=round(error, 1)),
            "EXIF GPSHPositioningError",
            say("This is the device's own estimate."),
        )
    datum = clean(text(fields.get(GPS.GPSMapDatum)), 40)
    if datum and datum.upper() not in _DATUMS:
        yield _finding(
            Outcome.NOTED,
            say("The coordinates are in the datum {datum}, not WGS 84.", datum=datum),
            "EXIF GPSMapDatum",
            say("On a usual map they may lie some hundred metres off."),
        )


def _finding(outcome: Outcome, summary: Sentence, place: str, caution: Sentence) -> Finding:
    return Finding(
        check="position",
        pillar=PILLAR,
        outcome=outcome,
        summary=summary,
        read_from=place,
        raw=raw(", ".join(str(value) for value in summary.values.values())),
        caution=caution,
        reference="Exif 3.0, 4.6.7",
        items=("precision", "landmarks"),
    )
