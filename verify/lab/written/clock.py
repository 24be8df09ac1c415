"""Times as cameras write them: read in any of the spellings in use, and kept in their zone."""

from __future__ import annotations

import re
from datetime import datetime

_TIME = re.compile(
    r"(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?"
    r"(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_ZONE = re.compile(r"[+-](?:0\d|1[0-4]):?[0-5]\d")


def wall_time(value: str | None) -> tuple[str, str | None] | None:
    """`YYYY-MM-DDTHH:MM:SS` and a zone from any of the spellings in use; None if not a time."""
    match = _TIME.match((value or "").strip()[:40])
    if not match or match[4] is None:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    try:
        at = datetime(year, month, day, hour, minute, int(match[6] or 0))
    except ValueError:
        return None
    return at.isoformat(timespec="seconds"), zone(match[7])


def zone(value: str | None) -> str | None:
    """An offset as `+03:00`; None when it is not one."""
    value = (value or "").strip()
    if value == "Z":
        return "+00:00"
    if not _ZONE.fullmatch(value):
        return None
    return value if ":" in value else f"{value[:3]}:{value[3:]}"


def fraction(value: str | None) -> str:
    """The digits behind the second, as in `SubSecTime`: at most six; "" for anything else."""
    value = (value or "").strip("\0 ")
    return value[:6] if re.fullmatch("[0-9]{1,20}", value) else ""
