"""A part of the sound of a film or a recording, as plain samples, for people to hear."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from verify.lab.reading_at import Content
from verify.lab.samples import heard_first, mono
from verify.lab.streams import Allowance, opened
from verify.lab.wire import SOUND_RATE

_SECONDS = 10.0  # of the clock


def part(content: Content, media_type: str, begin_ms: int, end_ms: int) -> bytes:
    """The sound between these times, in milliseconds: mono, SOUND_RATE samples a second, 16 bits
    each, little-endian. As much of it as can be decoded; b"" where there is none."""
    pieces, wanted = [np.zeros(0, np.float32)], (end_ms - begin_ms) * SOUND_RATE // 1000
    left = wanted
    with suppress(Exception), opened(content, media_type) as container:  # hostile input
        if stream := heard_first(container):
            begins = begin_ms / 1000
            if begin_ms and stream.time_base:
                container.seek(int(begins / stream.time_base), stream=stream)
            for piece in mono(container, stream, Allowance(_SECONDS), SOUND_RATE, begins):
                pieces.append(piece[:left])
                left -= len(pieces[-1])
                if not left:
                    break
    samples = np.clip(np.nan_to_num(np.concatenate(pieces)), -1, 1)
    return np.rint(samples * 32767).astype("<i2").tobytes()
