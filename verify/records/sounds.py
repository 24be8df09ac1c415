"""What is heard in a film or a recording, and where the same was heard before."""

from __future__ import annotations

from verify.records.record import Record

FRAMES_A_SECOND = 31.25
"""Of a sound's peaks."""
BINS, FINE, LOWEST_BIN = 512, 32, 4
"""Bins of 7.8125 Hz; parts of one in which a tone is told; the first: below hums the mains, and
what a microphone touches."""


class Sound(Record, frozen=True):
    """The sound of a film or a recording, as far as it was heard: its peaks by time and tone.

    version: of the way it was listened to. seconds: how long it was heard, 0 where there is none.
    silent: whether nothing in it can be heard. wholly: whether it was heard to its end. times: of
    the peaks, uint32 each, ascending, in frames of 32 ms. tones: their frequencies, uint16 each, in
    32nds of 7.8125 Hz. Both little-endian.
    """

    version: int
    seconds: float
    silent: bool = False
    wholly: bool = True
    times: bytes = b""
    tones: bytes = b""


class Passage(Record, frozen=True):
    """A part of a sound that was heard earlier, in seconds of each.

    speed: how fast the earlier one runs in the later one; 1.06 is played faster.
    """

    begins: float
    ends: float
    earlier_begins: float
    earlier_ends: float
    speed: float


class Heard(Record, frozen=True):
    """Two files with the same sound in parts of them, the longest first.

    exhibit_id, sha256, case_id: the later one's; 0 and "" where it is not kept. film, earlier_film:
    whether pictures were seen in it.
    """

    exhibit_id: int
    earlier_exhibit_id: int
    sha256: str
    earlier_sha256: str
    case_id: int
    earlier_case_id: int
    passages: tuple[Passage, ...]
    film: bool = False
    earlier_film: bool = False
