"""All that was written beside the picture, by the standard that it was written in."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.lab.written.exif import Exif
from verify.lab.written.iptc import Iptc
from verify.lab.written.xmp import Xmp


@dataclass
class Fields:
    """The fields of a file, each as its own standard names it.

    photoshop: image resources, unread. movie: what a film says, and in which container.
    changed: PNG's `tIME`.
    samsung: what its phones keep in words behind the picture, by name.
    """

    exif: Exif = field(default_factory=Exif)
    xmp: Xmp = field(default_factory=Xmp)
    iptc: Iptc = field(default_factory=Iptc)
    texts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    photoshop: bytes = b""
    movie: dict[str, str] = field(default_factory=dict)
    container: str = "QuickTime"
    changed: str = ""
    samsung: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Unread:
    """A field that is there, and what stands in it, which was not understood."""

    place: str
    value: str
