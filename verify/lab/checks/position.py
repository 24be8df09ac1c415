"""How exact is the position, where did the camera look, and which place is named in words?

Reads the height, the direction of the camera, the error, the datum, the method and the state of the
receiver that EXIF or XMP give beside the coordinates, what a drone says of its height and gaze, how
finely the coordinates are written, the zone of the camera's clock, and the places that IPTC and
XMP name in words: where the camera stood, and what is shown. Makes a link to a map, as a text: it
is not opened.

Outcomes: noted, with what is written. Without coordinates and words there is no finding. Whether
the two fit together is asked by a comparison.

Errs: a place in words may be the agency's, not the picture's. Whole minutes may be round by chance,
about once in some thousand. Clocks of travellers often keep the zone of home.

Example: a position found by the telephone network, which may be kilometres off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from verify.formats import CLIPS
from verify.lab.bounded_text import clean, raw
from verify.lab.imaging import Specimen
from verify.lab.written.captions import (
    CREATED,
    SHOWN,
    Said,
    read_captions,
    read_places,
)
from verify.lab.written.coordinates import Beside, read_beside
from verify.lab.written.drones import read_gaze
from verify.records import Finding, Gps, Outcome, Pillar, Sentence, say

PILLAR = Pillar.LOCATION
MEDIA = frozenset({"*", *CLIPS})

_NAMES = ("spot", "city", "region", "country", "code")
_BY_SATELLITE = ("GPS", "GNSS", "FUSED", "HYBRID-FIX")
_DATUMS = ("WGS-84", "WGS84", "WGS 84")
# No country's clock is farther than this from its sun; the farthest is China's west.
_FARTHEST_HOURS = 4.0


def check(specimen: Specimen) -> Iterator[Finding]:
    """Note height, direction, error, datum, precision, words, a map link; flag a swapped sign."""
    captions = read_captions(specimen.fields)
    yield from _named(specimen, captions)
    gps = specimen.readings.metadata.gps
    if gps is None or max(abs(gps.latitude), abs(gps.longitude)) < 0.001:
        return
    place = specimen.readings.read_from["gps"]
    yield _finding(
        Outcome.NOTED,
        say("On a map: {link}", link=_link(gps)),
        place,
        say("The link was not opened. Whoever runs the map learns of a visit."),
    )
    if rounding := _rounding(gps):
        caution = say("Somebody may have blurred the place on purpose, or typed it in.")
        yield _finding(Outcome.NOTED, rounding, place, caution)
    yield from _clock(specimen, gps, place)
    yield from _height(gps, place)
    beside = read_beside(specimen.fields.exif, specimen.fields.xmp)
    yield from _looking(beside)
    yield from _by_other_means(beside)
    yield from _flown(specimen)


def _named(specimen: Specimen, captions: dict[str, Said]) -> Iterator[Finding]:
    """The places named in words: where the camera stood, what is shown, or neither told."""
    caution = say("A person or an agency's system wrote this; it may be where the agency is.")
    named = [captions[name] for name in _NAMES if name in captions]
    if named:
        place = ", ".join(said.text for said in named)
        summary = say("The file names the place {place}.", place=place)
        yield _finding(Outcome.NOTED, summary, named[0].place, caution)
    for said in read_places(specimen.fields, CREATED):
        summary = say("The file names the place where the camera stood: {place}.", place=said.text)
        yield _finding(Outcome.NOTED, summary, said.place, caution)
    for said in read_places(specimen.fields, SHOWN):
        summary = say("The file names the place that is shown: {place}.", place=said.text)
        yield _finding(Outcome.NOTED, summary, said.place, caution)


def _link(gps: Gps) -> str:
    at = f"{gps.latitude:.5f}", f"{gps.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=16/{at[0]}/{at[1]}"


def _rounding(gps: Gps) -> Sentence | None:
    """What is said of coordinates that are written coarsely, or of which one is lost."""
    both = gps.latitude, gps.longitude
    if 0 in both:
        return say("One of the two coordinates is exactly 0: it may be missing.")
    if all(value == round(value) for value in both):
        return say("The coordinates are whole degrees, about a hundred kilometres.")
    if all(value == round(value, 2) for value in both):
        return say("The coordinates are rounded to a hundredth of a degree, about a kilometre.")
    if all(abs(60 * value - round(60 * value)) < 1e-5 for value in both):
        return say("The coordinates are whole minutes of a degree, about two kilometres.")
    return None


def _clock(specimen: Specimen, gps: Gps, place: str) -> Iterator[Finding]:
    """Note a clock whose zone cannot be that of the place, going by the sun there."""
    metadata = specimen.readings.metadata
    if not metadata.captured_zone:
        return
    offset = datetime.fromisoformat(f"2000-01-01T00:00:00{metadata.captured_zone}").utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0.0
    apart = abs(hours - gps.longitude / 15)
    if min(apart, 24 - apart) > _FARTHEST_HOURS:
        yield _finding(
            Outcome.NOTED,
            say(
                "The camera's clock is set to {zone}, which is not the time at the coordinates.",
                zone=metadata.captured_zone,
            ),
            f"{specimen.readings.read_from['captured_zone']}, {place}",
            say(
                "Travellers' cameras often keep the time of home. A lost sign of the longitude "
                "makes this as well."
            ),
        )


def _height(gps: Gps, place: str) -> Iterator[Finding]:
    if gps.altitude is not None:
        yield _finding(
            Outcome.NOTED,
            say("The file puts the height at {metres} m above the sea.",
                metres=round(gps.altitude, 1)),
            place,
            say("Heights from satellites are often tens of metres off; 0 may mean none."),
        )  # fmt: skip


def _looking(beside: Beside) -> Iterator[Finding]:
    if beside.direction is not None:
        yield _finding(
            Outcome.NOTED,
            say("The camera looked towards {degrees} degrees, clockwise from magnetic north.",
                degrees=round(beside.direction))
            if beside.magnetic
            else say("The camera looked towards {degrees} degrees, clockwise from north.",
                degrees=round(beside.direction)),
            f"{beside.place} GPSImgDirection",
            say("A phone's compass is often tens of degrees off.")
            if beside.magnetic
            else say("A phone's compass is often tens of degrees off, and may mean magnetic"
                " north."),
        )  # fmt: skip
    if beside.error is not None:
        yield _finding(
            Outcome.NOTED,
            say("The device puts the error of the position at {metres} m.",
                metres=round(beside.error, 1)),
            f"{beside.place} GPSHPositioningError",
            say("This is the device's own estimate."),
        )  # fmt: skip
    datum = clean(beside.datum, 40)
    if datum and datum.upper() not in _DATUMS:
        yield _finding(
            Outcome.NOTED,
            say("The coordinates are in the datum {datum}, not WGS 84.", datum=datum),
            f"{beside.place} GPSMapDatum",
            say("On a usual map they may lie some hundred metres off."),
        )


def _by_other_means(beside: Beside) -> Iterator[Finding]:
    """A position that no satellites gave, or that the receiver itself called void."""
    method = (beside.method or "").strip().upper()
    if method and method not in _BY_SATELLITE:
        cell = method.startswith(("CELL", "NETWORK"))
        yield _finding(
            Outcome.NOTED,
            say("The position was found by the telephone network, not by satellites: {method}.",
                method=method[:40])
            if cell
            else say("The position was found by other means than satellites: {method}.",
                method=method[:40]),
            f"{beside.place} GPSProcessingMethod",
            say("Masts give a position that is hundreds of metres to kilometres off.")
            if cell
            else say("Such a position may be tens to hundreds of metres off."),
        )  # fmt: skip
    if beside.void:
        yield _finding(
            Outcome.NOTED,
            say("The receiver itself called the position void (GPSStatus V)."),
            f"{beside.place} GPSStatus",
            say("It had no reception then: the position is an earlier one, or none at all."),
        )


def _flown(specimen: Specimen) -> Iterator[Finding]:
    """What a drone writes of its height above the start and of its camera's gaze."""
    gaze = read_gaze(specimen.fields.xmp)
    compass = say("This is the drone's own reckoning; its compass can be tens of degrees off.")
    if gaze.height is not None:
        yield _finding(
            Outcome.NOTED,
            say("The drone flew {metres} m above its start.", metres=round(gaze.height, 1)),
            "XMP drone-dji:RelativeAltitude",
            say("The ground may rise or fall from there to what is shown."),
        )
    if gaze.direction is not None:
        yield _finding(
            Outcome.NOTED,
            say("The drone's camera looked towards {degrees} degrees, clockwise from north.",
                degrees=round(gaze.direction)),
            "XMP drone-dji:GimbalYawDegree",
            compass,
        )  # fmt: skip
    if gaze.tilt is not None:
        yield _finding(
            Outcome.NOTED,
            say("The drone's camera was tilted {degrees} degrees against the horizon.",
                degrees=round(gaze.tilt)),
            "XMP drone-dji:GimbalPitchDegree",
            compass,
        )  # fmt: skip


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
