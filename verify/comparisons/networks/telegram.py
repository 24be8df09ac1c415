"""Telegram: messages are counted in each channel and hold no time."""

from __future__ import annotations

import re

from verify.comparisons.networks import Post

NAME = "Telegram"
HOSTS = ("t.me", "telegram.me", "telegram.dog")

_MESSAGE = re.compile(r"/(?:(?:s/)?[A-Za-z]\w{3,31}|c/\d+)(?:/\d+)?/(\d+)/?", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """`/NAME/N`, `/s/NAME/N`, `/c/CHAT/N`, and the same with a topic before the message."""
    found = _MESSAGE.fullmatch(path)
    return Post(found[1]) if found else None
