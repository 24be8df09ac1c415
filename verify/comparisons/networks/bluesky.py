"""Bluesky: a post's key counts microseconds since 1970 in base 32, above ten bits of chance.

The program that posts makes the key, so it can name any time.

Source: AT Protocol, "Timestamp Identifiers (TIDs)".
"""

from __future__ import annotations

import re

from verify.comparisons.networks import Post, moment, number_in

NAME = "Bluesky"
HOSTS = ("bsky.app",)

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_POST = re.compile(r"/profile/[^/]+/post/([2-7a-j][2-7a-z]{12})/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/profile/NAME/post/KEY`."""
    found = _POST.fullmatch(path)
    if not found:
        return None
    number = number_in(found[1], _ALPHABET)
    return Post(found[1], moment((number >> 10) // 1000), declared=True)
