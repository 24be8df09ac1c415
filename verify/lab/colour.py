"""What a colour profile calls itself: only that is read, since it is made by whoever made the file.

Sources: ICC.1:2022, 7.3 (tag table) and 10.15 (several languages); ICC.1:2001-04, 6.5.17 (text).
"""

from __future__ import annotations

from struct import error as struct_error
from struct import unpack_from

from verify.lab.bounded_text import MAX_WORD, clean

MAX_TAGS = 100


def profile_name(profile: bytes) -> str | None:
    """The description of an ICC profile; None where it has none that can be read."""
    try:
        for place in range(132, 132 + 12 * min(unpack_from(">I", profile, 128)[0], MAX_TAGS), 12):
            signature, at, size = unpack_from(">4sII", profile, place)
            if signature == b"desc":
                return clean(_text(profile[at : at + size]), MAX_WORD)
    except struct_error:
        pass
    return None


def _text(body: bytes) -> str:
    """Plain text of version 2, or the first of several languages of version 4."""
    if body[:4] == b"mluc":
        size, at = unpack_from(">II", body, 20)
        return body[at : at + min(size, 4 * MAX_WORD)].decode("utf-16-be", "replace")
    size = unpack_from(">I", body, 8)[0]
    return body[12 : 12 + min(size, MAX_WORD)].partition(b"\0")[0].decode("latin-1")
