"""X, formerly Twitter: since 4 November 2010 a status id counts milliseconds in its top bits.

The ids of its media are made the same way; the names of media files are such an id in
base 64, with three letters of chance.

Source: Twitter's Snowflake, announced 2010; its epoch is 1288834974657 ms.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from datetime import datetime

from verify.comparisons.networks import Post, moment

NAME = "X"
# Those after the first line show X's posts under X's ids.
HOSTS = (
    *("x.com", "twitter.com", "twimg.com"),
    *("fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com"),
    *("xcancel.com", "nitter.net", "nitter.poast.org", "nitter.privacydev.net", "nitter.cz"),
    *("nitter.it", "nitter.tiekoetter.com", "nitter.space", "nitter.kavin.rocks", "lightbrd.com"),
    *("nitter.unixfox.eu", "nitter.42l.fr", "nitter.pussthecat.org", "nitter.1d4.us"),
)

_EPOCH = 1_288_834_974_657
_LAST_COUNTED_ID = 29_700_859_247  # before Snowflake ids were plain counters
_STATUS = re.compile(
    r"(?:/(?:\w{1,20}|i/web)/status(?:es)?|/statuses)/(\d{1,19})"
    r"(?:/(?:photo|video)/\d|/(?:analytics|likes|retweets|quotes|history))?/?",
    re.ASCII,
)
_FILM = re.compile(
    r"/(?:ext_tw_video|amplify_video)(?:_thumb)?/(\d{17,19})/[^/]+(?:/[^/]+)*", re.ASCII
)
_MEDIA = re.compile(r"/media/([A-H][A-Za-z0-9_-]{14})(?:[.:]\w+)*/?", re.ASCII)
_MEDIA_NAME = re.compile(
    r"([A-H][A-Za-z0-9_-]{14})(?:[-_.:]?(?:jpg|png|orig|large|medium|small|thumb|4096x4096))*",
    re.ASCII,
)
_STATUS_NAME = re.compile(
    r"(?:^|[^0-9])(\d{18,19})[_-](?:img|photo|vid|video)?_?[1-4]$"
    r"|(?:twitter|tweet|x\.com).*?(?<!\d)(\d{17,19})(?!\d)",
    re.ASCII | re.IGNORECASE,
)
_MOST_AT_ONCE = 16  # media that one server numbers within a millisecond


def post(host: str, path: str) -> Post | None:
    """`/NAME/status/ID` or `/media/KEY`; the counted ids of before hold no time."""
    if media := _MEDIA.fullmatch(path):
        return in_name(media[1])
    found = _STATUS.fullmatch(path) or _FILM.fullmatch(path)
    if not found:
        return None
    number = int(found[1])
    return Post(found[1], None if number <= _LAST_COUNTED_ID else _made(number))


def in_name(stem: str) -> Post | None:
    """A file still named as on X's media server, or by a tool for downloading after its status.

    Any 15 letters and any long number decode to something: the number within the millisecond,
    small in real ids, tells names of other origin apart.
    """
    if media := _MEDIA_NAME.fullmatch(stem):
        key = media[1]
        number = int.from_bytes(urlsafe_b64decode(key + "=")[:8], "big")
    elif status := _STATUS_NAME.search(stem):
        key = status[1] or status[2]
        number = int(key)
    else:
        return None
    if number & 0xFFF >= _MOST_AT_ONCE or number <= _LAST_COUNTED_ID:
        return None
    return Post(key, _made(number))


def _made(number: int) -> datetime:
    return moment((number >> 22) + _EPOCH)
