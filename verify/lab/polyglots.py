"""A second file inside the picture's file, in places where no picture has a use for it.

Sources: PKWARE APPNOTE 6.3.10, 4.3.16 (a ZIP is read from its end); ISO 32000-1, annex H.3
(readers take a PDF header within the first 1024 bytes); RAR 5.0 and 7z format notes for their
signatures; Ange Albertini, "Funky File Formats" (31C3), for how they are combined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

_ZIP_END, _ZIP_ENTRY = b"PK\5\6", b"PK\1\2"
_ZIP_END_SIZE, _ZIP_END_WITHIN = 22, 66_000
_PDF, _PDF_WITHIN = b"%PDF-", 1024
_SIGNATURES = (
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c\0", "application/x-7z-compressed"),
    (b"This program cannot be run in DOS mode", "application/x-executable"),
)
# A delimiter must follow: five bytes alone come up by chance in a large picture.
_CODE = re.compile(rb"<(?:script|html|iframe|\?php)[\s>/]", re.IGNORECASE)


@dataclass(frozen=True)
class Hidden:
    """A file of another kind, and the byte at which it begins or is recognised."""

    kind: str
    at: int


def read_hidden(data: bytes) -> list[Hidden]:
    """Each kind once. Never raises; ordinary pictures have none."""
    found: dict[str, Hidden] = {}
    for one in _hidden(data):
        found.setdefault(one.kind, one)
    return list(found.values())


def _hidden(data: bytes) -> Iterator[Hidden]:
    if (at := _zip(data)) is not None:
        yield Hidden("application/zip", at)
    if (at := data.find(_PDF, 1, _PDF_WITHIN + len(_PDF))) > 0:
        yield Hidden("application/pdf", at)
    for signature, kind in _SIGNATURES:
        if (at := data.find(signature, 1)) > 0:
            yield Hidden(kind, at)
    if code := _CODE.search(data):
        yield Hidden("text/html", code.start())


def _zip(data: bytes) -> int | None:
    """Where the archive's directory stands, if its end record fits to it and to the file's end."""
    end = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_END_WITHIN))
    if end < 0 or end + _ZIP_END_SIZE > len(data):
        return None
    size, _, comment = unpack_from("<IIH", data, end + 12)
    directory = end - size
    fits = directory > 0 and data[directory : directory + 4] == _ZIP_ENTRY
    return directory if fits and end + _ZIP_END_SIZE + comment <= len(data) else None
