"""Instagram: a post's short code is its id in base 64, with milliseconds since 2011 on top.

Source: Instagram Engineering, "Sharding & IDs at Instagram", 2012.
"""

from __future__ import annotations

import re
from datetime import datetime
from string import ascii_lowercase, ascii_uppercase, digits

from verify.comparisons.platforms import moment

NAME = "Instagram"
HOSTS = ("instagram.com",)

_EPOCH = 1_314_220_021_721
_ALPHABET = ascii_uppercase + ascii_lowercase + digits + "-_"
# Codes of private posts are longer: the id, then a key.
_POST = re.compile(r"/(?:p|reel|tv)/([A-Za-z0-9_-]{10,11})(?![A-Za-z0-9_-])", re.ASCII)


def posted_at(path: str) -> datetime | None:
    """The time in the code of `/p/CODE`, `/reel/CODE` or `/tv/CODE`."""
    found = _POST.search(path)
    if not found:
        return None
    number = 0
    for letter in found[1]:
        number = 64 * number + _ALPHABET.index(letter)
    return moment((number >> 23) + _EPOCH)
