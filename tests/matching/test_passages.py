"""Sounds are found by their landmarks: where they run, at which speed, and never by chance."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.sounding import RATE, Samples, recorded, street
from verify.lab.examine import heard
from verify.matching.landmarks import Landmarks, landmarks
from verify.matching.passages import passages
from verify.matching.sound_index import SoundIndex
from verify.matching.sounds import find
from verify.records import Sound


def listened(sound: Samples) -> Sound:
    return heard(recorded(sound, "wav", "pcm_s16le", RATE))


@cache
def archived(seed: int) -> Sound:
    return listened(street(seed, 20))


def filled(*seeds: int, **options: int) -> SoundIndex:
    index = SoundIndex(**options)
    for seed in seeds:
        index.add(seed, landmarks(archived(seed)))
    return index


def part(seed: int, begin: float, end: float) -> Samples:
    return street(seed, 20)[round(begin * RATE) : round(end * RATE)]


def test_several_parts_are_told_each_with_its_times() -> None:
    query = listened(np.concatenate([part(1, 10, 16), street(9, 4), part(1, 2, 8), part(2, 3, 9)]))
    found = find(query, filled(1, 2, 3, 4), archived)
    assert set(found) == {1, 2}
    lies = sorted((one.begins, one.ends, one.earlier_begins) for one in found[1])
    assert np.allclose(lies, [(0, 6, 10), (10, 16, 2)], atol=0.4)
    assert found[2][0].begins == pytest.approx(16, abs=0.4)


@pytest.mark.parametrize("speed", [0.94, 1.005, 1.042, 1.06])
def test_a_tape_at_another_speed_is_told_with_it(speed: float) -> None:
    sound = street(1, 20)
    at = np.arange(0, len(sound) - 1, speed)
    query = listened(np.interp(at, np.arange(len(sound)), sound).astype(np.float32))
    (passage,) = find(query, filled(1, 2), archived)[1]
    assert passage.speed == pytest.approx(speed, abs=0.004)
    assert passage.ends - passage.begins == pytest.approx(20 / speed, abs=1)
    assert passage.earlier_ends - passage.earlier_begins == pytest.approx(20, abs=1)


def test_a_click_that_many_landmarks_begin_in_is_no_passage() -> None:
    click = Landmarks(np.arange(40, dtype=np.uint32) << 14, np.full(40, 7, np.int64))
    assert passages(click, click) == []


def test_what_is_unrelated_is_not_found() -> None:
    index = filled(1, 2, 3, 4)
    assert find(listened(street(9, 20)), index, archived) == {}
    assert find(listened(np.zeros(9 * RATE, np.float32)), index, archived) == {}
    noise = np.random.default_rng(5).normal(0, 0.1, 9 * RATE).astype(np.float32)
    assert find(listened(noise), index, archived) == {}


def test_tones_that_go_on_are_no_sound_of_their_own() -> None:
    at = np.arange(15 * RATE) / RATE
    hum = sum((np.sin(2 * np.pi * 50 * k * at) / k for k in range(1, 30)), at * 0) * 0.2
    beeps = np.sin(2 * np.pi * 1000 * at) * (at % 1 < 0.3) * 0.5
    siren = np.sin(2 * np.pi * 800 * at + 300 * np.sin(np.pi * at)) * 0.5
    rng = np.random.default_rng(4)
    for one in (hum, beeps, siren, np.sin(2 * np.pi * 440 * at)):
        index = SoundIndex()
        first = listened(one.astype(np.float32))
        index.add(1, landmarks(first))
        again = (np.roll(one, 5000) + rng.normal(0, 0.003, len(at))).astype(np.float32)
        assert find(listened(again), index, {1: first}.get) == {}


def test_what_is_forgotten_or_replaced_is_found_no_more() -> None:
    index, query = filled(1, 2, 3), landmarks(archived(2))
    assert [one.number for one in index.candidates(query, 1)] == [2]
    assert index.candidates(query, 1, leave_out={2}) == []
    index.remove(2)
    assert index.candidates(query, 1) == [] and index.numbers == {1, 3}
    index.add(3, query)
    assert [one.number for one in index.candidates(query, 1)] == [3]
    assert index.candidates(landmarks(archived(3)), 1) == []


def test_an_index_that_is_full_holds_fewer_landmarks_of_each() -> None:
    whole = filled(*range(1, 9))
    small = filled(*range(1, 9), most=whole.held // 3)
    assert small.held <= whole.held // 3
    for seed in range(1, 9):
        assert small.candidates(landmarks(archived(seed)), 1)[0].number == seed


def test_what_hundreds_share_counts_little() -> None:
    jingle, index = street(7, 4), SoundIndex()
    sounds = {n: listened(np.concatenate([jingle, street(100 + n, 2)])) for n in range(8)}
    for copy in range(40):
        for number, one in sounds.items():
            index.add(8 * copy + number, landmarks(one))
    query = landmarks(listened(np.concatenate([street(8, 3), jingle])))
    (best,) = index.candidates(query, 1)
    assert best.rarity < 0.1
    lone = passages(query, landmarks(sounds[0]))
    assert lone and not passages(query, landmarks(sounds[0]), rarity=0.02)
