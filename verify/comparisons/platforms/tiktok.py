"""TikTok: the top 32 of a video id's 64 bits are the second it was made."""

from __future__ import annotations

import re
from datetime import datetime

from verify.comparisons.platforms import moment

NAME = "TikTok"
HOSTS = ("tiktok.com",)

_VIDEO = re.compile(r"/(?:video|photo)/(\d{18,20})(?:/|$)", re.ASCII)


def posted_at(path: str) -> datetime | None:
    """The time in the id of `/@NAME/video/ID`."""
    found = _VIDEO.search(path)
    return moment((int(found[1]) >> 32) * 1000) if found else None
