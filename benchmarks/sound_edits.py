"""What happens to a sound between two posts, on mono samples at 16 kHz, encoded for real."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from tests.sounding import RATE, Samples, recorded

Edit = Callable[[Samples, Samples, np.random.Generator], bytes]
"""A stretch of a sound, another sound to mix it with, chance: the file as it comes in."""


def decoded(data: bytes, begin: float = 0, seconds: float = 1e9) -> Samples:
    """A part of a file, mono at 16 kHz. Raises what FFmpeg raises."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    pieces, count = [np.zeros(0, np.float32)], 0
    with av.open(io.BytesIO(data), "r") as container:
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                pieces.append(piece.to_ndarray()[0])
                count += piece.samples
            if count > (begin + seconds) * RATE:
                break
    first = round(begin * RATE)
    return np.concatenate(pieces)[first : first + round(min(seconds, 1e6) * RATE)]


def _opus(sound: Samples) -> bytes:
    return recorded(sound)


def _noisy(decibels: float) -> Edit:
    """With noise so far below it."""

    def edit(sound: Samples, other: Samples, rng: np.random.Generator) -> bytes:
        noise = rng.standard_normal(len(sound)).astype(np.float32)
        return _opus(_mixed(sound, noise, -decibels))

    return edit


def _under(decibels: float) -> Edit:
    """Under another sound, so much louder."""
    return lambda sound, other, rng: _opus(_mixed(sound, other, decibels))


def _mixed(sound: Samples, other: Samples, louder: float) -> Samples:
    """louder: the other, in decibels."""
    other = np.resize(other, len(sound))
    both = sound + other * (_level(sound) / _level(other) * 10 ** (louder / 20))
    fits: Samples = (both / max(1.0, np.abs(both).max())).astype(np.float32)
    return fits


def _level(sound: Samples) -> float:
    return float(np.sqrt((sound**2).mean())) + 1e-9


def _faster(speed: float) -> Edit:
    """As a tape: pitch and tempo."""

    def edit(sound: Samples, other: Samples, rng: np.random.Generator) -> bytes:
        at = np.arange(0, len(sound) - 1, speed)
        return _opus(np.interp(at, np.arange(len(sound)), sound).astype(np.float32))

    return edit


def _tempo(speed: float) -> Edit:
    """The pitch stays."""
    return lambda sound, other, rng: _opus(_filtered(sound, "atempo", str(speed)))


def _filtered(sound: Samples, name: str, options: str) -> Samples:
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format="flt", layout="mono", time_base=Fraction(1, RATE)
    )
    graph.link_nodes(source, graph.add(name, options), graph.add("abuffersink")).configure()
    frame = AudioFrame.from_ndarray(sound[None], format="flt", layout="mono")
    frame.sample_rate = RATE
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            pieces.append(graph.pull().to_ndarray()[0])
        except (BlockingIOError, EOFError):
            return np.concatenate(pieces)


def _band(sound: Samples, other: Samples, rng: np.random.Generator) -> bytes:
    """As over a telephone: AMR, to 3.4 kHz."""
    return recorded(sound, "amr", "amr_nb", 8000)


EDITS: dict[str, Edit] = {
    "AAC, 32 kbit/s": lambda sound, other, rng: recorded(sound, "mp4", "aac", 32000, 32000),
    "Opus, 16 kbit/s": lambda sound, other, rng: recorded(sound, rate=48000, bits=16000),
    "telephone, AMR": _band,
    "quiet, -30 dB": lambda sound, other, rng: _opus(sound * np.float32(0.03)),
    "noise 10 dB below": _noisy(10),
    "noise 5 dB below": _noisy(5),
    "noise as loud": _noisy(0),
    "under others 6 dB below": _under(-6),
    "under others as loud": _under(0),
    "under others 6 dB louder": _under(6),
    "tempo 0.97": _tempo(0.97),
    "tempo 1.03": _tempo(1.03),
    "tape 0.94": _faster(0.94),
    "tape 0.975": _faster(0.975),
    "tape 1.005": _faster(1.005),
    "tape 1.015": _faster(1.015),
    "tape 1.03": _faster(1.03),
    "tape 1.042": _faster(1.042),
    "tape 1.06": _faster(1.06),
}
