"""How well a sound is found again: recall by edit, false finds, cost.

    python -m benchmarks.sound FOLDER... [--queries 40] [--seconds 12] [--seed 1] [--copies 1]

Each folder is a collection of sound files of its own, such as a Debian package of music or of
spoken prompts; files shorter than 20 seconds are joined to longer ones. Half of all sounds are
archived, a minute of each; parts of these are edited, encoded, heard and looked for. The rest is
not archived: what is found for it in another collection is false; within the same one it may be
the same loop or prompt, and is printed to be listened to. --copies puts the archive in several
times, at other speeds, so that it is as large as that of a desk.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.sound_edits import EDITS, decoded
from tests.sounding import RATE, Samples, recorded
from verify.formats import SOUNDS
from verify.lab.sniffing import sniff
from verify.lab.sound import hear
from verify.matching.landmarks import landmarks
from verify.matching.sound_index import SoundIndex
from verify.matching.sounds import find
from verify.records import Sound

_SHORT, _ARCHIVED = 20, 60  # seconds


@dataclass(frozen=True)
class Piece:
    """A sound of a collection. samples: mono at 16 kHz."""

    name: str
    collection: str
    samples: Samples


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", type=int, default=1)
    told = parser.parse_args()
    rng = np.random.default_rng(told.seed)
    pieces = [piece for folder in told.folders for piece in _pieces(folder)]
    rng.shuffle(pieces)
    archived, others = pieces[::2], pieces[1::2]
    sounds, index = _archived(archived, told.copies)
    if told.queries:
        _recall(archived, others, sounds, index, told, rng)
    _false(archived, others, sounds, index)


def _pieces(folder: Path) -> Iterator[Piece]:
    """The sounds below a folder, short ones joined."""
    waiting: list[Samples] = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or sniff(data := path.read_bytes()) not in SOUNDS:
            continue
        try:
            samples = decoded(data, 0, _ARCHIVED + 20)
        except Exception as error:  # not a sound, or not one that this FFmpeg knows
            print(f"left out {path.name}: {type(error).__name__}")
            continue
        if len(samples) >= _SHORT * RATE:
            yield Piece(path.name, folder.name, samples[-_ARCHIVED * RATE :])
            continue
        waiting.append(samples)
        if sum(map(len, waiting)) >= _ARCHIVED * RATE:
            yield Piece(f"to {path.name}", folder.name, np.concatenate(waiting))
            waiting = []


def _archived(archived: list[Piece], copies: int) -> tuple[list[Sound], SoundIndex]:
    """Heard and indexed; what that costs."""
    sounds, index = [], SoundIndex()
    files = [recorded(piece.samples, "wav", "pcm_s16le", RATE) for piece in archived]
    encoded = time.process_time()
    for file in files:
        sounds.append(hear(file, "audio/wav"))
    heard = time.process_time()
    for number, sound in enumerate(sounds):
        for copy in range(copies):
            speed = 1 + 0.11 * copy
            index.add(number + copy * len(sounds), landmarks(sound, speed))
    done = time.process_time()
    minutes = sum(sound.seconds for sound in sounds) / 60
    stored = sum(len(sound.times) + len(sound.tones) for sound in sounds)
    print(
        f"{len(sounds)} sounds, {minutes:.0f} minutes, archived {copies} times: heard in"
        f" {(heard - encoded) / minutes:.2f} s of the processor's time a minute, indexed in"
        f" {(done - heard) / minutes / copies:.3f}; {stored / minutes / 1000:.1f} KB a minute"
        f" stored, {8 * index.held / minutes / copies / 1000:.1f} in memory"
        f" ({8 * index.held / 1e6:.0f} MB)"
    )
    return sounds, index


def _recall(
    archived: list[Piece],
    others: list[Piece],
    sounds: list[Sound],
    index: SoundIndex,
    told: argparse.Namespace,
    rng: np.random.Generator,
) -> None:
    print(f"\n{told.queries} parts of {told.seconds:g} s, seed {told.seed}")
    print(f"{'edit':26} found offset  ends  other  cost")
    for name, edit in EDITS.items():
        right = within = wrong = 0
        offsets: list[float] = []
        cost = 0.0
        for query in range(told.queries):
            number = query % len(archived)
            piece = archived[number]
            room = len(piece.samples) / RATE - told.seconds
            begin = float(rng.uniform(0, room))
            part = piece.samples[round(begin * RATE) : round((begin + told.seconds) * RATE)]
            other = others[int(rng.integers(len(others)))].samples
            file = edit(part, other, rng)
            sound = hear(file, sniff(file))
            began = time.process_time()
            found = find(sound, index, lambda one: sounds[one] if one < len(sounds) else None)
            cost += time.process_time() - began
            wrong += sum(archived[one].collection != piece.collection for one in found)
            if number not in found:
                continue
            right += 1
            passage = found[number][0]
            offsets.append(abs(passage.earlier_begins - passage.begins * passage.speed - begin))
            lasts = sound.seconds
            within += passage.begins < 1 and passage.ends > lasts - 1
        share = right / told.queries
        median = float(np.median(offsets)) if offsets else float("nan")
        print(
            f"{name:26} {share:5.2f} {median:6.2f} {within / max(1, right):5.2f} {wrong:6}"
            f" {cost / told.queries:5.2f}",
            flush=True,
        )


def _false(
    archived: list[Piece], others: list[Piece], sounds: list[Sound], index: SoundIndex
) -> None:
    """What is found for sounds that are not in the archive."""
    finds: dict[bool, list[str]] = defaultdict(list)
    minutes, cost = 0.0, 0.0
    for piece in others:
        sound = hear(recorded(piece.samples, "wav", "pcm_s16le", RATE), "audio/wav")
        minutes += sound.seconds / 60
        began = time.process_time()
        found = find(sound, index, lambda one: sounds[one] if one < len(sounds) else None)
        cost += time.process_time() - began
        for number, passages_ in found.items():
            earlier = archived[number]
            line = f"{piece.name} / {earlier.name}: {passages_[0]}"
            finds[earlier.collection == piece.collection].append(line)
    print(f"\nnot archived: {len(others)} sounds, {minutes:.0f} minutes, against {len(archived)}")
    print(f"looked for in {cost / minutes:.2f} s of the processor's time a minute")
    print(f"found in another collection, which is false: {len(finds[False])}")
    print(f"found in the same collection: {len(finds[True])}")
    for line in (*finds[False], *finds[True]):
        print(f"  {line}")


if __name__ == "__main__":
    main()
