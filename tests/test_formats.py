"""The table of formats contradicts itself nowhere."""

from __future__ import annotations

from itertools import permutations

from verify.formats import FORMATS, PICTURES, ending
from verify.lab import containers


def test_no_beginning_of_a_file_tells_two_formats() -> None:
    begins = [(magic, one.media_type) for one in FORMATS.values() for magic in one.magic]
    assert [pair for pair in permutations(begins, 2) if pair[0][0].startswith(pair[1][0])] == []
    brands = [brand for one in FORMATS.values() for brand in one.brands]
    assert len(brands) == len(set(brands))


def test_what_the_lab_looks_into_has_a_name_an_ending_and_a_container() -> None:
    for media_type in PICTURES:
        one = FORMATS[media_type]
        assert one.name and one.container in containers._WALKERS
    assert (ending("image/heic"), ending("video/quicktime")) == (".heic", ".mov")
    assert ending("x/y", ".bin") == ".bin"
