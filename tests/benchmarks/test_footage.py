"""The benchmark's clips are read from films a part at a time, and lie in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.film_edits import RATE
from benchmarks.footage import clips
from tests.filmed import encoded


def test_a_clip_shows_its_part_of_the_film_and_is_not_in_memory(tmp_path: Path) -> None:
    place, scratch = tmp_path / "films" / "street", tmp_path / "scratch"
    place.mkdir(parents=True)
    scratch.mkdir()
    ramp = [Image.new("RGB", (64, 48), (number // 2,) * 3) for number in range(400)]
    (place / "film.mp4").write_bytes(encoded(ramp))
    (place / "notes.txt").write_text("no film")
    first, last = clips(tmp_path / "films", 2, scratch)
    assert {first.place, last.place} == {"street"}
    for clip, begins, lasts in ((first, 0, 16), (last, 32, 8)):
        frames = clip.source(0).frames
        assert isinstance(frames, np.memmap)
        grey = [float(frame.mean()) for frame in frames]
        wanted = (begins + np.arange(len(grey)) / RATE) * 5
        assert abs(len(grey) - lasts * RATE) <= RATE / 5
        assert np.abs(np.array(grey) - wanted).max() < 4
