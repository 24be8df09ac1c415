"""How many pictures a film holds, how many of them only repeat the one before.

Compared are the brightnesses of the pictures as they were decoded, of every eighth row and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from av.video.frame import VideoFrame

from verify.records import Finding, Outcome, Pillar, Sentence, say

_STEP = 8  # rows and columns
_MISSING, _MISSING_SHARE = 5, 0.02  # pictures, and of all
_FEW, _REPEATED = 50, 0.15  # pictures; the least share of them


@dataclass
class Count:
    """declared: how many the file says it holds, 0 where it does not say. decoded: all of them.
    repeated: those that are the same as the one before."""

    declared: int = 0
    decoded: int = 0
    repeated: int = 0
    _last: bytes = b""

    def add(self, frame: VideoFrame) -> None:
        """One more, in their order."""
        plane = frame.planes[0]
        whole = np.frombuffer(memoryview(plane), np.uint8)[: plane.line_size * plane.height]
        seen = whole.reshape(plane.height, plane.line_size)[
            ::_STEP, : plane.width : _STEP
        ].tobytes()
        self.decoded += 1
        self.repeated += seen == self._last
        self._last = seen


def counted(count: Count, *, still: bool) -> Iterator[Finding]:
    """Of a film that was decoded wholly. still: it is known that the picture stands for a while."""
    missing = count.declared - count.decoded
    if missing > max(_MISSING, _MISSING_SHARE * count.declared):
        yield _noted(
            "streams",
            say(
                "The file says that it holds {declared} pictures; {decoded} could be decoded.",
                declared=count.declared,
                decoded=count.decoded,
            ),
            say("A file that was cut off or damaged does this."),
        )
    if not still and count.decoded >= _FEW and count.repeated >= _REPEATED * count.decoded:
        yield _noted(
            "pictures",
            say(
                "Of its {decoded} pictures {repeated} are the same as the one before.",
                decoded=count.decoded,
                repeated=count.repeated,
            ),
            say(
                "Films brought to another number of pictures a second have such, and so have "
                "slides, screen recordings and some cameras in the dark."
            ),
        )


def _noted(read_from: str, summary: Sentence, caution: Sentence) -> Finding:
    return Finding(
        check="film",
        pillar=Pillar.PROVENANCE,
        outcome=Outcome.NOTED,
        summary=summary,
        read_from=read_from,
        caution=caution,
        items=("original",),
    )
