"""Do camera and satellites together give the zone of the clocks at the coordinates?

Reads the capture time, the satellites' time and the coordinates in the file, and the zones of the
world with their summer times, offline. A capture time that names its zone is not looked at.

Outcomes: noted, the camera's clock ran in another zone than that of the coordinates. Where it ran
in theirs, or something is missing, there is no finding.

Errs: travellers' cameras keep the time of home. The satellites' time can be hours old, and the
coordinates then as well.

Example: 14:03 by the camera, 12:03 by the satellites, coordinates in Baghdad: the clock ran two
hours ahead of UTC, those in Baghdad three.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from verify.comparisons import Circumstances
from verify.places.zones import zone_at
from verify.reading.capture import capture, offset_by_satellites, written_offset
from verify.records import Finding, Outcome, Pillar, say

PILLAR = Pillar.DATE


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """Note a clock that, going by the satellites, ran in another zone than that of the place."""
    metadata = circumstances.examination.metadata
    captured, gps = capture(metadata), metadata.gps
    offset = offset_by_satellites(metadata)
    if not captured or not gps or captured.written.zone or offset is None:
        return
    if not (gps.latitude or gps.longitude):
        return
    at = datetime.fromisoformat(captured.written.at)
    there = at.replace(tzinfo=zone_at(gps.latitude, gps.longitude)).utcoffset() or timedelta()
    if there != offset:
        yield Finding(
            check="clock_against_place",
            pillar=PILLAR,
            outcome=Outcome.NOTED,
            summary=say(
                "By the satellites' time the camera's clock ran at {offset} from UTC; clocks at "
                "the coordinates ran at {there}.",
                offset=written_offset(offset),
                there=written_offset(there),
            ),
            read_from="capture time, GPS time, coordinates",
            raw=f"{captured.written.at}, {metadata.satellites_at}",
            caution=say(
                "Travellers' cameras often keep the time of home, and satellites' time and "
                "position may be those of an earlier reception."
            ),
            items=("captured-when",),
        )
