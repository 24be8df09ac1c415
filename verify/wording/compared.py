"""That what is said of copies rests on a part of what is here, while imports are being compared."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import Sentence, say


def so_far(percent: int | None) -> Iterator[Sentence]:
    """Of how many of a hundred pictures and films it is said; nothing where that is all."""
    if percent is not None:
        yield say("Of the {percent} % compared so far; more may turn up.", percent=percent)
