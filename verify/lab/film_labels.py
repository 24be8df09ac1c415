"""What a film's container and streams say of themselves: who wrote them, when, how long they are.

Source: FFmpeg's names of the tags; the text that x264 and x265 put into the first picture's data
(ITU-T H.264, D.2.7, user data that is not registered).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise

from av.container import InputContainer
from av.video.stream import VideoStream

from verify.lab import streams
from verify.lab.bounded_text import clean
from verify.lab.reading_at import Content
from verify.lab.streams import Allowance

_WRITERS = ("encoder", "handler_name", "vendor_id", "com.android.version", "encoding_tool")
_SAYS_NOTHING = {"[0][0][0][0]", "FFMP", "VideoHandler", "SoundHandler"}  # whoever wrote it
_IN_PICTURES = re.compile(
    rb"x264 - core \d{1,4}(?: r\d{1,6}M?)?|x265 \(build \d{1,5}\)(?: - [\w.+-]{1,30})?"
)
_PACKETS = 3  # in which that stands, if at all
_TIMED = {"h264", "hevc"}
_TIMES, _FEWEST, _REORDERED = (
    120,
    20,
    17,
)  # packets; pictures; those coded before ones shown earlier
_EVEN = 0.02  # of the time between two pictures: clocks of containers are coarse
_MOST_STREAMS = 8
_MOST_CHARACTERS = 60


@dataclass(frozen=True)
class Labels:
    """writers: where each name stands, and the name. created: likewise, times as ISO 8601.
    lasts: of each kind of stream, `video` and `audio`, how long the longest says it is, in seconds.
    rates: pictures a second by their own data, and as the file plays them where that is even.
    decoded: width and height of its first picture in pixels, as it is coded and what of that is
    shown; () where none can be decoded. shape: how many times as wide as high a pixel is.
    """

    writers: tuple[tuple[str, str], ...] = ()
    created: tuple[tuple[str, str], ...] = ()
    lasts: tuple[tuple[str, float], ...] = ()
    rates: tuple[float, float] | None = None
    decoded: tuple[tuple[int, int], ...] = ()
    shape: float = 1.0


def read_labels(content: Content, media_type: str) -> Labels:
    """Read them, and decode one picture. Never raises; nothing where the file cannot be opened."""
    with suppress(Exception), streams.opened(content, media_type) as container:  # hostile input
        tagged = [("file", container.metadata)]
        tagged += [(one.type, one.metadata) for one in islice(container.streams, _MOST_STREAMS)]
        written = [
            (place, text)
            for place, tags in tagged
            for name in _WRITERS
            if (text := clean(tags.get(name), _MOST_CHARACTERS)) and text not in _SAYS_NOTHING
        ]
        created = [
            (place, text)
            for place, tags in tagged
            if (text := clean(tags.get("creation_time"), _MOST_CHARACTERS))
        ]
        lasts: dict[str, float] = {}
        for one in streams.listed(container)[:_MOST_STREAMS]:
            lasts[one.kind] = max(lasts.get(one.kind, 0.0), one.seconds or 0.0)
        written += [("pictures", name) for name in _in_pictures(container)]
        known = tuple(dict.fromkeys(written))
        rates = _rates(container)
        return Labels(known, tuple(created), tuple(lasts.items()), rates, *_decoded(container))
    return Labels()


def _in_pictures(container: InputContainer) -> Iterator[str]:
    with suppress(Exception):
        stream: VideoStream = streams.pictures(container)
        for packet in islice(streams.packets(container, stream, Allowance(1.0)), _PACKETS):
            if found := _IN_PICTURES.search(bytes(packet)):
                yield clean(found[0].decode("ascii"), _MOST_CHARACTERS) or ""
                return


def _decoded(container: InputContainer) -> tuple[tuple[tuple[int, int], ...], float]:
    with suppress(Exception):
        stream = streams.pictures(container)
        container.seek(0, stream=stream)
        frame = next(streams.frames(container, stream, Allowance(1.0)), None)
        if frame:
            codec = stream.codec_context
            sizes = (codec.coded_width, codec.coded_height), (frame.width, frame.height)
            return sizes, float(stream.sample_aspect_ratio or 1)
    return (), 1.0


def _rates(container: InputContainer) -> tuple[float, float] | None:
    """None where the pictures' data say nothing, or the file does not play them evenly. MPEG-4 says
    how finely it tells times, not how many pictures there are."""
    with suppress(Exception):
        stream = streams.pictures(container)
        codec = stream.codec_context
        coded = float(codec.framerate or 0)
        if codec.name not in _TIMED or not coded or not stream.time_base:
            return None
        container.seek(0, stream=stream)
        packets = islice(streams.packets(container, stream, Allowance(1.0)), _TIMES)
        times = sorted(packet.pts for packet in packets if packet.pts is not None)
        apart = [b - a for a, b in pairwise(times[:-_REORDERED])]
        if len(apart) < _FEWEST or max(apart) - min(apart) > max(1, _EVEN * max(apart)):
            return None
        return coded, len(apart) / float(sum(apart) * stream.time_base)
    return None
