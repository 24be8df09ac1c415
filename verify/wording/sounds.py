"""Where the sound of a film or a recording was heard before, in words. It is never a match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.records import ExhibitReport, Heard, Match, Passage, Sentence, film_time, say, say_many
from verify.wording.matches import cases, held

_MOST = 2  # files of which each is told by a line of its own
_AS_FAST = 0.005  # of its speed, which is not worth telling


def told(exhibit: ExhibitReport) -> Iterator[Sentence]:
    """What is said of the sound of an exhibit, whose pictures were not found in the same files."""
    if exhibit.silent:
        yield say("It has a sound track, in which nothing can be heard.")
    elif exhibit.listened and not exhibit.heard and not _film(exhibit):
        yield say("Its sound was not heard at this desk before. It may still exist elsewhere.")
    others = without_pictures(exhibit.heard, (*exhibit.matches, *exhibit.later))
    yield from earlier(one for one in others if one.exhibit_id == exhibit.exhibit_id)
    if later := [one for one in others if one.exhibit_id != exhibit.exhibit_id]:
        numbers = sorted({one.case_id for one in later if one.case_id > 0})
        if numbers:
            yield say("Its sound was heard again later: {which}", which=cases(numbers))


def without_pictures(heard: Iterable[Heard], matches: Iterable[Match]) -> list[Heard]:
    """Without the files whose pictures match as well, which says more."""
    seen = {(match.exhibit_id, match.earlier_exhibit_id) for match in matches}
    return [one for one in heard if (one.exhibit_id, one.earlier_exhibit_id) not in seen]


def _film(exhibit: ExhibitReport) -> bool:
    return exhibit.examination is not None and exhibit.examination.media_type.startswith("video/")


def earlier(found: Iterable[Heard]) -> Iterator[Sentence]:
    """The files in which the sound was heard before, a line each."""
    told = [*found]
    for one in told[:_MOST]:
        yield _first(one)
        if more := len(one.passages) - 1:
            yield say_many(
                "{count} more part of the sound is in it.",
                "{count} more parts of the sound are in it.",
                more,
            )
    if len(told) > _MOST:
        yield say_many(
            "It was heard in {count} more file.",
            "It was heard in {count} more files.",
            len(told) - _MOST,
        )


def _first(heard: Heard) -> Sentence:
    """The longest part of it."""
    passage = heard.passages[0]
    line = _line(heard, passage)
    if abs(passage.speed - 1) < _AS_FAST:
        return line
    return say("{line} (at {speed} times its speed)", line=line, speed=round(passage.speed, 2))


def _line(heard: Heard, passage: Passage) -> Sentence:
    times = {
        "begin": film_time(passage.begins),
        "end": film_time(passage.ends),
        "earlier_begin": film_time(passage.earlier_begins),
        "earlier_end": film_time(passage.earlier_ends),
    }
    if heard.film and heard.earlier_film:
        return say(
            "The sound from {begin} to {end} was heard before, under other pictures:"
            " {earlier_begin} to {earlier_end} of a film in {place}",
            place=held(heard.earlier_case_id),
            **times,
        )
    if heard.earlier_film:
        return say(
            "The sound from {begin} to {end} was heard before:"
            " {earlier_begin} to {earlier_end} of a film in {place}",
            place=held(heard.earlier_case_id),
            **times,
        )
    return say(
        "The sound from {begin} to {end} was heard before:"
        " {earlier_begin} to {earlier_end} of a recording in {place}",
        place=held(heard.earlier_case_id),
        **times,
    )
