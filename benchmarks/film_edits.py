"""What happens to footage on its way: each edit makes frames of frames, and tells what shows what.

An edit of pictures (`benchmarks.edits`) is drawn once and done to every frame alike. What the
edits make is encoded for real by `encoded`, at the rate and by the codec that belong to them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import av
import cv2
import numpy as np

from benchmarks import edits
from benchmarks.lettering import Picture

RATE = 20  # frames a second
_SIDE = 426  # pixels, as messengers send

Frames = Sequence[Picture]


@dataclass(frozen=True)
class Source:
    """A clip that was archived. number: which. frames: RATE a second, RGB."""

    number: int
    frames: Frames


@dataclass(frozen=True)
class Piece:
    """From when to when of an edit shows from when to when of a clip, in seconds."""

    source: int
    begins: float
    ends: float
    earlier_begins: float
    earlier_ends: float


@dataclass(frozen=True)
class Edited:
    """The frames of an edit, how they are encoded, and what they show."""

    frames: Frames
    pieces: tuple[Piece, ...]
    rate: float = RATE
    form: str = "mp4"
    codec: str = "libx264"
    options: tuple[tuple[str, str], ...] = (("crf", "30"), ("preset", "veryfast"))


Edit = Callable[[Source, float, np.random.Generator, Sequence[Source]], Edited]
_LASTS = 6.0  # seconds of a clip that an edit takes


def encoded(edited: Edited) -> bytes:
    """The file."""
    file = io.BytesIO()
    height, width = (side // 2 * 2 for side in edited.frames[0].shape[:2])
    with av.open(file, "w", format=edited.form) as container:
        stream = container.add_stream(edited.codec, round(edited.rate), dict(edited.options))
        stream.width, stream.height = width, height
        stream.pix_fmt = "rgb8" if edited.codec == "gif" else "yuv420p"
        for picture in edited.frames:
            frame = av.VideoFrame.from_ndarray(
                np.ascontiguousarray(picture[:height, :width]), "rgb24"
            )
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()


def _taken(source: Source, start: float, seconds: float = _LASTS) -> tuple[Frames, float, float]:
    """The frames from `start` on, and from when to when these are."""
    first = round(start * RATE)
    frames = [*source.frames[first : first + round(seconds * RATE)]]
    return frames, first / RATE, (first + len(frames)) / RATE


def _small(frames: Frames, side: int = _SIDE) -> Frames:
    scale = min(1.0, side / max(frames[0].shape[:2]))
    size = tuple(max(2, round(length * scale) // 2 * 2) for length in frames[0].shape[1::-1])
    return [cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in frames]


def _whole(source: Source, start: float, made: Callable[[Frames], Frames], **how: object) -> Edited:
    frames, begins, ends = _taken(source, start)
    piece = Piece(source.number, 0, len(frames) / RATE, begins, ends)
    return Edited(made(frames), (piece,), **how)  # type: ignore[arg-type]


def _every(name: str) -> Edit:
    """An edit of pictures done to every frame, and small as a messenger sends it."""

    def edit(
        source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
    ) -> Edited:
        seed = int(rng.integers(1 << 31))
        stills = [one.frames[len(one.frames) // 2] for one in others if one.number != source.number]

        def one(frame: Picture) -> Picture:
            drawn = np.random.default_rng(seed)
            return edits.EDITS[name](edits.original(frame), drawn, stills).pixels

        return _whole(source, start, lambda frames: _small([one(frame) for frame in frames]))

    return edit


def _messenger(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """Small and coarse."""
    return _whole(source, start, _small, options=(("crf", "34"), ("preset", "veryfast")))


def _vp9(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    return _whole(
        source, start, _small, form="webm", codec="libvpx-vp9",
        options=(("deadline", "realtime"), ("cpu-used", "8"), ("b", "250k")),
    )  # fmt: skip


def _gif(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    frames, begins, ends = _taken(source, start)
    piece = Piece(source.number, 0, len(frames) / RATE, begins, ends)
    return Edited(_small(frames[::2], 320), (piece,), RATE / 2, "gif", "gif", ())


def _cut(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """Three seconds taken out of the middle."""
    before, b0, b1 = _taken(source, start, 3.4)
    after, a0, a1 = _taken(source, start + 6.4, 3.1)
    if len(after) < RATE * 2:
        before, b0, b1 = _taken(source, 0, 2.6)
        after, a0, a1 = _taken(source, max(0, len(source.frames) / RATE - 2.7), 2.7)
    at, end = len(before) / RATE, (len(before) + len(after)) / RATE
    pieces = (Piece(source.number, 0, at, b0, b1), Piece(source.number, at, end, a0, a1))
    return Edited(_small(before + after), pieces)


def _montage(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """Six clips, two seconds of each."""
    frames: Frames = []
    pieces = []
    picked = [source, *(one for one in others if one.number != source.number)][:6]
    size = _small(source.frames[:1])[0].shape[1::-1]
    for one in picked:
        room = max(0.0, len(one.frames) / RATE - 2.1)
        part, begins, ends = _taken(one, float(rng.uniform(0, room)), 2.0)
        at = len(frames) / RATE
        frames += [cv2.resize(frame, size, interpolation=cv2.INTER_AREA) for frame in part]
        pieces.append(Piece(one.number, at, len(frames) / RATE, begins, ends))
    return Edited(frames, tuple(pieces))


def _speed(factor: float) -> Edit:
    def edit(
        source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
    ) -> Edited:
        room = len(source.frames) / RATE
        taken = min(_LASTS * max(1.0, factor), room)
        frames, begins, ends = _taken(source, min(start, max(0.0, room - taken)), taken)
        count = round(len(frames) / factor)
        at = np.minimum((np.arange(count) * factor).astype(int), len(frames) - 1)
        piece = Piece(source.number, 0, count / RATE, begins, ends)
        return Edited(_small([frames[n] for n in at]), (piece,))

    return edit


def _reverse(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    return _whole(source, start, lambda frames: _small(frames[::-1]))


def _blurred_sides(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """Upright, as phones show it: over its own blurred enlargement."""

    def one(frame: Picture) -> Picture:
        height, width = frame.shape[:2]
        ground = cv2.GaussianBlur(cv2.resize(frame, (360, 640)), (0, 0), 20)
        high = round(height * 360 / width)
        high = min(high, 640)
        top = (640 - high) // 2
        ground[top : top + high] = cv2.resize(frame, (360, high), interpolation=cv2.INTER_AREA)
        return ground

    return _whole(source, start, lambda frames: [one(frame) for frame in frames])


def _letterbox(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    def one(frame: Picture) -> Picture:
        pad = round(frame.shape[0] * 0.18)
        return cv2.copyMakeBorder(frame, pad, pad, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0))

    return _whole(source, start, lambda frames: [one(frame) for frame in _small(frames)])


def _beside(share: float) -> Edit:
    """Beside, or within, other footage that moves as well. share: of the width."""

    def edit(
        source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
    ) -> Edited:
        other = next(one for one in others if one.number != source.number)

        def made(frames: Frames) -> Frames:
            grounds = [other.frames[n % len(other.frames)] for n in range(len(frames))]
            grounds = [cv2.resize(one, (480, 270), interpolation=cv2.INTER_AREA) for one in grounds]
            out = []
            for frame, ground in zip(frames, grounds, strict=True):
                if share == 0.5:  # two halves, each filled from the middle
                    both = [_filled(one, 240, 270) for one in (frame, ground)]
                    out.append(np.concatenate(both, axis=1))
                else:
                    width = round(480 * share)
                    height = min(round(width * frame.shape[0] / frame.shape[1]), 250)
                    ground = ground.copy()
                    ground[10 : 10 + height, 470 - width : 470] = cv2.resize(
                        frame, (width, height), interpolation=cv2.INTER_AREA
                    )
                    out.append(ground)
            return out

        edited = _whole(source, start, made)
        seconds = len(edited.frames) / RATE
        ground = min(seconds, len(other.frames) / RATE)
        return replace(edited, pieces=(*edited.pieces, Piece(other.number, 0, ground, 0, ground)))

    return edit


def _filled(frame: Picture, width: int, height: int) -> Picture:
    scale = max(width / frame.shape[1], height / frame.shape[0])
    size = (max(width, round(frame.shape[1] * scale)), max(height, round(frame.shape[0] * scale)))
    large = cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    return large[top : top + height, left : left + width]


def _slide_show(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """One frame of each of four clips, two seconds long."""
    picked = [source, *(one for one in others if one.number != source.number)][:4]
    size = _small(source.frames[:1])[0].shape[1::-1]
    frames: Frames = []
    pieces = []
    for one in picked:
        at = int(rng.integers(0, len(one.frames)))
        begins = len(frames) / RATE
        frames += [cv2.resize(one.frames[at], size, interpolation=cv2.INTER_AREA)] * (2 * RATE)
        pieces.append(Piece(one.number, begins, len(frames) / RATE, at / RATE, at / RATE))
    return Edited(frames, tuple(pieces))


def _chain(
    source: Source, start: float, rng: np.random.Generator, others: Sequence[Source]
) -> Edited:
    """Mirrored, cropped, 1.25 times as fast, a caption over it."""
    fast = _speed(1.25)(source, start, rng, others)
    seed = int(rng.integers(1 << 31))

    def one(frame: Picture) -> Picture:
        height, width = frame.shape[:2]
        part = frame[height // 10 : height * 9 // 10, width // 10 : width * 9 // 10, :][:, ::-1]
        drawn = np.random.default_rng(seed)
        return edits.EDITS["caption"](edits.original(np.ascontiguousarray(part)), drawn, ()).pixels

    return Edited(_small([one(frame) for frame in fast.frames]), fast.pieces)


EDITS: dict[str, Edit] = {
    "messenger": _messenger, "vp9": _vp9, "gif": _gif, "grey": _every("grey"),
    "filter": _every("filter"), "dark, noisy": _every("gamma-noise"), "cut": _cut,
    "montage": _montage, "2x": _speed(2), "1.5x": _speed(1.5), "0.8x": _speed(0.8),
    "0.5x": _speed(0.5), "backwards": _reverse, "mirror": _every("mirror"),
    "turned 90": _every("turn-90"), "tilted": _every("turn-small"), "stretched": _every("stretch"),
    "crop 80 %": _every("crop-80"), "crop 50 %": _every("crop-50"), "crop 25 %": _every("crop-25"),
    "letterbox": _letterbox, "border": _every("border"), "blurred sides": _blurred_sides,
    "caption, logo": _every("caption"), "meme": _every("meme"), "watermark": _every("watermark"),
    "sticker": _every("sticker"), "parts hidden": _every("hidden"), "arrows": _every("arrows"),
    "inset 40 %": _beside(0.4), "split screen": _beside(0.5),
    "filmed screen": _every("screen-photo"), "screen recording": _every("screenshot"),
    "slide show": _slide_show, "chain": _chain,
}  # fmt: skip
