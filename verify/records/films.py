"""What is seen in a film: hashes over its whole length, its shots, and stretches found again."""

from __future__ import annotations

from verify.records.findings import Finding
from verify.records.record import Record
from verify.records.views import Orientation, View


class Sample(Record, frozen=True):
    """One frame of a film, and its hashes.

    at_ms: when it is shown, in milliseconds from the beginning. quality: PDQ's, 0 to 100.
    pdq: the hashes of the eight orientations, as in `Fingerprint`; where they are kept, the first
    alone. inner: the same of the picture within bars, frame or blurred sides; () where there is
    none. thumbnail: the frame, grey and square, coded as in `Features`; b"" where none was kept.
    """

    at_ms: int
    quality: int
    pdq: tuple[bytes, ...]
    inner: tuple[bytes, ...] = ()
    thumbnail: bytes = b""


class Stream(Record, frozen=True):
    """What a film's file says of one of its streams.

    kind: `video`, `audio`, `subtitle`, `data` or `attachment`. codec: FFmpeg's name; "" where it
    knows none. width, height: of pictures, in pixels, as stored. rate: pictures or samples a
    second. seconds: how long it lasts.
    """

    kind: str
    codec: str
    width: int | None = None
    height: int | None = None
    rate: float | None = None
    seconds: float | None = None


class Footage(Record, frozen=True):
    """What was seen of a film from its beginning to its end.

    version: of the way it was looked at. seconds: how long it lasts, as far as was decoded or
    said. samples: in the order of their times, twice a second where all of it was decoded. shots:
    when each begins, in milliseconds, the first at the first sample. keys: the frames that local
    features find again, as views. wholly: whether every frame was decoded, not key frames alone.
    gaps: from when to when nothing could be seen, in milliseconds. streams: what the file is said
    to hold. findings: what only shows when all of it is decoded.
    """

    version: int
    seconds: float
    samples: tuple[Sample, ...]
    shots: tuple[int, ...] = ()
    keys: tuple[View, ...] = ()
    wholly: bool = True
    gaps: tuple[tuple[int, int], ...] = ()
    streams: tuple[Stream, ...] = ()
    findings: tuple[Finding, ...] = ()


class Film(Record, frozen=True):
    """What a reader is told of a film that was looked at from its beginning to its end.

    seconds, wholly: as in `Footage`. shots: from when to when each lasts, gaps: from when to when
    nothing could be seen; in seconds.
    """

    seconds: float
    wholly: bool
    shots: tuple[tuple[float, float], ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()


class Stretch(Record, frozen=True):
    """A part of what came in that shows a part of what was seen earlier, in seconds of each.

    begins, ends, earlier_begins, earlier_ends: None, both, on the side of a still; the same where
    single frames were found. speed: how fast the earlier film runs in the incoming one: 2 shows it
    in half the time, 0 holds one picture of it, -1 shows it backwards; then what is seen first here
    is what is seen last there.
    method: the step that found it, as in `Match`.
    """

    begins: float | None
    ends: float | None
    earlier_begins: float | None
    earlier_ends: float | None
    speed: float
    orientation: Orientation
    method: str
