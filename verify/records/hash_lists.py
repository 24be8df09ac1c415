"""Lists of hashes that others share, and what of them names an exhibit."""

from __future__ import annotations

from verify.records.record import Record
from verify.records.views import Orientation, ViewKind


class ListedFrame(Record, frozen=True):
    """A frame of a film. quality: 0 to 100, as PDQ gives it; pdq: 64 hexadecimal digits."""

    number: int
    quality: int
    pdq: str
    seconds: float


class ListedHash(Record, frozen=True, tag="hash"):
    """A hash that somebody listed. kind: sha256, md5, sha1, pdq or vpdq.

    digits: small hexadecimal ones, of a PDQ padded to 64; "" for vpdq, which has frames. label,
    source: what the list says of it, and where it is from.
    """

    kind: str
    digits: str = ""
    label: str = ""
    source: str = ""
    frames: tuple[ListedFrame, ...] = ()


class ListHit(Record, frozen=True):
    """That a list names an exhibit. name: the list's; kind, digits, label, source: as `ListedHash`.

    distance: how many of 256 bits differ, where they are nearest; None where the bytes are the
    same. view: which of the exhibit is alike. at: when, in seconds of what moves. frames,
    of: how many of the listed film's frames are alike, of those that tell pictures apart;
    listed_at: when these are there, in seconds. laid: how what is listed was laid to make this.
    """

    name: str
    kind: str
    digits: str
    label: str = ""
    source: str = ""
    distance: int | None = None
    view: ViewKind = ViewKind.WHOLE
    at: tuple[float, ...] = ()
    frames: int = 0
    of: int = 0
    listed_at: tuple[float, ...] = ()
    laid: Orientation = Orientation.ORIGINAL
