"""X, formerly Twitter: since 4 November 2010 a status id counts milliseconds in its top bits.

Source: Twitter's Snowflake, announced 2010; its epoch is 1288834974657 ms.
"""

from __future__ import annotations

import re
from datetime import datetime

from verify.comparisons.platforms import moment

NAME = "X"
HOSTS = ("x.com", "twitter.com")

_EPOCH = 1_288_834_974_657
_LAST_COUNTED_ID = 29_700_859_247  # before Snowflake ids were plain counters
_STATUS = re.compile(r"/status(?:es)?/(\d{1,19})(?:/|$)", re.ASCII)


def posted_at(path: str) -> datetime | None:
    """The time in the id of `/NAME/status/ID`; None for the counted ids of before."""
    found = _STATUS.search(path)
    if not found or int(found[1]) <= _LAST_COUNTED_ID:
        return None
    return moment((int(found[1]) >> 22) + _EPOCH)
