"""Times of posting that platforms hide in the ids of their links. No link is ever fetched.

One platform a file. A module here states its `NAME`, its `HOSTS` (registered domains, whose
subdomains count too) and `posted_at(path) -> datetime | None`; it is found by walking.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from types import ModuleType
from urllib.parse import urlsplit

_LONGEST_LINK = 2000


@dataclass(frozen=True)
class Posting:
    """When the platform's servers made the id of a post. at: aware, UTC."""

    platform: str
    at: datetime


def posting(link: str, *, now: datetime) -> Posting | None:
    """Read the time out of a link; None for other links and for ids that no server made.

    now: aware; an id that names a time more than a day later was invented.
    """
    try:
        parts = urlsplit(link[:_LONGEST_LINK] if "://" in link else f"https://{link}")
        host = (parts.hostname or "").rstrip(".")
        for platform in _platforms():
            if any(host == known or host.endswith(f".{known}") for known in platform.HOSTS):
                at = platform.posted_at(parts.path)
                if at and at <= now + timedelta(days=1):
                    return Posting(platform.NAME, at)
    except (ValueError, OverflowError):  # no address, or an id beyond the calendar
        return None
    return None


def moment(milliseconds: int) -> datetime:
    """The UTC time so many milliseconds after 1970. Raises OverflowError beyond the calendar."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


@cache
def _platforms() -> tuple[ModuleType, ...]:
    """Every platform there is. Raises TypeError for a module that lacks its parts."""
    modules = [
        import_module(f"{__name__}.{name}")
        for name in sorted(entry.name for entry in pkgutil.iter_modules(__path__))
    ]
    for module in modules:
        if not all(hasattr(module, part) for part in ("NAME", "HOSTS", "posted_at")):
            raise TypeError(f"{module.__name__} needs NAME, HOSTS and posted_at(path)")
    return tuple(modules)
