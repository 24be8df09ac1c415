"""TikTok: the top 32 of a video id's 64 bits are the second it was made.

Source: Benson, "Tinkering with TikTok Timestamps", dfir.blog, 2020.
"""

from __future__ import annotations

import re

from verify.comparisons.platforms import Post, moment

NAME = "TikTok"
HOSTS = ("tiktok.com",)

_VIDEO = re.compile(r"/(?:video|photo)/(\d{18,20})(?:/|$)", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/@NAME/video/ID` or `/@NAME/photo/ID`."""
    found = _VIDEO.search(path)
    return Post(found[1], moment((int(found[1]) >> 32) * 1000)) if found else None
