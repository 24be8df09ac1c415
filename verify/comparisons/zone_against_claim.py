"""Do the clocks of the place that the claim names show the zone that the file names?

Reads the zone of the capture time (+03:00), or, without one, how far the camera's clock ran ahead
of the satellites' time; the place kept with each claim, else those in its words; and the zones of
the world with their summer times, offline.

Outcomes: noted, clocks there showed that zone on that day; noted in other words, they showed
another. Without a zone in the file, or a place in the claim that is certain or fits, there is no
finding.

Errs: a camera keeps the zone that its owner set, often the one of home, and a phone the one of its
network: so another zone contradicts no claim. The satellites' time can be hours old. Programs write
the zone of the computer. Many places share a zone.

Example: the file says 2 June 2021, +02:00, the claim says Baghdad: clocks there showed +03:00.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from verify.comparisons import Circumstances
from verify.places.towns import zones_in, zones_of
from verify.places.zones import zone_at
from verify.reading.capture import capture, offset_by_satellites, written_offset
from verify.reading.places import NamedPlace, places_claimed
from verify.records import Claim, Finding, Outcome, Pillar, Sentence, Value, WallTime, listed, say

PILLAR = Pillar.LOCATION


def compare(circumstances: Circumstances) -> Iterator[Finding]:
    """For each claim with a place: note whether its clocks showed the zone."""
    captured = capture(circumstances.examination.metadata)
    if not captured:
        return
    if len(captured.written.at) == len("2023-10-17"):
        return
    by_satellite = captured.written.zone is None
    offset = captured.written.zone
    if by_satellite:
        ahead = offset_by_satellites(circumstances.examination.metadata)
        offset = None if ahead is None else written_offset(ahead)
    if offset is None:
        return
    day = datetime.fromisoformat(captured.written.at)
    for claim in circumstances.claims:
        places = [
            (place, shown) for place in places_claimed(claim) if (shown := _shown(place, day))
        ]
        if places and (places[0][0].certain or any(offset in shown for _, shown in places)):
            fits = [place for place, shown in places if offset in shown]
            place, shown = (fits[0], [offset]) if fits else places[0]
            yield _finding(claim, place, captured.written, offset, shown, bool(fits), by_satellite)


def _shown(place: NamedPlace, day: datetime) -> list[str]:
    """What clocks at a place, or at all that its name can mean, showed at a local time."""
    if place.country:
        zones = zones_in(place.country)
    elif place.towns:
        zones = zones_of(place.towns)
    else:
        zones = [zone_at(*place.points[0].tolist())]
    return [*dict.fromkeys(written_offset(_offset(zone, day)) for zone in zones)]


def _offset(zone: ZoneInfo, day: datetime) -> timedelta:
    return day.replace(tzinfo=zone).utcoffset() or timedelta()


def _finding(
    claim: Claim,
    place: NamedPlace,
    written: WallTime,
    offset: str,
    shown: list[str],
    fits: bool,
    by_satellite: bool,
) -> Finding:
    return Finding(
        check="zone_against_claim",
        pillar=PILLAR,
        outcome=Outcome.NOTED,  # a camera left on the time of home is honest
        summary=_summary(place, written, offset, shown, fits, by_satellite),
        read_from=f"capture time and GPS time, claim {claim.id}"
        if by_satellite
        else f"zone of the capture time, claim {claim.id}",
        raw=offset,
        caution=say(
            "{place} A camera keeps the zone that its owner set, often that of home, a program may "
            "write that of the computer, and many places share a zone.",
            place=place.caution,
        ),
        items=("captured-when", "landmarks"),
    )


def _summary(
    place: NamedPlace,
    written: WallTime,
    offset: str,
    shown: list[str],
    fits: bool,
    by_satellite: bool,
) -> Sentence:
    values: dict[str, Value] = {
        "place": place.written,
        "offset": offset,
        "day": written.at[:10],
        "shown": listed(shown[:4]),
    }
    if fits:
        return say(
            "The file's clock ran at {offset} from UTC; so did clocks at the place in the claim "
            "(“{place}”) on {day}.",
            **values,
        )
    if by_satellite:
        return say(
            "By the satellites' time the file's clock ran at {offset} from UTC, but clocks at the "
            "place in the claim (“{place}”) showed {shown} on {day}.",
            **values,
        )
    return say(
        "The file names the time zone {offset}, but clocks at the place in the claim (“{place}”) "
        "showed {shown} on {day}.",
        **values,
    )
