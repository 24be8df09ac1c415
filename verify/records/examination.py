"""One run of the lab on one file, and what the file says about itself."""

from __future__ import annotations

import msgspec

from verify.records.credentials import Credentials
from verify.records.findings import Finding
from verify.records.record import Record
from verify.records.views import View, ViewKind


class Gps(Record, frozen=True):
    """Where a file says it was captured. Degrees are signed, north and east positive."""

    latitude: float
    longitude: float
    altitude: float | None = None


class Metadata(Record, frozen=True):
    """What the file says about itself; None where it says nothing readable.

    satellites_at: the time that satellites gave, in UTC, which may be that of an earlier reception.
    country: in words, that in which the camera stood.
    """

    make: str | None = None
    model: str | None = None
    lens: str | None = None
    software: str | None = None
    captured_at: str | None = None
    captured_zone: str | None = None
    satellites_at: str | None = None
    gps: Gps | None = None
    country: str | None = None
    orientation: int | None = None
    caption: str | None = None
    creator: str | None = None


class FileDate(Record, frozen=True):
    """A time written in a file beside that of its capture.

    what: `digitised`, `created` or `changed` is said to have been then. at, zone: as in `WallTime`.
    """

    what: str
    place: str
    at: str
    zone: str | None = None


class Generator(Record, frozen=True):
    """A generator that the file itself names, and the field that names it."""

    name: str
    evidence: str


class Thumbnail(Record, frozen=True):
    """Whether the file carries previews of itself, and one of them shows something else.

    differing: where each stands that shows something else; of those alike, the first.
    """

    present: bool = False
    differs: bool = False
    differing: tuple[str, ...] = ()


class Trace(Record, frozen=True):
    """What a platform or app left in the file: its name, and what was seen."""

    name: str
    evidence: str


class Trailing(Record, frozen=True):
    """Bytes behind the end of the picture, without padding; kind: the media type they look like."""

    bytes: int = 0
    kind: str = ""


class Part(Record, frozen=True):
    """Something that stands behind the picture in its file, or in a box beside it.

    kind: the media type it looks like. at, size: in bytes. seconds: how long a film lasts, where
    it says so. maker, name: whose own data it is, and what that maker calls it. gain_map: by which
    screens show the picture brighter. belongs: it is one of the pictures that the file announces.
    """

    kind: str
    at: int
    size: int
    seconds: float | None = None
    maker: str = ""
    name: str = ""
    gain_map: bool = False
    belongs: bool = False


class Text(Record, frozen=True):
    """The text that was read in a picture, line by line; "" where none was.

    languages: the data it was read with, by Tesseract's names: `eng`, `ara`.
    """

    languages: tuple[str, ...]
    text: str


class Examination(Record, frozen=True):
    """One run of the lab on one file.

    width, height: in pixels as displayed, after the EXIF orientation; None if undecoded.
    seconds: how long a film says it is.
    parts: what stands behind the picture, in the order of the file, without padding.
    text: None where it was not looked for, or could not be read.
    """

    lab_version: int
    media_type: str
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    views: tuple[View, ...] = ()
    metadata: Metadata = Metadata()
    dates: tuple[FileDate, ...] = ()
    generator: Generator | None = None
    credentials: Credentials | None = None
    thumbnail: Thumbnail = Thumbnail()
    traces: tuple[Trace, ...] = msgspec.field(default=(), name="platforms")  # as it is kept
    trailing: Trailing = Trailing()
    parts: tuple[Part, ...] = ()
    text: Text | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it is a film, or a picture that shows something else later."""
        return self.media_type.startswith("video/") or bool(self.frames)

    @property
    def frames(self) -> tuple[View, ...]:
        """Of what moves, the pictures beside its first that are looked for, in their order."""
        return tuple(one.bare() for one in self.views if one.kind is ViewKind.FRAME)

    @property
    def hidden(self) -> tuple[View, ...]:
        """What the file shows beside its picture: previews that differ, then what transparency
        hides."""
        previews = range(len(self.thumbnail.differing))
        looks = (ViewKind.WITHOUT_TRANSPARENCY, ViewKind.ON_BLACK)
        return (
            *(View(kind=ViewKind.PREVIEW, number=number) for number in previews),
            *(one.bare() for one in self.views if one.kind in looks),
        )
