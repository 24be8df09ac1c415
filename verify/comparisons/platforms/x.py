"""X, formerly Twitter: since 4 November 2010 a status id counts milliseconds in its top bits.

The ids of its media are made the same way; the names of media files are such an id in
base 64, with three letters of chance.

Source: Twitter's Snowflake, announced 2010; its epoch is 1288834974657 ms.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from datetime import datetime

from verify.comparisons.platforms import Post, moment

NAME = "X"
HOSTS = ("x.com", "twitter.com", "twimg.com")

_EPOCH = 1_288_834_974_657
_LAST_COUNTED_ID = 29_700_859_247  # before Snowflake ids were plain counters
_STATUS = re.compile(r"/status(?:es)?/(\d{1,19})(?:/|$)", re.ASCII)
_MEDIA = re.compile(r"/media/([A-H][A-Za-z0-9_-]{14})(?:[.:/]|$)", re.ASCII)
_MEDIA_NAME = re.compile(r"[A-H][A-Za-z0-9_-]{14}", re.ASCII)
_MOST_AT_ONCE = 16  # media that one server numbers within a millisecond


def post(host: str, path: str) -> Post | None:
    """`/NAME/status/ID` or `/media/KEY`; the counted ids of before hold no time."""
    if media := _MEDIA.search(path):
        return in_name(media[1])
    found = _STATUS.search(path)
    if not found:
        return None
    number = int(found[1])
    return Post(found[1], None if number <= _LAST_COUNTED_ID else _made(number))


def in_name(stem: str) -> Post | None:
    """A file still named as on X's media server.

    Any 15 letters decode to something: the number within the millisecond, small in real ids,
    tells names of other origin apart.
    """
    if not _MEDIA_NAME.fullmatch(stem):
        return None
    number = int.from_bytes(urlsafe_b64decode(stem + "=")[:8], "big")
    if number & 0xFFF >= _MOST_AT_ONCE or number <= _LAST_COUNTED_ID:
        return None
    return Post(stem, _made(number))


def _made(number: int) -> datetime:
    return moment((number >> 22) + _EPOCH)
