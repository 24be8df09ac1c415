from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from benchmarks.reading import names_over_borders
from verify.folding import fold_words
from verify.places.towns import towns
from verify.reading.claimed import read_place
from verify.reading.places import places_in


def test_no_town_hides_a_larger_one_of_its_name() -> None:
    known = towns()
    keys, counts = np.unique(known._keys, return_counts=True)
    shared = keys[counts > 1]
    starts = np.searchsorted(known._keys, shared, "left")
    ends = np.searchsorted(known._keys, shared, "right")
    assert len(shared) > 10_000
    hidden = Counter(
        known.names[numbers[0]]
        for start, end in zip(starts, ends, strict=True)
        if (numbers := known._numbers[start:end]).size and len(set(numbers.tolist())) != end - start
    )
    assert not hidden  # every town of a name is offered, each once


def test_no_name_is_read_for_certain_as_the_smaller_town() -> None:
    known = towns()
    certain = 0
    for name, largest in names_over_borders()[:250]:
        found = places_in(f"Explosion in {name}")
        if len(found) == 1 and found[0].certain and found[0].towns:
            certain += 1
            assert known.inhabitants[found[0].towns[0]] == known.inhabitants[largest], name
    assert certain > 50


@pytest.mark.parametrize(
    ("name", "country"), [("Odessa", "UA"), ("Paris", "FR"), ("Moscow", "RU"), ("London", "GB")]
)
def test_a_name_alone_means_the_large_town(name: str, country: str) -> None:
    assert read_place(name).where.candidates[0].country == country
    assert read_place(name).place.name


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Hodeidah", "YE"),
        ("Qamishli", "SY"),
        ("Deir al-Balah", "PS"),
        ("Vuhledar", "UA"),
        ("Tal Afar", "IQ"),
        ("Ain al-Arab", "SY"),
        ("كوباني", "SY"),
        ("تلعفر", "IQ"),
        ("Khan Younis", "PS"),
        ("Артёмовск", "UA"),
    ],
)
def test_towns_of_wars_are_known_as_news_writes_them(name: str, country: str) -> None:
    [numbers] = towns().named([fold_words(name)])
    assert towns().countries[numbers[0]] == country
