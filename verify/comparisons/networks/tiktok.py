"""TikTok: the top 32 of a video id's 64 bits are the second it was made.

Source: Benson, "Tinkering with TikTok Timestamps", dfir.blog, 2020.
"""

from __future__ import annotations

import re

from verify.comparisons.networks import Post, moment

NAME = "TikTok"
HOSTS = ("tiktok.com",)

_VIDEO = re.compile(
    r"(?:/@[\w.-]*)?/(?:video|photo|v|embed|embed/v[23]|player/v1)/(\d{18,20})(?:\.html)?/?",
    re.ASCII,
)
# Nobody else's ids of 19 digits begin so: X reaches them in 2056, Instagram in 2034.
_NAME = re.compile(r"(?<!\d)([67]\d{18})(?!\d)", re.ASCII)
_FIRST_YEAR = 2016


def post(host: str, path: str) -> Post | None:
    """`/@NAME/video/ID`, `/@NAME/photo/ID`, and the addresses for embedding."""
    found = _VIDEO.fullmatch(path)
    return _made(found[1]) if found else None


def in_name(stem: str) -> Post | None:
    """A file name with the id of a video in it, as tools for downloading leave it."""
    found = _NAME.search(stem)
    post = _made(found[1]) if found else None
    return post if post and post.at and post.at.year >= _FIRST_YEAR else None


def _made(written: str) -> Post:
    return Post(written, moment((int(written) >> 32) * 1000))
