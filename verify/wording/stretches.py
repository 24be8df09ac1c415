"""What is said of films: which time of one is which time of another, and when one shows a still."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    Match,
    Orientation,
    Sentence,
    Stretch,
    film_time,
    say,
    say_many,
    stretch_time,
)
from verify.wording.terms import word


def shown(match: Match) -> Sentence:
    """The longest stretch in a clause, and how many more there are."""
    if _scattered(match):
        return say(
            "single frames are alike, at times that do not follow one another: the same footage, or"
            " the same background"
        )
    longest = max(match.shown, key=_length)
    clause, more = stretch(longest), len(match.shown) - 1
    if not more:
        return clause
    return say_many(
        "{stretch}; {count} more stretch is alike",
        "{stretch}; {count} more stretches are alike",
        more,
        stretch=clause,
    )


def every(match: Match) -> Iterator[Sentence]:
    """Each stretch in a line of its own."""
    for one in match.shown:
        yield say("{stretch}.", stretch=stretch(one))


def stretch(one: Stretch) -> Sentence:
    """From when to when of this is from when to when of that."""
    if (how := _how(one)) is None:
        return _times(one)
    return say("{where}, {how}", where=_times(one), how=how)


def _times(one: Stretch) -> Sentence:
    if one.begins is None:
        return _of_this_picture(one)
    if one.earlier_begins is None:
        return say("{here} of this film shows that picture", here=_here(one))
    if one.begins == one.ends:
        return say(
            "one frame only: {here} of this film is {there} of that one",
            here=_here(one),
            there=_there(one),
        )
    return say("{here} of this film is {there} of that one", here=_here(one), there=_there(one))


def _of_this_picture(one: Stretch) -> Sentence:
    at = one.earlier_begins or 0.0
    if at < 60 and int(at) == int(one.earlier_ends or 0.0):
        return say("second {second} of that film shows this picture", second=int(at))
    return say("{there} of that film shows this picture", there=_there(one))


def _scattered(match: Match) -> bool:
    """Whether single frames are alike, at times that are not certain."""
    return len(match.shown) > 1 and all(
        one.begins is not None and one.begins == one.ends and one.earlier_begins is not None
        for one in match.shown
    )


def _length(one: Stretch) -> float:
    if one.begins is None or one.ends is None:
        return (one.earlier_ends or 0.0) - (one.earlier_begins or 0.0)
    return one.ends - one.begins


def _here(one: Stretch) -> Sentence:
    return _range(one.begins or 0.0, one.ends or 0.0)


def _there(one: Stretch) -> Sentence:
    return _range(one.earlier_begins or 0.0, one.earlier_ends or 0.0)


def _range(begins: float, ends: float) -> Sentence:
    first, last = stretch_time(begins), stretch_time(ends)
    if first == last:
        return say("{time}", time=film_time(begins))
    return say("{begins}–{ends}", begins=first, ends=last)


def _how(one: Stretch) -> Sentence | None:
    """At which speed and orientation; None where both are as they were."""
    speed = _speed(one.speed)
    if one.orientation is Orientation.ORIGINAL:
        return speed
    lies = word(one.orientation)
    return say("{orientation}, {speed}", orientation=lies, speed=speed) if speed else lies


def _speed(speed: float) -> Sentence | None:
    if speed == 1:
        return None
    if speed == -1:
        return say("backwards")
    if speed < 0:
        return say("backwards, at {speed} times the speed", speed=-speed)
    if not speed:
        return say("held")
    return say("at {speed} times the speed", speed=speed)
