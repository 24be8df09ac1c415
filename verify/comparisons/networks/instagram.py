"""Instagram: a post's short code is its id in base 64, with milliseconds since 2011 on top.

Source: Instagram Engineering, "Sharding & IDs at Instagram", 2012.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase, digits

from verify.comparisons.networks import Post, moment, number_in

NAME = "Instagram"
HOSTS = ("instagram.com",)

_EPOCH = 1_314_220_021_721
_ALPHABET = ascii_uppercase + ascii_lowercase + digits + "-_"
# Codes of private posts are longer: the id, then a key.
_POST = re.compile(
    r"(?:/(?!share/|explore/|s/)[\w.]+)?/(?:p|reel|reels|tv)/([A-Za-z0-9_-]{10,11})"
    r"(?:/(?:embed(?:/captioned)?|media|liked_by|comments|c/\d+))?/?",
    re.ASCII,
)
# Tokens made by chance for who shares a post, and collections of stories, whose ids say nothing
# of the stories in them.
_SILENT = re.compile(
    r"/share/(?:(?:p|reel|reels|tv)/)?([A-Za-z0-9_-]{6,24})/?|/stories/highlights/(\d+)/?"
    r"|/s/([A-Za-z0-9_=-]{8,80})/?",
    re.ASCII,
)
_NAME = re.compile(r"(?<!\d)([1-5]\d{18})_\d{5,11}(?!\d)", re.ASCII)
_STORY = re.compile(r"/stories/(?!highlights/)[\w.]+/(\d{18,20})/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/p/CODE`, `/NAME/reel/CODE`, `/tv/CODE` or `/stories/NAME/ID`."""
    if story := _STORY.fullmatch(path):
        return _made(story[1], int(story[1]))
    if silent := _SILENT.fullmatch(path):
        return Post(silent[1] or silent[2] or silent[3])
    found = _POST.fullmatch(path)
    return _made(found[1], number_in(found[1], _ALPHABET)) if found else None


def in_name(stem: str) -> Post | None:
    """A file name with the id of a post and that of its account, `ID_ACCOUNT`."""
    found = _NAME.search(stem)
    return _made(found[1], int(found[1])) if found else None


def _made(written: str, number: int) -> Post:
    return Post(written, moment((number >> 23) + _EPOCH))
