"""A busy day: the benchmark's stream of pictures, a few of them."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.growth import Wrong, drawn, run


def test_many_people_at_once_are_answered_in_order_and_none_is_forgotten(home: Path) -> None:
    growth = run(home, drawn(random.Random(7)), count=10, people=3, seed=7)
    assert growth.wrong == Wrong()
    assert growth.sent == growth.done == 10
    assert sum(bool(person.answered) for person in growth.people) > 1
