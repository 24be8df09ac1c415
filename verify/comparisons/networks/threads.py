"""Threads: a post's code is an id of Instagram's, see `instagram.py`."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase, digits

from verify.comparisons.networks import Post, moment, number_in

NAME = "Threads"
HOSTS = ("threads.net", "threads.com")

_EPOCH = 1_314_220_021_721
_ALPHABET = ascii_uppercase + ascii_lowercase + digits + "-_"
_POST = re.compile(r"(?:/@[\w.]+/post|/t)/([A-Za-z0-9_-]{10,11})(?:/(?:media|embed))?/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/@NAME/post/CODE` or `/t/CODE`."""
    found = _POST.fullmatch(path)
    if not found:
        return None
    return Post(found[1], moment((number_in(found[1], _ALPHABET) >> 23) + _EPOCH))
