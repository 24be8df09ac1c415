"""The pictures of a film: spread over all of it, those that differ most from each other.

FFmpeg decodes them, through PyAV. It is given the bytes and the one container that they begin
with, no protocol, and no codec but those that films are made with. Of a film that would take long
the key frames are looked at, which stand alone.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from verify.formats import FORMATS
from verify.lab.decoding import Undecodable
from verify.lab.moving import Frame, differing
from verify.records import say

MOST_FRAMES = 16
"""Pictures beside the first that are described."""
_NEWER = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "prores", "theora"}
_OLDER = {"mjpeg", "mpeg1video", "mpeg2video", "h263", "dvvideo", "msmpeg4v2", "msmpeg4v3"}
_CODECS = _NEWER | _OLDER | {"wmv1", "wmv2"}
_EVERY = 0.5  # seconds between the pictures that are looked at, at least
_LOOKED_AT = 64  # pictures at most, spread over all
_MOST_PIXELS = 36_000_000  # of one picture
_WHOLLY_DECODED = 3e9  # pixels of all pictures; of a larger film the key frames are looked at
_SECONDS = 4.0  # for decoding all of it; and for its key frames
_LONGEST = 1 << 22  # seconds, which an answer can name in milliseconds
_SIDE = 640  # pixels
_MOST_UNEVEN = 4  # times as wide as high, or as high as wide, a pixel is at most
_FAULTS = (av.FFmpegError, ValueError, OverflowError, EOFError, IndexError)


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


def film(data: bytes, media_type: str) -> Film:
    """Look at a film. Raises Undecodable."""
    seen = _Seen()
    try:
        with _opened(data, media_type) as container:
            stream = _pictures(container)
            seen.seconds = _length(container, stream)
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
        number = round(_time(frame, stream) * 1000)
        if number not in self.frames and number < _LONGEST * 1000:
            self.size = self.size if any(self.size) else _displayed(frame, stream)
            self.frames[number] = Frame(number, _picture(frame, stream, _SIDE))


def _look(container: InputContainer, stream: VideoStream, seen: _Seen) -> None:
    """Decode all of it where that is soon done, else or then its key frames."""
    until = time.monotonic() + _SECONDS
    if _pixels(stream, seen.seconds) <= _WHOLLY_DECODED:
        seen.wholly = _all(container, stream, seen, until)
    if not seen.wholly and seen.seconds:
        _keys(container, stream, seen, until + _SECONDS)


def shown_at(data: bytes, media_type: str, at_ms: int | None, side: int) -> Image.Image | None:
    """The picture at this time, else the first: upright RGB, its longest side at most `side`."""
    wanted = (at_ms or 0) / 1000
    with suppress(Exception), _opened(data, media_type) as container:
        stream = _pictures(container)
        if wanted:
            _seek(container, stream, wanted)
        for frame in _frames(container, stream, time.monotonic() + 2 * _SECONDS):
            if _time(frame, stream) > wanted - 0.001:
                return _picture(frame, stream, side)
    return None


def sample() -> bytes:
    """A film of two small pictures, in whose decoding all is loaded that decoding needs."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", 25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for _ in range(2):
            noise = np.asarray(Image.effect_noise((96, 64), 60).convert("RGB"))
            container.mux(stream.encode(VideoFrame.from_ndarray(noise, "rgb24")))
        container.mux(stream.encode())
    return file.getvalue()


def _opened(data: bytes, media_type: str) -> InputContainer:
    return av.open(
        io.BytesIO(data),
        "r",
        format=FORMATS[media_type].demuxer,
        container_options={"protocol_whitelist": "none", "max_streams": "100"},
        metadata_errors="replace",
    )


