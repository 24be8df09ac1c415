"""The sound of a film or a recording as plain samples, mono.

FFmpeg decodes it, through PyAV: with the one container that the file begins with, no protocol, and
no codec but those that sound is coded with.
"""

from __future__ import annotations

from collections.abc import Iterator

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.filter import Graph
from numpy.typing import NDArray

from verify.lab.streams import Allowance, decoded

_GAP, _LONGEST_GAP = 0.1, 600.0  # seconds without sound within it that are counted
_CODECS = {
    *("aac", "aac_latm", "mp1float", "mp2float", "mp3float", "mp1", "mp2", "mp3", "ac3", "eac3"),
    *("opus", "libopus", "vorbis", "flac", "alac", "amrnb", "amrwb", "libopencore_amrnb"),
    *("libopencore_amrwb", "wmav1", "wmav2", "adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt", "gsm"),
    *("gsm_ms", "libgsm", "speex", "libspeex"),
}

Samples = NDArray[np.float32]


def heard_first(container: InputContainer) -> AudioStream | None:
    """The first stream of sound that may be decoded."""
    for stream in container.streams.audio:
        codec = stream.codec_context
        if codec is not None and (codec.name in _CODECS or codec.name.startswith("pcm_")):
            codec.thread_count, codec.thread_type = 1, "NONE"  # threads are counted
            return stream
    return None


def mono(
    container: InputContainer,
    stream: AudioStream,
    allowance: Allowance,
    rate: int,
    begins: float = 0.0,
) -> Iterator[Samples]:
    """From here on, so many a second, piece by piece; what is missing within is silent.

    begins: from when on, in seconds; what comes before is left out.
    """
    resampler, reached, early = _Resampler(rate), 0, 0  # samples after that moment, and before
    start = (container.start_time or 0) / av.time_base + begins
    for frame in decoded(container, stream, allowance):
        if not isinstance(frame, AudioFrame) or not frame.samples or frame.is_corrupt:
            continue
        at = frame.time
        if at is not None:
            if begins and at + frame.samples / frame.sample_rate <= start:
                continue
            if begins and not reached:
                early = max(0, round((start - at) * rate))
            gap = at - start - reached / rate
            if _GAP < gap < _LONGEST_GAP:
                silent = np.zeros(round(gap * rate), np.float32)
                reached += len(silent)
                yield silent
        for piece in resampler.resample(frame):
            later, early = piece[early:], max(0, early - len(piece))
            reached += len(later)
            yield later


class _Resampler:
    """Makes any sound mono. PyAV's own asks for as many threads as there are cores."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._graph: Graph | None = None
        self._of: tuple[int, str, str] | None = None

    def resample(self, frame: AudioFrame) -> Iterator[Samples]:
        kind = frame.sample_rate, frame.format.name, frame.layout.name
        if self._graph is None or kind != self._of:
            self._graph, self._of = _graph(*kind, self._rate), kind
        frame.pts = None
        self._graph.push(frame)
        while True:
            try:
                out = self._graph.pull()
            except (BlockingIOError, EOFError):  # it wants more
                return
            if isinstance(out, AudioFrame):
                yield out.to_ndarray()[0].astype(np.float32)


def _graph(rate: int, form: str, layout: str, wanted_rate: int) -> Graph:
    graph = Graph()
    graph.threads = 1
    source = graph.add(
        "abuffer",
        sample_rate=str(rate),
        sample_fmt=form,
        channel_layout=layout,
        time_base=f"1/{rate}",
    )
    wanted = graph.add(
        "aformat", sample_rates=str(wanted_rate), sample_fmts="flt", channel_layouts="mono"
    )
    sink = graph.add("abuffersink")
    source.link_to(wanted)
    wanted.link_to(sink)
    graph.configure()
    return graph
