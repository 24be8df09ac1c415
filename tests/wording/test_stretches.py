"""What is said of films: the times, the speed and how they lie."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from verify.language import Reader, plain
from verify.records import Orientation, Stretch
from verify.wording.stretches import stretch

ENGLISH = Reader("en", ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("times", "speed", "lies", "wanted"),
    [
        ((12, 37, 65, 90), 1.0, "original", "0:12–0:37 of this film is 1:05–1:30 of that one"),
        (
            (12, 32, 65, 90),
            1.25,
            "mirrored",
            "0:12–0:32 of this film is 1:05–1:30 of that one, mirrored left to right,"
            " at 1.25 times the speed",
        ),
        ((0, 9, 20, 29), -1.0, "original", "0:00–0:09 of this film is 0:20–0:29 of that one,"
         " backwards"),
        ((None, None, 37.2, 37.2), 1.0, "original", "second 37 of that film shows this picture"),
        (
            (None, None, 37.2, 37.2),
            1.0,
            "mirrored",
            "second 37 of that film shows this picture, mirrored left to right",
        ),
        (
            (62, 66, None, None),
            1.0,
            "turned-180",
            "1:02–1:06 of this film shows that picture, turned upside down (180°)",
        ),
    ],
)  # fmt: skip
def test_a_stretch_in_words(
    times: tuple[float | None, float | None, float | None, float | None],
    speed: float,
    lies: str,
    wanted: str,
) -> None:
    one = Stretch(*times, speed, Orientation(lies), "pdq")
    assert plain(stretch(one), ENGLISH) == wanted
