"""The sound of a film or a recording: its peaks by time and tone, which last through most edits.

It is made mono at 8 kHz (`lab/samples.py`), cut into frames of 128 ms every 32 ms, and the loudest
points of their spectra are kept, those alone that nothing near them in time and tone surpasses.
Source: Wang, "An Industrial-Strength Audio Search Algorithm", ISMIR 2003; limits as measured by
`benchmarks/sound.py`.
"""

from __future__ import annotations

import io

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from verify.lab import SOUND_VERSION, samples
from verify.lab.reading_at import Content
from verify.lab.samples import Samples
from verify.lab.streams import Allowance, opened
from verify.lab.wire import MOST_PEAKS, MOST_SECONDS
from verify.records import BINS, FINE, LOWEST_BIN, Sound

_RATE, _WINDOW, _HOP = 8000, 1024, 256  # samples
_ACROSS, _ALONG = 25, 11  # bins and frames around a peak, in which it is the loudest
_MARGIN = _ALONG // 2
_SECOND = 32  # frames, of which so many peaks are kept
_BLOCK = 20 * _SECOND  # frames that are looked at together
_FAINTEST = 0.02  # of the spectrum: a tone some 82 dB below the loudest that can be
_AUDIBLE = 1e-3  # of full scale: 60 dB below
_PROCESSOR, _CLOCK = 90.0, 240.0  # seconds, for all of it

NONE = Sound(version=SOUND_VERSION, seconds=0.0)
"""Of a file in which there is no sound."""


def hear(content: Content, media_type: str) -> Sound:
    """Listen to a file for as long as it may cost. One without sound gives a Sound of no seconds.

    Raises what FFmpeg raises on hostile input.
    """
    allowance = Allowance(_CLOCK, _PROCESSOR)
    peaks, wholly = _Peaks(), True
    with opened(content, media_type) as container:
        stream = samples.heard_first(container)
        if stream is None:
            return NONE
        try:
            for piece in samples.mono(container, stream, allowance, _RATE):
                peaks.add(piece)
                if peaks.seconds > MOST_SECONDS:
                    break
            wholly = allowance.left() and peaks.seconds <= MOST_SECONDS
        except Exception:  # of many kinds, on hostile input; what was heard counts
            wholly = False
    return peaks.told(wholly and not allowance.damaged)


def sample() -> bytes:
    """A sound of a moment, in whose decoding all is loaded that decoding needs."""
    file = io.BytesIO()
    with av.open(file, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=44100, layout="stereo")
        noise = (np.random.default_rng(1).normal(0, 3000, (1, 88200))).astype(np.int16)
        frame = AudioFrame.from_ndarray(noise, format="s16", layout="stereo")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


# --- peaks ----------------------------------------------------------------------------------------


class _Peaks:
    """The peaks of a sound that comes piece by piece."""

    def __init__(self) -> None:
        self._window = np.hanning(_WINDOW).astype(np.float32)
        self._pieces: list[Samples] = [np.zeros(_MARGIN * _HOP, np.float32)]
        self._waiting = _MARGIN * _HOP  # samples in the pieces
        self._frame = 0  # the first that is to be looked at
        self._samples = 0
        self._loudest = 0.0
        self._times = [np.zeros(0, np.uint32)]
        self._tones = [np.zeros(0, np.uint16)]

    @property
    def seconds(self) -> float:
        return self._samples / _RATE

    def add(self, samples: Samples) -> None:
        samples = np.clip(np.nan_to_num(samples), -4, 4)
        self._pieces.append(samples)
        self._waiting += len(samples)
        self._samples += len(samples)
        self._loudest = max(self._loudest, float(np.abs(samples).max(initial=0)))
        needed = (_BLOCK + 2 * _MARGIN - 1) * _HOP + _WINDOW
        while self._waiting >= needed:
            together = np.concatenate(self._pieces)
            self._look(together[:needed])
            self._pieces = [together[_BLOCK * _HOP :]]
            self._waiting = len(self._pieces[0])

    def told(self, wholly: bool) -> Sound:
        left = np.concatenate(self._pieces)
        silent = np.zeros(_WINDOW + _MARGIN * _HOP, np.float32)
        self._look(np.concatenate([left, silent]))
        return Sound(
            version=SOUND_VERSION,
            seconds=round(self.seconds, 3),
            silent=self._loudest < _AUDIBLE,
            wholly=wholly,
            times=np.concatenate(self._times).astype("<u4").tobytes(),
            tones=np.concatenate(self._tones).astype("<u2").tobytes(),
        )

    def _look(self, samples: Samples) -> None:
        """Take the peaks of a block, which begins and ends with frames that are not its own."""
        if not samples.any():  # a pause, which a hostile file makes as long as it likes
            self._frame += _BLOCK
            return
        cut = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
        spectrum = np.abs(np.fft.rfft(cut * self._window, axis=1)).astype(np.float32)
        times, bins = _summits(spectrum)
        tones = np.rint((bins + _beside(spectrum, times, bins)) * FINE)
        kept = _loudest(times, spectrum[times, bins])
        self._times.append((times[kept] - _MARGIN + self._frame).astype(np.uint32))
        self._tones.append(tones[kept].astype(np.uint16))
        self._frame += _BLOCK


def _summits(spectrum: Samples) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Frames and bins that nothing around them surpasses. spectrum: (frames, 513)."""
    highest = _running_maximum(_running_maximum(spectrum.T, _ACROSS).T, _ALONG)
    own = spectrum[_MARGIN : len(spectrum) - _MARGIN]
    peak = (own == highest[_MARGIN : len(spectrum) - _MARGIN]) & (own > _FAINTEST)
    peak[:, :LOWEST_BIN] = peak[:, BINS - 1 :] = False
    times, bins = np.nonzero(peak[:_BLOCK])
    return times + _MARGIN, bins


def _running_maximum(values: Samples, wide: int) -> Samples:
    """The maximum over `wide` rows around each. values: (n, m), not negative."""
    edge = np.zeros((wide // 2, values.shape[1]), np.float32)
    highest, reach = np.concatenate([edge, values, edge]), 1
    while reach < wide:
        step = min(reach, wide - reach)
        highest = np.maximum(highest[:-step], highest[step:])
        reach += step
    return highest


def _beside(
    spectrum: Samples, times: NDArray[np.intp], bins: NDArray[np.intp]
) -> NDArray[np.float64]:
    """How far beside its bin each peak's tone lies, from -0.5 to 0.5, by a parabola."""
    low, own, high = (
        np.log(spectrum[times, bins + step].astype(np.float64) + 1e-9) for step in (-1, 0, 1)
    )
    bend = low - 2 * own + high
    flat = np.abs(bend) < 1e-6
    beside: NDArray[np.float64] = 0.5 * (low - high) / np.where(flat, 1, bend)
    return np.where(flat, 0, beside).clip(-0.5, 0.5)


def _loudest(times: NDArray[np.intp], levels: Samples) -> NDArray[np.bool_]:
    """The loudest of each second."""
    second = (times - _MARGIN) // _SECOND
    order = np.lexsort((-levels, second))
    first = np.searchsorted(second[order], second[order])  # where the second of each begins
    rank = np.empty(len(times), np.intp)
    rank[order] = np.arange(len(times)) - first
    kept: NDArray[np.bool_] = rank < MOST_PEAKS
    return kept
