"""UUIDs of versions 1, 6 and 7 hold a time; whatever program makes them can name any.

Source: RFC 9562, sections 5.1, 5.6 and 5.7.
"""

from __future__ import annotations

import re
from uuid import UUID

from verify.comparisons.networks import Post, moment

NAME = "UUID"
HOSTS = None

_TEXT = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[167][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
    r"(?![0-9a-f])",
    re.IGNORECASE | re.ASCII,
)
_GREGORIAN = 0x01B21DD213814000  # 100 ns steps from 15 October 1582 to 1970


def post(host: str, path: str) -> Post | None:
    """A link with a UUID in its path."""
    return in_name(path)


def in_name(stem: str) -> Post | None:
    """A file name with a UUID in it."""
    found = _TEXT.search(stem)
    if not found:
        return None
    uuid = UUID(found[0])
    if uuid.version == 7:
        milliseconds = uuid.int >> 80
    elif uuid.version == 6:
        high, low = uuid.int >> 80, (uuid.int >> 64) & 0xFFF
        milliseconds = ((high << 12 | low) - _GREGORIAN) // 10_000
    else:
        milliseconds = (uuid.time - _GREGORIAN) // 10_000
    return Post(str(uuid), moment(milliseconds), declared=True) if milliseconds > 0 else None
