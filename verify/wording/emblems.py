"""What is said of emblems that people marked: where else they stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.records import EmblemPlace, EmblemSeen, MarkedEmblem, Sentence, listed, say, say_many

_MOST_CASES = 12


def told(emblems: Iterable[EmblemSeen]) -> Iterator[Sentence]:
    """The emblems that stand in an exhibit, a line each."""
    for one in emblems:
        if where := _where(one.elsewhere):
            yield say(
                "The emblem “{name}” stands in it; it also stood in {where}.",
                name=one.name,
                where=where,
            )
        else:
            yield say(
                "The emblem “{name}” stands in it, and was found nowhere else so far.",
                name=one.name,
            )


def marked(one: MarkedEmblem) -> Sentence:
    """An emblem in a list."""
    where = _where(one.places)
    if where:
        return say(
            "{id}. “{name}”, marked in case {case} by {person}; it also stood in {where}.",
            id=one.id,
            name=one.name,
            case=one.case_id,
            person=one.by,
            where=where,
        )
    return say(
        "{id}. “{name}”, marked in case {case} by {person}; found nowhere else so far.",
        id=one.id,
        name=one.name,
        case=one.case_id,
        person=one.by,
    )


def unlooked(count: int) -> Sentence | None:
    """How many exhibits are still to be looked through; None where none is."""
    if not count:
        return None
    return say_many(
        "{count} exhibit is still to be looked through.",
        "{count} exhibits are still to be looked through.",
        count,
    )


def _where(places: tuple[EmblemPlace, ...]) -> Sentence | None:
    cases = sorted({place.case_id for place in places if place.case_id > 0})
    archived = len({place.exhibit_id for place in places if place.case_id < 0})
    shown = listed(cases[:_MOST_CASES])
    more = len(cases) - _MOST_CASES
    found = say_many("case {cases}", "cases {cases}", len(cases), cases=shown)
    if more > 0:
        found = say("{first} and {count} more", first=found, count=more)
    pictures = say_many(
        "{count} picture of the archive", "{count} pictures of the archive", archived
    )
    if cases and archived:
        return say("{first}, and in {pictures}", first=found, pictures=pictures)
    if cases:
        return found
    return pictures if archived else None
