"""In which earlier sounds one runs: likely ones first, then all landmarks of each."""

from __future__ import annotations

from collections.abc import Callable, Collection

from verify.matching.landmarks import landmarks
from verify.matching.passages import passages
from verify.matching.sound_index import SoundIndex
from verify.records import Passage, Sound

_MOST = 20  # sounds that are looked at
_SPEEDS = tuple(  # of a tape, where nothing runs as it was: the next ones first
    round(1 + sign * step / 100, 2) for step in range(1, 7) for sign in (1, -1)
)


def find(
    sound: Sound,
    index: SoundIndex,
    sound_of: Callable[[int], Sound | None],
    leave_out: Collection[int] = (),
) -> dict[int, tuple[Passage, ...]]:
    """The sounds that run in one, by their numbers, with where.

    sound_of: a sound by its number; None where there is none any more.
    """
    for speed in (1.0, *_SPEEDS):
        if found := _at(speed, sound, index, sound_of, leave_out):
            return found
    return {}


def _at(
    speed: float,
    sound: Sound,
    index: SoundIndex,
    sound_of: Callable[[int], Sound | None],
    leave_out: Collection[int],
) -> dict[int, tuple[Passage, ...]]:
    own, found = landmarks(sound, speed), {}
    for candidate in index.candidates(own, _MOST, leave_out):
        earlier = sound_of(candidate.number)
        runs = earlier and passages(own, landmarks(earlier), speed, candidate.rarity)
        if runs:
            found[candidate.number] = tuple(runs)
    return found
