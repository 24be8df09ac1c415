"""YouTube: the eleven letters of a video id are chance and hold no time."""

from __future__ import annotations

import re

from verify.comparisons.networks import Post

NAME = "YouTube"
HOSTS = ("youtube.com", "youtu.be", "youtube-nocookie.com")

_VIDEO = re.compile(r"/(?:watch|shorts|live|embed|v)/([A-Za-z0-9_-]{11})/?", re.ASCII)
_SHORT = re.compile(r"/([A-Za-z0-9_-]{11})/?", re.ASCII)  # elsewhere it is a channel


def post(host: str, path: str) -> Post | None:
    """`/watch?v=ID`, `/shorts/ID`, `/live/ID` or, on youtu.be, `/ID`."""
    found = (_SHORT if host.endswith("youtu.be") else _VIDEO).fullmatch(path)
    return Post(found[1]) if found else None
