"""Discord: ids of messages and attachments count milliseconds since 2015.

Source: Discord's developer documentation, "Snowflakes".
"""

from __future__ import annotations

import re

from verify.comparisons.networks import Post, moment

NAME = "Discord"
HOSTS = ("discord.com", "discordapp.com", "discordapp.net")

_EPOCH = 1_420_070_400_000
_MESSAGE = re.compile(r"/channels/(?:\d+|@me)/\d+/(\d{17,20})/?", re.ASCII)
_ATTACHMENT = re.compile(r"/attachments/\d+/(\d{17,20})/[^/]+", re.ASCII)


def post(host: str, path: str) -> Post | None:
    """A message or an attachment."""
    found = _MESSAGE.fullmatch(path) or _ATTACHMENT.fullmatch(path)
    return Post(found[1], moment((int(found[1]) >> 22) + _EPOCH)) if found else None
