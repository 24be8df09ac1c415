"""The picture stream of a film, opened and decoded by FFmpeg, through PyAV.

It is given the file's bytes and the one container that they begin with, no protocol, and no codec
but those that films are made with.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeVar

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.stream import Stream as AnyStream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from verify.formats import FORMATS
from verify.lab import reading_at
from verify.lab.decoding import Undecodable
from verify.lab.reading_at import Content
from verify.lab.rendering import eight_bits
from verify.lab.wire import MAX_SIDE
from verify.records import Stream, say

SIDE = 640
"""Pixels: the longest side of the pictures that are looked at."""
NOTHING_MOVES = say("There is no moving picture in this file.")
LONGEST = 1 << 22
"""Seconds, which an answer can name in milliseconds."""
_NEWER = {"h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "mpeg4", "prores", "theora"}
_OLDER = {"mjpeg", "mpeg1video", "mpeg2video", "h263", "dvvideo", "msmpeg4v2", "msmpeg4v3"}
_CODECS = _NEWER | _OLDER | {"wmv1", "wmv2"}
_MOST_PIXELS = 36_000_000  # of one picture
_MOST_UNEVEN = 4  # times as wide as high, or as high as wide, a pixel is at most
_MOST_REORDERED = 17  # pictures that are coded before one that is shown before them, and itself
_MOST_FAULTS = 20  # of a container, after which nothing more of it is read
FAULTS = (av.FFmpegError, ValueError, OverflowError, EOFError, IndexError)
"""What reading and decoding hostile bytes raises."""

S = TypeVar("S", VideoStream, AudioStream)


@dataclass
class Allowance:
    """What decoding may cost from now on, and what of it was damaged.

    seconds: of a clock; processor: of the processor's time. frames, pixels: of all decoded.
    damaged: packets and frames that could not be decoded. hidden: packets whose pictures are not
    to be shown, as by an edit list.
    """

    seconds: float
    processor: float = float("inf")
    frames: float = float("inf")
    pixels: float = float("inf")
    damaged: int = 0
    hidden: int = 0
    _began: tuple[float, float] = field(
        default_factory=lambda: (time.monotonic(), time.process_time())
    )

    def left(self) -> bool:
        """Whether anything of everything is left."""
        clock, processor = self._began
        in_time = time.monotonic() - clock <= self.seconds
        cheap = time.process_time() - processor <= self.processor
        return in_time and cheap and self.frames > 0 and self.pixels > 0


def opened(content: Content, media_type: str) -> InputContainer:
    """The container. Raises what FFmpeg raises on hostile input."""
    return av.open(
        reading_at.opened(content),
        "r",
        format=FORMATS[media_type].demuxer,
        container_options={"protocol_whitelist": "none", "max_streams": "100"},
        metadata_errors="replace",
    )


def pictures(container: InputContainer) -> VideoStream:
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
    raise Undecodable(NOTHING_MOVES)


def length(container: InputContainer, stream: VideoStream) -> float | None:
    """How long it says it is, in seconds; None where it does not say."""
    seconds = None
    if stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration:
        seconds = container.duration / av.time_base
    return seconds if seconds and 0 < seconds < LONGEST else None


def listed(container: InputContainer) -> tuple[Stream, ...]:
    """What the container says of each of its streams."""
    return tuple(_listed(one) for one in container.streams)


def _listed(stream: AnyStream) -> Stream:
    codec = stream.codec_context
    pictures_of = codec if isinstance(codec, VideoCodecContext) else None
    rate = stream.average_rate if pictures_of else getattr(codec, "sample_rate", None)
    seconds = (
        float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0
    )
    return Stream(
        kind=stream.type,
        codec=codec.name if codec else "",
        width=_side(pictures_of.width) if pictures_of else None,
        height=_side(pictures_of.height) if pictures_of else None,
        rate=round(float(rate), 3) if rate and rate > 0 else None,
        seconds=round(seconds, 3) if 0 < seconds < LONGEST else None,
    )


def _side(pixels: int) -> int | None:
    return pixels if 0 < pixels <= MAX_SIDE else None


def seek(container: InputContainer, stream: VideoStream, seconds: float) -> None:
    """Go to the key frame at or before this time."""
    base = stream.time_base or 1
    container.seek((stream.start_time or 0) + int(seconds / base), stream=stream)


def frames(
    container: InputContainer, stream: VideoStream, allowance: Allowance
) -> Iterator[VideoFrame]:
    """What can be decoded from here on, while it may cost; what is damaged is passed over."""
    waiting: list[int] = []
    coded = waiting if container.format.name == "avi" else None
    for frame in decoded(container, stream, allowance, coded):
        if not isinstance(frame, VideoFrame):
            continue
        if waiting:  # AVI numbers pictures as they are coded, not as they are shown
            while len(waiting) > _MOST_REORDERED:
                heappop(waiting)
            frame.pts = heappop(waiting)
        allowance.frames -= 1
        allowance.pixels -= frame.width * frame.height
        if frame.is_corrupt or frame.pts is None:
            allowance.damaged += 1
        else:
            yield frame


def decoded(
    container: InputContainer,
    stream: S,
    allowance: Allowance,
    times: list[int] | None = None,
) -> Iterator[object]:
    """All that the packets of a stream hold; one that cannot be decoded is passed over.

    times: a heap that takes when each packet is decoded.
    """
    for packet in packets(container, stream, allowance):
        allowance.hidden += packet.is_discard
        try:
            found = packet.decode()
        except FAULTS:
            allowance.damaged += 1
            continue
        if times is not None and packet.dts is not None:
            heappush(times, packet.dts)
        yield from found


def packets(container: InputContainer, stream: S, allowance: Allowance) -> Iterator[Packet[S]]:
    """The packets from here on; where the container is damaged, what is found behind that."""
    for _ in range(_MOST_FAULTS):
        try:
            for packet in container.demux(stream):
                if not allowance.left():
                    return
                yield packet
        except FAULTS:
            allowance.damaged += 1
        else:
            return


def shown_from(frame: VideoFrame, stream: VideoStream) -> float:
    """When the frame is shown, in seconds from the beginning."""
    base = stream.time_base or 1
    return max(0.0, float(((frame.pts or 0) - (stream.start_time or 0)) * base))


def displayed(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Width and height as a player shows them: with the shape of the pixels, then turned."""
    shape = float(stream.sample_aspect_ratio or 1)
    if not 1 / _MOST_UNEVEN <= shape <= _MOST_UNEVEN:  # no camera's
        shape = 1.0
    width, height = max(1, round(frame.width * shape)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def picture(frame: VideoFrame, stream: VideoStream, side: int) -> Image.Image:
    """As RGB, upright, its longest side at most `side`."""
    turned = frame.rotation % 360
    width, height = displayed(frame, stream)
    scale = min(1.0, side / max(width, height))
    across, down = (max(1, round(one * scale)) for one in (width, height))
    if turned % 180:
        across, down = down, across
    shown = Image.fromarray(eight_bits(frame, across, down))
    return shown.rotate(turned, expand=True) if turned else shown