def _pictures(container: InputContainer) -> VideoStream:
    """The stream that plays. Raises Undecodable where there is none that may be decoded."""
    for stream in container.streams.video:
        codec = stream.codec_context
        if stream.disposition & Disposition.attached_pic or codec is None:
            continue
        if codec.name not in _CODECS:
            raise Undecodable(
                say("The pictures of this film are coded in a way that is not read here.")
            )
        if not 0 < codec.width * codec.height <= _MOST_PIXELS:
            raise Undecodable(say("The pictures of this film are too large to decode."))
        codec.thread_count, codec.thread_type = 1, "NONE"  # threads are counted
        codec.options = {"max_pixels": str(_MOST_PIXELS)}  # whatever the container says
        return stream
    raise Undecodable(say("There is no moving picture in this file."))


def _length(container: InputContainer, stream: VideoStream) -> float | None:
    seconds = None
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    return seconds if seconds and 0 < seconds < _LONGEST else None


def _pixels(stream: VideoStream, seconds: float | None) -> float:
    """Of all pictures together, as far as the file tells; 0 where it does not."""
    rate = float(stream.average_rate or stream.guessed_rate or 0)
    count = stream.frames or (seconds or 0) * rate
    return float(count) * stream.codec_context.width * stream.codec_context.height


def _all(container: InputContainer, stream: VideoStream, seen: _Seen, until: float) -> bool:
    """Take a picture every half a second, or less often where there are many. False: in vain, as
    it was not done in time."""
    every, following = _EVERY, 0.0
    for frame in _frames(container, stream, until):
        if (at := _time(frame, stream)) >= following:
            seen.add(frame, stream)
            following = at + every
        if len(seen.frames) > 2 * _LOOKED_AT:
            seen.frames = dict(sorted(seen.frames.items())[::2])
            every *= 2
    return time.monotonic() <= until


def _keys(container: InputContainer, stream: VideoStream, seen: _Seen, until: float) -> None:
    """Take key frames over the whole length: few first, then those between, while there is time."""
    stream.codec_context.skip_frame = "NONKEY"
    for number in _coarse_to_fine(_LOOKED_AT):
        _seek(container, stream, (seen.seconds or 0) * number / _LOOKED_AT)
        if frame := next(_frames(container, stream, until), None):
            seen.add(frame, stream)
        if time.monotonic() > until:
            return


def _coarse_to_fine(count: int) -> Iterator[int]:
    """0 to `count`, a power of two: every eighth first, then those halfway, and so on."""
    yield from range(0, count, 8)
    for step in (8, 4, 2):
        yield from range(step // 2, count, step)


def _seek(container: InputContainer, stream: VideoStream, seconds: float) -> None:
    base = stream.time_base or 1
    container.seek((stream.start_time or 0) + int(seconds / base), stream=stream)


def _frames(container: InputContainer, stream: VideoStream, until: float) -> Iterator[VideoFrame]:
    """What can be decoded from here on, while there is time; what is damaged is passed over."""
    for packet in container.demux(stream):
        if time.monotonic() > until:
            return
        try:
            found = packet.decode()
        except _FAULTS:
            continue
        for frame in found:
            if isinstance(frame, VideoFrame) and not frame.is_corrupt and frame.pts is not None:
                yield frame


def _time(frame: VideoFrame, stream: VideoStream) -> float:
    """Seconds from the beginning."""
    base = stream.time_base or 1
    return max(0.0, float(((frame.pts or 0) - (stream.start_time or 0)) * base))


def _displayed(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Width and height as a player shows them: with the shape of the pixels, then turned."""
    shape = float(stream.sample_aspect_ratio or 1)
    if not 1 / _MOST_UNEVEN <= shape <= _MOST_UNEVEN:  # no camera's
        shape = 1.0
    width, height = max(1, round(frame.width * shape)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _picture(frame: VideoFrame, stream: VideoStream, side: int) -> Image.Image:
    """As RGB, upright, its longest side at most `side`."""
    turned = frame.rotation % 360
    width, height = _displayed(frame, stream)
    scale = min(1.0, side / max(width, height))
    across, down = (max(1, round(one * scale)) for one in (width, height))
    if turned % 180:
        across, down = down, across
    rgb = frame.reformat(width=across, height=down, format="rgb24").to_ndarray()
    picture = Image.fromarray(rgb)
    return picture.rotate(turned, expand=True) if turned else picture
