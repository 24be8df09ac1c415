"""Instagram: a post's short code is its id in base 64, with milliseconds since 2011 on top.

Source: Instagram Engineering, "Sharding & IDs at Instagram", 2012.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase, digits

from verify.comparisons.platforms import Post, moment

NAME = "Instagram"
HOSTS = ("instagram.com",)

_EPOCH = 1_314_220_021_721
_ALPHABET = ascii_uppercase + ascii_lowercase + digits + "-_"
# Codes of private posts are longer: the id, then a key.
_POST = re.compile(r"/(?:p|reel|reels|tv)/([A-Za-z0-9_-]{10,11})(?![A-Za-z0-9_-])", re.ASCII)
_NAME = re.compile(r"(?<!\d)([1-5]\d{18})_\d{5,11}(?!\d)", re.ASCII)
_STORY = re.compile(r"/stories/[\w.]+/(\d{18,20})(?:/|$)", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/p/CODE`, `/reel/CODE`, `/tv/CODE` or `/stories/NAME/ID`."""
    if story := _STORY.search(path):
        return _made(story[1], int(story[1]))
    found = _POST.search(path)
    if not found:
        return None
    number = 0
    for letter in found[1]:
        number = 64 * number + _ALPHABET.index(letter)
    return _made(found[1], number)


def in_name(stem: str) -> Post | None:
    """A file name with the id of a post and that of its account, `ID_ACCOUNT`."""
    found = _NAME.search(stem)
    return _made(found[1], int(found[1])) if found else None


def _made(written: str, number: int) -> Post:
    return Post(written, moment((number >> 23) + _EPOCH))
