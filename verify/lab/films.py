"""A quick look at a film: pictures spread over all of it, those that differ most from each other.

Of a film that would take long the key frames are looked at, which stand alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from verify.lab import streams
from verify.lab.decoding import Undecodable
from verify.lab.moving import Frame, differing
from verify.lab.reading_at import Content
from verify.lab.streams import Allowance
from verify.records import say

MOST_FRAMES = 16
"""Pictures beside the first that are described."""
_EVERY = 0.5  # seconds between the pictures that are looked at, at least
_LOOKED_AT = 64  # pictures at most, spread over all
_WHOLLY_DECODED = 1e9  # pixels of all pictures; of a larger film the key frames are looked at
_SECONDS = 4.0  # for decoding all of it; and for its key frames


@dataclass(frozen=True)
class Film:
    """What was seen of a film.

    seconds: how long it says it is; None where it does not say. width, height: as displayed, in
    pixels. first: its first picture. frames: others, in their order. reached: the time of the
    last picture that was decoded, in seconds. wholly: whether all of it was decoded, not its key
    frames alone.
    """

    seconds: float | None
    width: int
    height: int
    first: Image.Image
    frames: tuple[Frame, ...]
    reached: float
    wholly: bool


def film(content: Content, media_type: str) -> Film:
    """Look at a film. Raises Undecodable."""
    seen = _Seen()
    try:
        with streams.opened(content, media_type) as container:
            stream = streams.pictures(container)
            seen.seconds = streams.length(container, stream)
            _look(container, stream, seen)
    except Exception as error:  # of many kinds, on hostile input; what was decoded counts
        if isinstance(error, Undecodable):
            raise
    if not seen.frames:
        raise Undecodable(say("The pictures of this film could not be decoded."))
    first, *others = (frame for _, frame in sorted(seen.frames.items()))
    kept = differing(first.picture, others, MOST_FRAMES)
    reached = max(seen.frames) / 1000
    return Film(seen.seconds, *seen.size, first.picture, tuple(kept), reached, seen.wholly)


@dataclass
class _Seen:
    """What there is of a film so far. frames: by their time in milliseconds."""

    seconds: float | None = None
    size: tuple[int, int] = (0, 0)
    frames: dict[int, Frame] = field(default_factory=dict)
    wholly: bool = False

    def add(self, frame: VideoFrame, stream: VideoStream) -> None:
        number = round(streams.shown_from(frame, stream) * 1000)
        if number not in self.frames and number < streams.LONGEST * 1000:
            self.size = self.size if any(self.size) else streams.displayed(frame, stream)
            self.frames[number] = Frame(number, streams.picture(frame, stream, streams.SIDE))


def _look(container: InputContainer, stream: VideoStream, seen: _Seen) -> None:
    """Decode all of it where that is soon done, else or then its key frames."""
    if _pixels(stream, seen.seconds) <= _WHOLLY_DECODED:
        seen.wholly = _all(container, stream, seen)
    if not seen.wholly and seen.seconds:
        _keys(container, stream, seen)


def sample() -> bytes:
    """A film of two small pictures, in whose decoding all is loaded that decoding needs. They are
    low, for few keypoints are looked for in such a frame."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", 25)
        stream.width, stream.height, stream.pix_fmt = 192, 16, "yuv420p"
        for _ in range(2):
            noise = np.asarray(Image.effect_noise((192, 16), 60).convert("RGB"))
            container.mux(stream.encode(VideoFrame.from_ndarray(noise, "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def _pixels(stream: VideoStream, seconds: float | None) -> float:
    """Of all pictures together, as far as the file tells; 0 where it does not."""
    rate = float(stream.average_rate or stream.guessed_rate or 0)
    count = stream.frames or (seconds or 0) * rate
    return float(count) * stream.codec_context.width * stream.codec_context.height


def _all(container: InputContainer, stream: VideoStream, seen: _Seen) -> bool:
    """Take a picture every half a second, or less often where there are many. False: in vain, as
    it was not done in time."""
    every, following, allowance = _EVERY, 0.0, Allowance(_SECONDS)
    for frame in streams.frames(container, stream, allowance):
        if (at := streams.shown_from(frame, stream)) >= following:
            seen.add(frame, stream)
            following = at + every
        if len(seen.frames) > 2 * _LOOKED_AT:
            seen.frames = dict(sorted(seen.frames.items())[::2])
            every *= 2
    return allowance.left()


def _keys(container: InputContainer, stream: VideoStream, seen: _Seen) -> None:
    """Take key frames over the whole length: few first, then those between, while there is time."""
    stream.codec_context.skip_frame = "NONKEY"
    allowance = Allowance(_SECONDS)
    for number in _coarse_to_fine(_LOOKED_AT):
        streams.seek(container, stream, (seen.seconds or 0) * number / _LOOKED_AT)
        if frame := next(streams.frames(container, stream, allowance), None):
            seen.add(frame, stream)
        if not allowance.left():
            return


def _coarse_to_fine(count: int) -> Iterator[int]:
    """0 to `count`, a power of two: every eighth first, then those halfway, and so on."""
    yield from range(0, count, 8)
    for step in (8, 4, 2):
        yield from range(step // 2, count, step)
