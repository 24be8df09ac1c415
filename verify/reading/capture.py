"""The capture time of a file as a stretch of real time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from verify.records import Metadata, WallTime

# The clocks of the world differ from UTC by -12 to +14 hours.
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)


@dataclass(frozen=True)
class Capture:
    """When a file says it was captured.

    earliest, latest: in UTC; the same where the file names its zone, 26 hours apart where it
    does not. written: as the camera wrote it.
    """

    earliest: datetime
    latest: datetime
    written: WallTime


def capture(metadata: Metadata) -> Capture | None:
    """Read the capture time; None where there is none or it is no time."""
    if not metadata.captured_at:
        return None
    try:
        wall = datetime.strptime(metadata.captured_at, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        if metadata.captured_zone:
            offset = datetime.fromisoformat(f"2000-01-01T00:00{metadata.captured_zone}").utcoffset()
            earliest = latest = wall - (offset or timedelta())
        else:
            earliest, latest = wall - _EASTERNMOST, wall - _WESTERNMOST
    except (ValueError, OverflowError):
        return None
    written = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
    return Capture(earliest, latest, written)
