"""What is seen in a file: its views, and the hashes and features that find them again."""

from __future__ import annotations

from enum import StrEnum

from verify.records.record import Record


class Orientation(StrEnum):
    """How the incoming picture lies against the earlier one. Turns are clockwise.

    The four mirrored ones are mirrored left to right first, then turned.
    """

    ORIGINAL = "original"
    TURNED_90 = "turned-90"
    TURNED_180 = "turned-180"
    TURNED_270 = "turned-270"
    MIRRORED = "mirrored"
    MIRRORED_TURNED_90 = "mirrored-turned-90"
    MIRRORED_TURNED_180 = "mirrored-turned-180"
    MIRRORED_TURNED_270 = "mirrored-turned-270"


class ViewKind(StrEnum):
    """What is looked for and found: all of a picture, or what is seen in it or beside it.

    WHOLE: on white, where it is transparent. INNER: without bars, frame or interface. INSET: a
    picture within the picture. PREVIEW: one inside the file that shows something else. FRAME: of
    what moves, at its time. INVERTED: the picture's negative, which is derived, not kept.
    """

    WHOLE = "whole"
    INNER = "inner"
    INSET = "inset"
    WITHOUT_TRANSPARENCY = "without-transparency"
    ON_BLACK = "on-black"
    PREVIEW = "preview"
    FRAME = "frame"
    INVERTED = "inverted"


class Fingerprint(Record, frozen=True):
    """A hash of a view.

    algorithm: `pdq` (256 bits), `phash` or `dhash` (64 bits), most significant bit first.
    quality: PDQ's 0 to 100; None where the algorithm has none.
    orientations: for PDQ the hashes of the eight orientations, in the order of
    `Orientation`: entry i is the hash of the picture after it was laid that way.
    """

    algorithm: str
    version: int
    hash: bytes
    quality: int | None = None
    orientations: tuple[bytes, ...] = ()


Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


def area(corners: Corners) -> float:
    """The area within, as a fraction of the picture's, by the shoelace formula."""
    following = corners[1:] + corners[:1]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, following, strict=True))
    return abs(twice) / 2


class View(Record, frozen=True):
    """What of a file is looked for and found again, by fingerprints and features of its own.

    corners: of a part of the picture, clockwise from top left, as fractions (0 to 1) of the
    displayed width and height. at_ms: for a frame, its time. number: for a preview, which of
    those that show something else, from 0. These and the kind name it within its file.
    features: what finds the view inside other pictures.
    """

    kind: ViewKind = ViewKind.WHOLE
    fingerprints: tuple[Fingerprint, ...] = ()
    at_ms: int | None = None
    corners: Corners | None = None
    features: Features | None = None
    number: int | None = None

    def bare(self) -> View:
        """Which view it is, without what was read in it."""
        return View(kind=self.kind, at_ms=self.at_ms, corners=self.corners, number=self.number)


WHOLE = View()
"""The whole picture of a file, without what is read in it."""


class Features(Record, frozen=True):
    """Local features of a view, by which it is found inside other pictures.

    width, height: of the frame that they were found in, in pixels.
    points: 6 bytes each (x and y as 65535ths of the frame, size, angle), best first.
    descriptors: 32 bytes each, in the same order. thumbnail: grey, coded.
    frame: the grey frame itself, row by row, while a picture is being looked for; not kept.
    """

    version: int
    width: int
    height: int
    points: bytes
    descriptors: bytes
    thumbnail: bytes
    frame: bytes = b""


def film_time(seconds: float) -> str:
    """A time in a film, as players show it: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def stretch_time(seconds: float) -> str:
    """When a stretch begins or ends, to the nearest second: it is known within one, and 2.96 is no
    second 2."""
    return film_time(round(seconds))


def film_moment(at_ms: int) -> str:
    """The same with milliseconds, by which one frame is told from the next: 0:07.040."""
    return f"{film_time(at_ms / 1000)}.{at_ms % 1000:03}"


class Pixels(Record, frozen=True):
    """A decoded picture: rows of 8-bit RGB, top left first, `3 * width * height` bytes."""

    width: int
    height: int
    rgb: bytes
