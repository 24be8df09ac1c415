"""What is heard in films and recordings, whatever they are coded with and however broken."""

from __future__ import annotations

import io
import random

import av
import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from tests.filmed import filmed
from tests.sounding import RATE, filmed_with, recorded, street
from verify.distrust import ImplausibleError, check_played, check_sound
from verify.lab import sound as listening
from verify.lab.examine import heard, played
from verify.lab.wire import SOUND_RATE, Request
from verify.matching.landmarks import landmarks
from verify.matching.passages import passages
from verify.records import Sound
from verify.sandbox import Sandbox

STREET = street(1, 8)
PLAIN = heard(recorded(STREET, "wav", "pcm_s16le", 16000))
GREY = Image.new("RGB", (64, 48), "grey")


def covered(sound: Sound) -> float:
    """How many seconds of it run in what was heard plainly, at the same time."""
    found = passages(landmarks(sound), landmarks(PLAIN))
    return sum(
        one.ends - one.begins for one in found if abs(one.begins - one.earlier_begins) < 0.15
    )


@pytest.mark.parametrize(
    ("form", "codec", "rate"),
    [
        ("ogg", "libopus", 48000),
        ("mp3", "libmp3lame", 44100),
        ("adts", "aac", 32000),
        ("flac", "flac", 44100),
        ("amr", "amr_nb", 8000),
        ("mov", "pcm_s16le", 44100),
        ("matroska", "ac3", 48000),
        ("avi", "mp2", 44100),
    ],
)
def test_whatever_it_is_coded_with_the_same_is_heard(form: str, codec: str, rate: int) -> None:
    sound = heard(recorded(STREET, form, codec, rate))
    check_sound(sound)
    assert sound.seconds == pytest.approx(8, abs=0.1) and sound.wholly
    assert covered(sound) > 6


def test_the_child_hears_a_film_behind_its_walls(sandbox: Sandbox) -> None:
    assert all(sandbox.walls().values())
    sound = sandbox.hear(filmed_with(STREET, GREY))
    assert sound and covered(sound) > 6


def test_where_there_is_no_sound_none_is_heard(sandbox: Sandbox) -> None:
    for file in (filmed(GREY), b"", b"OggS" + bytes(100), b"\x89PNG\r\n\x1a\n"):
        sound = sandbox.hear(file)
        assert sound is None or (sound.seconds, sound.silent, sound.times) == (0, False, b"")


def test_silence_is_told_from_a_faint_sound() -> None:
    silence = np.zeros(3 * RATE, np.float32)
    assert heard(recorded(silence)).silent
    assert heard(recorded(silence, "mp3", "libmp3lame", 44100)).silent
    assert not heard(recorded(STREET * np.float32(0.02))).silent


def test_of_a_damaged_file_what_is_left_is_heard() -> None:
    data = bytearray(recorded(STREET, "mp3", "libmp3lame", 44100))
    cut = heard(bytes(data[: len(data) // 2]))
    assert 3 < covered(cut) < 5
    seed = random.randrange(1000)
    rng = random.Random(seed)
    for _ in range(40):
        data[rng.randrange(2000, len(data))] = rng.randrange(256)
    sound = heard(bytes(data))
    check_sound(sound)
    assert covered(sound) > 3, f"seed {seed}"


def test_of_a_sound_that_goes_on_for_ever_the_first_hours_are_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "MOST_SECONDS", 3)
    sound = heard(recorded(STREET))
    assert not sound.wholly and 3 <= sound.seconds < 4


def test_a_pause_within_a_sound_counts() -> None:
    """A container may leave out what is silent; what follows stays at its time."""
    file = recorded(STREET, "matroska", "ac3", 48000)
    later = heard(_with_a_gap(file, 3.0))
    assert later.seconds == pytest.approx(11, abs=0.2)


def _with_a_gap(file: bytes, seconds: float) -> bytes:
    """The second half of a recording comes so much later; nothing is decoded."""
    out = io.BytesIO()
    with av.open(io.BytesIO(file), "r") as source, av.open(out, "w", format="matroska") as target:
        stream = source.streams.audio[0]
        copy = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.pts is None or packet.dts is None:
                continue
            if float(packet.pts * packet.time_base) > 4:
                packet.pts += round(seconds / packet.time_base)
                packet.dts += round(seconds / packet.time_base)
            packet.stream = copy
            target.mux(packet)
    return out.getvalue()


@pytest.mark.parametrize(
    "lie",
    [
        {"seconds": -1.0},
        {"seconds": 1e9},
        {"seconds": float("nan")},
        {"times": PLAIN.times[:-1]},
        {"tones": PLAIN.tones + PLAIN.tones[:2]},
        {"times": PLAIN.times[::-1]},
        {"times": b"\xff" * len(PLAIN.times)},
        {"times": bytes(len(PLAIN.times))},
        {"tones": b"\xff" * len(PLAIN.tones)},
        {"version": 99},
    ],
)
def test_what_no_honest_lab_hears_is_not_believed(lie: dict[str, object]) -> None:
    check_sound(PLAIN)
    with pytest.raises(ImplausibleError):
        check_sound(replace(PLAIN, **lie))


def test_a_part_of_a_sound_is_handed_out_as_plain_samples() -> None:
    coded = filmed_with(STREET, GREY)
    whole = np.frombuffer(played(coded, 0, 8000), "<i2").astype(float)
    part = np.frombuffer(played(coded, 2000, 5000), "<i2").astype(float)
    assert len(part) == 3 * SOUND_RATE
    same = whole[2 * SOUND_RATE :][: len(part)]
    assert np.corrcoef(same[999:], part[999:])[0, 1] > 0.95
    assert np.corrcoef(np.interp(np.arange(8000) / 8000, np.arange(SOUND_RATE) / SOUND_RATE,
        same[:SOUND_RATE]), np.interp(np.arange(8000) / 8000 + 2, np.arange(len(STREET)) / RATE,
        STREET))[0, 1] > 0.8  # fmt: skip


def test_beyond_its_end_and_in_other_files_no_sound_is_handed_out(sandbox: Sandbox) -> None:
    assert sandbox.play(recorded(STREET), 60_000, 70_000) == b""
    assert sandbox.play(filmed(GREY), 0, 1000) == b""
    assert sandbox.play(b"RIFF", 0, 1000) == b""
    asked = Request(operation="play", times=(0, 1000))
    check_played(bytes(2 * SOUND_RATE), asked)
    for lie in (bytes(2 * SOUND_RATE + 2), b"\0"):
        with pytest.raises(ImplausibleError):
            check_played(lie, asked)
