"""Mastodon: the top 48 bits of a status id are milliseconds since 1970.

A server numbers its own posts when they are made; copies of other servers' posts are
numbered by the time that the other server states. Whoever runs a server can number as they
like: ids are taken as the server's only where many people know the server.

Source: lib/mastodon/snowflake.rb of Mastodon.
"""

from __future__ import annotations

import re

from verify.comparisons.networks import Post, moment

NAME = "Mastodon"
HOSTS = None

_KNOWN = ("mastodon.social", "mastodon.online", "mstdn.social", "mas.to", "mastodon.world")
_STATUS = re.compile(
    r"(?:/web)?/(?:@[\w.]+(?P<elsewhere>@[\w.-]+)?|users/[\w.]+/statuses)/(?P<id>\d{18})/?",
    re.ASCII,
)


def post(host: str, path: str) -> Post | None:
    """`/@NAME/ID`, `/@NAME@SERVER/ID` or `/users/NAME/statuses/ID` on any server."""
    found = _STATUS.fullmatch(path)
    if not found:
        return None
    declared = bool(found["elsewhere"]) or host not in _KNOWN
    return Post(found["id"], moment(int(found["id"]) >> 16), declared)
