"""Frames of a film at given times, and the ones before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from verify.lab import streams
from verify.lab.reading_at import Content
from verify.lab.streams import Allowance

_NEAR = 3.0  # seconds ahead, within which decoding on is no dearer than seeking
_EARLIER = (0, 1000, 10_000, 1 << 32)  # ms: some containers lead to a later picture than asked for
_CLOCK, _PROCESSOR = 15.0, 11.0  # seconds, for all of them


def frames_at(
    content: Content, media_type: str, times: Sequence[int], side: int, step: int = 0
) -> list[tuple[int, Image.Image]]:
    """The frames that are shown at these times, in milliseconds, with when each begins.

    times: in their order. step: -1 for the frame before, 1 for the one after. side: the longest, in
    pixels. Those that cannot be decoded are left out; upright RGB.
    """
    found: list[tuple[int, Image.Image]] = []
    with suppress(Exception), streams.opened(content, media_type) as container:  # hostile input
        stream = streams.pictures(container)
        seeker = _Seeker(container, stream)
        for wanted in times:
            frame = seeker.frame(wanted, step)
            if frame is None:
                continue
            if found and seeker.out_of_time:  # it may be of an earlier moment
                break
            at_ms = _at(frame, stream)
            found.append((at_ms, streams.picture(frame, stream, side)))
    return found


def reel(
    content: Content, media_type: str, begin_ms: int, most: int, side: int
) -> list[tuple[int, Image.Image]]:
    """The frames that begin at this time or later, one after the other, each with when it does.

    most: how many at most. Fewer where the film ends, or where no time is left. Of those that begin
    within the same millisecond one is given.
    """
    found: list[tuple[int, Image.Image]] = []
    with suppress(Exception), streams.opened(content, media_type) as container:  # hostile input
        stream = streams.pictures(container)
        for frame in _Seeker(container, stream).onwards(begin_ms):
            at_ms = _at(frame, stream)
            if at_ms >= begin_ms and (not found or at_ms > found[-1][0]):
                found.append((at_ms, streams.picture(frame, stream, side)))
            if len(found) == most:
                break
    return found


class _Seeker:
    """Goes through a film forwards, and back where it must."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self._allowance = Allowance(_CLOCK, _PROCESSOR)
        self._left: Iterator[VideoFrame] = streams.frames(container, stream, self._allowance)
        self._shown: VideoFrame | None = None  # the last that was decoded

    @property
    def out_of_time(self) -> bool:
        """Whether no more is decoded."""
        return not self._allowance.left()

    def frame(self, wanted: int, step: int) -> VideoFrame | None:
        """The last frame that begins by then; the one before it, or after, by `step`."""
        self._go_to(wanted - 1 if step < 0 else wanted)
        before, shown = None, self._shown or next(self._left, None)
        for following in self._left:
            self._shown = following
            if _at(following, self._stream) > wanted:
                return {-1: before, 0: shown, 1: following}[step] or shown
            before, shown = shown, following
        return before if step < 0 and before else shown

    def onwards(self, wanted: int) -> Iterator[VideoFrame]:
        """The frames from one that begins by then, if there is one, to the end."""
        if wanted > 0:
            self._go_to(wanted)
        if self._shown:
            yield self._shown
        yield from self._left

    def _go_to(self, wanted: int) -> None:
        at = _at(self._shown, self._stream) if self._shown else 0
        if at > wanted or wanted - at > _NEAR * 1000:
            for earlier in _EARLIER:
                self._seek((max(0, wanted) - earlier) / 1000)
                if self._shown and _at(self._shown, self._stream) <= wanted:
                    return

    def _seek(self, seconds: float) -> None:
        streams.seek(self._container, self._stream, max(0.0, seconds))
        self._left = streams.frames(self._container, self._stream, self._allowance)
        self._shown = next(self._left, None)


def _at(frame: VideoFrame, stream: VideoStream) -> int:
    return round(streams.shown_from(frame, stream) * 1000)
