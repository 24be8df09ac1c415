"""VK: posts, photos and films are counted for each owner and hold no time."""

from __future__ import annotations

import re

from verify.comparisons.networks import Post

NAME = "VK"
HOSTS = ("vk.com", "vk.ru", "vkvideo.ru")

_POST = re.compile(
    r"(?:/[\w.]+)?/(?:wall|photo|video|clip|story|album)(-?\d+_\d+)/?(?:\w+/?)?", re.ASCII
)


def post(host: str, path: str) -> Post | None:
    """`/wallOWNER_N`, and `photo`, `video`, `clip` or `story` likewise."""
    found = _POST.fullmatch(path)
    return Post(found[1]) if found else None
