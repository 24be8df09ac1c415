"""A film from beginning to end: hashes twice a second, its shots, and the pictures that find it.

One pass that decodes all of it; of a long film, or where that costs too much, its key frames over
the whole length.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image

from verify.lab import FOOTAGE_VERSION, hashing, streams
from verify.lab.decoding import Undecodable
from verify.lab.features import pack_thumbnail
from verify.lab.film_counts import Count, counted
from verify.lab.film_findings import barred, findings, still
from verify.lab.frames import framed
from verify.lab.imaging import Specimen
from verify.lab.keys import Keys
from verify.lab.reading_at import Content
from verify.lab.shots import LEAST_QUALITY, Look, begins, colours
from verify.lab.streams import NOTHING_MOVES, Allowance
from verify.lab.views import within_black_bars
from verify.lab.wire import MOST_SAMPLES, SAMPLE_SIDE
from verify.records import Finding, Footage, Sample, Stream, say

_EVERY_MS = 500
_EVERY = _EVERY_MS / 1000  # seconds
_MOST_WALKED = 20_000_000_000  # pixels of all frames of a GIF and the like
_LONG = 20 * 60.0  # seconds: of a longer film the key frames are looked at
_HALVINGS = 10  # of a long film at most: a thousand key frames
_NEAR = 1.0  # seconds between two key frames: more often is in vain
_WHOLLY, _COARSELY = (600.0, 240.0), (120.0, 60.0)  # seconds of the clock and of the processor's
_FRAMES = 80_000  # of twenty minutes at 60 a second
_PIXELS = 1.6e11  # of such a film in 1080p
_MISSED = 1.5  # seconds without a picture, where something was damaged
_FAR = 12.0  # seconds between two key frames: more than encoders leave by themselves
_FRAMED = 4  # every so many pictures it is looked for bars and frames
_SHORT = 2.0  # seconds that a film may end before it says so


@dataclass
class _Seen:
    """What there is of a film so far, each in the order of the times.

    gaps: in milliseconds. reached: the time of the last picture, in seconds. decoded: up to when
    every picture was, not key frames alone. wholly: whether that is all of it.
    """

    samples: list[Sample] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    keys: Keys = field(default_factory=Keys)
    gaps: list[tuple[int, int]] = field(default_factory=list)
    reached: float = 0.0
    decoded: float = 0.0
    streams: tuple[Stream, ...] = ()
    count: Count = field(default_factory=Count)
    wholly: bool = True

    def add(self, at_ms: int, picture: Image.Image) -> None:
        """picture: upright RGB, shown from this time on, at which there is none yet."""
        pdq = hashing.pdq(picture)
        quality = pdq.quality or 0
        within = within_black_bars(picture) if quality >= LEAST_QUALITY else None
        inner = hashing.pdq(within).orientations if within else ()
        sample = Sample(at_ms, quality, pdq.orientations, inner, _thumbnail(picture))
        insort(self.samples, sample, key=lambda one: one.at_ms)
        # an inner picture may be no more than one below a dull sky
        looked_for = within and len(self.looks) % _FRAMED == 0
        box = framed(np.asarray(picture)) if looked_for else None
        look = Look(at_ms, pdq.hash, quality, colours(np.asarray(picture)), box)
        insort(self.looks, look, key=lambda one: one.at_ms)
        self.keys.consider(at_ms, picture, pdq, self.looks)


def _thumbnail(picture: Image.Image) -> bytes:
    grey = cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SAMPLE_SIDE, SAMPLE_SIDE), interpolation=cv2.INTER_AREA)
    return pack_thumbnail(small)


def watch(content: Content, media_type: str) -> Footage:
    """Look at a film from its beginning to its end. Raises Undecodable."""
    seen, seconds = _Seen(), None
    try:
        with streams.opened(content, media_type) as container:
            stream = streams.pictures(container)
            seen.streams = streams.listed(container)
            seconds = streams.length(container, stream)
            # Pictures on which no other builds need no smoothing: a sixth of decoding 1080p H.264.
            stream.codec_context.options |= {"skip_loop_filter": "noref"}
            _look(container, stream, seconds, seen)
    except Exception as error:  # of many kinds, on hostile input; what was decoded counts
        if isinstance(error, Undecodable):
            raise
    if not seen.samples:
        raise Undecodable(say("The pictures of this film could not be decoded."))
    return _footage(seen, seconds)


def watch_pictures(specimen: Specimen) -> Footage:
    """Look at a GIF, WebP, PNG or AVIF that moves. Raises Undecodable, also where nothing moves."""
    seen, count, following = _Seen(), 0, 0
    allowance = Allowance(*_WHOLLY)
    with suppress(Undecodable):  # what went before counts
        for at_ms, picture in specimen.walked(_MOST_WALKED):
            count += 1
            if not allowance.left() or len(seen.samples) == MOST_SAMPLES:
                seen.wholly = False
                break
            seen.reached = at_ms / 1000
            if at_ms >= following:
                seen.add(at_ms, picture)
                following = (at_ms // _EVERY_MS + 1) * _EVERY_MS
    if count < 2:
        raise Undecodable(NOTHING_MOVES)
    return _footage(seen, None)


def _footage(seen: _Seen, seconds: float | None) -> Footage:
    """seconds: how long it says it is."""
    return Footage(
        version=FOOTAGE_VERSION,
        seconds=max(seconds or 0.0, seen.reached),
        samples=tuple(seen.samples),
        shots=begins(seen.looks),
        keys=seen.keys.views(seen.looks),
        wholly=seen.wholly,
        gaps=_gaps(seen, seconds),
        streams=seen.streams,
        findings=tuple(_findings(seen, seconds)),
    )


def _findings(seen: _Seen, seconds: float | None) -> Iterator[Finding]:
    if seen.wholly:
        yield from findings(seen.looks, seconds, seen.reached)
        yield from barred(seen.looks, _FRAMED)
        yield from counted(seen.count, still=bool(still(seen.looks)))


def _look(
    container: InputContainer, stream: VideoStream, seconds: float | None, seen: _Seen
) -> None:
    """Decode all of it, or until that costs too much; then what is left by its key frames."""
    if seconds is None or seconds <= _LONG:
        _all(container, stream, seen)
    else:
        seen.wholly = False
    if not seen.wholly and seconds and seconds > seen.reached:
        _key_frames(container, stream, seconds, seen)


def _all(container: InputContainer, stream: VideoStream, seen: _Seen) -> None:
    """Take the first picture at or after each half of a second."""
    allowance = Allowance(*_WHOLLY, _FRAMES, _PIXELS)
    following = damaged = 0.0
    for frame in streams.frames(container, stream, allowance):
        seen.count.add(frame)
        at = streams.shown_from(frame, stream)
        if at < following or at >= streams.LONGEST:
            continue
        if len(seen.samples) == MOST_SAMPLES:
            seen.wholly = False
            return
        if at - seen.reached > _MISSED and allowance.damaged > damaged:
            seen.gaps.append((round(seen.reached * 1000), round(at * 1000)))
        damaged = allowance.damaged
        seen.add(round(at * 1000), streams.picture(frame, stream, streams.SIDE))
        following = (at // _EVERY + 1) * _EVERY
        seen.reached = seen.decoded = at
    seen.wholly = allowance.left()
    if container.format.name.startswith("mov"):  # others count what is no picture, too
        seen.count.declared = max(0, stream.frames - allowance.hidden)


def _key_frames(
    container: InputContainer, stream: VideoStream, seconds: float, seen: _Seen
) -> None:
    """Take key frames from where it stands to the end: few first, then those between."""
    stream.codec_context.skip_frame = "NONKEY"
    allowance, begin = Allowance(*_COARSELY), seen.reached
    known = {one.at_ms for one in seen.samples}
    for part in _halvings(seconds - begin):
        if not allowance.left() or len(known) == MOST_SAMPLES:
            return
        streams.seek(container, stream, begin + (seconds - begin) * part)
        frame = next(streams.frames(container, stream, allowance), None)
        if frame is None:
            continue
        at = streams.shown_from(frame, stream)
        if (at_ms := round(at * 1000)) in known or not begin <= at < streams.LONGEST:
            continue
        known.add(at_ms)
        seen.add(at_ms, streams.picture(frame, stream, streams.SIDE))
        seen.reached = max(seen.reached, at)


def _halvings(seconds: float) -> Iterator[float]:
    """Parts of a length: its beginning, its middle, the quarters, the eighths between, and so on,
    until they lie near each other."""
    yield 0.0
    for power in range(1, _HALVINGS + 1):
        if seconds / (1 << power) < _NEAR:
            return
        yield from (part / (1 << power) for part in range(1, 1 << power, 2))


def _gaps(seen: _Seen, seconds: float | None) -> tuple[tuple[int, int], ...]:
    """From when to when nothing could be seen, in milliseconds."""
    gaps = list(seen.gaps)
    times = [one.at_ms for one in seen.samples]
    if times[0] > _MISSED * 1000 and not gaps:
        gaps.append((0, times[0]))
    for before, after in pairwise(times):
        if before >= round(seen.decoded * 1000) and after - before > _FAR * 1000:
            gaps.append((before, after))
    if seconds and seconds - seen.reached > _SHORT:
        gaps.append((times[-1], round(seconds * 1000)))
    return tuple(sorted(gaps))
