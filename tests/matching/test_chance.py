"""What chance alone would give grows with the archive, and nothing seen is not nothing."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from verify.matching.chance import expected_by_chance
from verify.records import Chance

TABLE = json.loads(resources.files("verify.matching").joinpath("chance.json").read_text())
PAIRS = TABLE["pdq"]["pairs"]


def test_the_measurement_says_where_it_comes_from() -> None:
    assert PAIRS > 10_000_000
    for measured in TABLE.values():
        assert measured["script"].startswith("benchmarks/")
        assert measured["corpus"]
        assert measured["within"] == sorted(measured["within"])


def test_chance_grows_with_the_archive_and_the_distance() -> None:
    sizes = [expected_by_chance("pdq", 10, size).expected for size in (0, 1_000, 1_000_000)]
    assert sizes[0] == 0
    assert sizes[2] == pytest.approx(1000 * sizes[1])
    near, far = (expected_by_chance("pdq", distance, 1_000) for distance in (4, 31))
    assert near.expected <= far.expected


def test_none_in_n_is_told_as_fewer_than_three_in_n() -> None:
    assert TABLE["pdq"]["within"][31] == 0
    expected = expected_by_chance("pdq", 31, 1_000_000)
    assert expected == Chance(expected=pytest.approx(3e6 / PAIRS), bound=True)


def test_the_same_bytes_are_no_coincidence() -> None:
    assert expected_by_chance("sha256", 0, 10_000_000) == Chance(expected=0.0)


def test_a_method_that_was_not_measured_has_no_figure() -> None:
    with pytest.raises(KeyError):
        expected_by_chance("guess", 3, 1_000)
