"""The capture time of a file as a stretch of real time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from verify.lab.written.clock import day_only
from verify.records import Metadata, WallTime

# The clocks of the world differ from UTC by -12 to +14 hours.
_WESTERNMOST, _EASTERNMOST = timedelta(hours=-12), timedelta(hours=14)
_QUARTER, _OFF = 15, 2  # minutes


@dataclass(frozen=True)
class Capture:
    """When a file says it was captured.

    earliest, latest: in UTC; the same where the file names its zone, 26 hours apart where it
    does not, 50 where it gives the day alone. written: as the camera wrote it.
    """

    earliest: datetime
    latest: datetime
    written: WallTime


def capture(metadata: Metadata) -> Capture | None:
    """Read the capture time; None where there is none or it is no time."""
    if not metadata.captured_at:
        return None
    written = WallTime(at=metadata.captured_at, zone=metadata.captured_zone)
    try:
        wall = datetime.fromisoformat(metadata.captured_at).replace(tzinfo=UTC)
        if metadata.captured_zone:
            offset = datetime.fromisoformat(f"2000-01-01T00:00{metadata.captured_zone}").utcoffset()
            earliest = latest = wall - (offset or timedelta())
        else:
            whole_day = timedelta(days=day_only(written))
            earliest, latest = wall - _EASTERNMOST, wall + whole_day - _WESTERNMOST
    except (ValueError, OverflowError):
        return None
    return Capture(earliest, latest, written)


def offset_by_satellites(metadata: Metadata) -> timedelta | None:
    """How far from UTC the camera's clock ran, going by the satellites; None where nothing tells.

    By whole quarters of an hour, as zones differ; a clock that is off by other than that, or a
    reception of another day, tells no zone.
    """
    if not metadata.satellites_at:
        return None
    shown = metadata.captured_at or metadata.satellites_at
    if day_only(WallTime(at=shown)):
        return None
    face = datetime.fromisoformat(shown)
    ahead = (face - datetime.fromisoformat(metadata.satellites_at)).total_seconds() / 60
    whole = round(ahead / _QUARTER) * _QUARTER
    if abs(whole - ahead) > _OFF or not _WESTERNMOST <= timedelta(minutes=whole) <= _EASTERNMOST:
        return None
    return timedelta(minutes=whole)


def written_offset(offset: timedelta) -> str:
    """An offset from UTC as `+03:00`."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
