"""Odnoklassniki: the ids of posts, photos and films are counters that hold no time."""

from __future__ import annotations

import re

from verify.comparisons.networks import Post

NAME = "Odnoklassniki"
HOSTS = ("ok.ru", "odnoklassniki.ru")

_POST = re.compile(
    r"/(?:video|live)/(\d{8,20})/?"
    r"|/(?:profile/\d+|group/\d+|[\w.-]+)/(?:topic|statuses|album/\d+)/(\d{8,20})/?"
    r"|/(?:profile/\d+|group/\d+|[\w.-]+)/(?:pphotos|album/\d+)/(\d{8,20})/?",
    re.ASCII,
)


def post(host: str, path: str) -> Post | None:
    """`/video/ID`, `/GROUP/topic/ID`, `/profile/N/statuses/ID` and photos."""
    found = _POST.fullmatch(path)
    return Post(found[1] or found[2] or found[3]) if found else None
