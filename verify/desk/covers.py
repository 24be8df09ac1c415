"""Which exhibits are shown in steps, and why: marks, words of captions, what copies bear.

A near copy, a frame, a crop, a film bears what was marked elsewhere, whichever came first. So
does what was taken out of a marked exhibit, before anything is found about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from verify.care.words import proposed
from verify.records import Cover, Mark, Person, Sensitive
from verify.store.care import marks
from verify.store.care.marks import Said
from verify.store.database.connection import Store
from verify.store.pictures import matches
from verify.store.pictures.matches import Kept


@dataclass(frozen=True)
class _Kinds:
    """What is said of many exhibits, by exhibit: by people, that they are not, by captions."""

    marked: Mapping[int, set[Sensitive]]
    refused: Mapping[int, set[Sensitive]]
    proposed: Mapping[int, set[Sensitive]]

    def of(self, exhibit_id: int) -> set[Sensitive]:
        return self.marked.get(exhibit_id, set()) | self.proposed.get(exhibit_id, set())


def covers(store: Store, person: Person, exhibit_ids: Iterable[int]) -> dict[int, Cover]:
    """Why each of these exhibits is covered, by exhibit; those that are not are left out.

    Who marked what, and when, is told to who may see the case in which that was done.
    """
    found = {exhibit_id: _cover(store, person, exhibit_id) for exhibit_id in {*exhibit_ids}}
    return {exhibit_id: cover for exhibit_id, cover in found.items() if cover.kinds}


def _cover(store: Store, person: Person, exhibit_id: int) -> Cover:
    copies = _copies(store, {exhibit_id})
    found = matches.touching(store, copies)
    taken_out = {side for pair in marks.derived(store, copies) for side in pair}
    others = {side for one in found for side in _sides(one)} | taken_out
    family = copies | others | _copies(store, others - copies)
    told = marks.of(store, family)
    said = _said(store, told, family)
    own, refused = said.of(exhibit_id), said.refused.get(exhibit_id, set())
    elsewhere = family - {exhibit_id} - _beside(found, told, exhibit_id, taken_out)
    inherited = set().union(*(said.marked.get(one, set()) for one in elsewhere))
    inherited |= set().union(*(said.proposed.get(one, set()) for one in elsewhere)) - refused
    bearing = {one for one in elsewhere if said.of(one)}
    known = marks.known_to(store, person, [exhibit_id])
    return Cover(
        marks=tuple(
            _mark(mark, person, mark.id in known)
            for mark in told
            if mark.exhibit_id == exhibit_id and mark.holds
        ),
        proposed=_ordered(said.proposed.get(exhibit_id, set())),
        inherited=_ordered(inherited - own),
        stretches=tuple(
            sorted({*_stretches(found, exhibit_id, bearing), *_marked(told, exhibit_id)})
        ),
    )


def _marked(told: Iterable[Said], exhibit_id: int) -> Iterator[tuple[float, float]]:
    """The stretches of an exhibit that marks of its own concern."""
    for mark in told:
        if mark.exhibit_id == exhibit_id and mark.holds and mark.stretch:
            yield mark.stretch


def _beside(
    found: Iterable[Kept], told: Iterable[Said], exhibit_id: int, taken_out: set[int]
) -> set[int]:
    """The films that are marked in a stretch alone, of which the exhibit shows another one."""
    concerned: dict[int, list[tuple[float, float] | None]] = {}
    for mark in told:
        if mark.holds:
            concerned.setdefault(mark.exhibit_id, []).append(mark.stretch)
    shown: dict[int, list[tuple[float, float]]] = {}
    for match in found:
        if exhibit_id in (sides := _sides(match)):
            incoming = sides[0] == exhibit_id
            spans = [
                span
                for one in match.correspondence.shown
                for span in (
                    _span(one.earlier_begins, one.earlier_ends)
                    if incoming
                    else _span(one.begins, one.ends)
                )
            ]
            shown.setdefault(sides[1] if incoming else sides[0], []).extend(spans)
    return {
        other
        for other, stretches in concerned.items()
        if other not in taken_out
        and shown.get(other)
        and not any(
            one is None or (begins <= one[1] and ends >= one[0])
            for one in stretches
            for begins, ends in shown[other]
        )
    }


def _copies(store: Store, exhibit_ids: set[int]) -> set[int]:
    return exhibit_ids | {one for pair in matches.copies(store, exhibit_ids) for one in pair}


def _sides(match: Kept) -> tuple[int, int]:
    return match.correspondence.exhibit_id, match.correspondence.earlier_exhibit_id


def _said(store: Store, told: Iterable[Said], family: set[int]) -> _Kinds:
    marked: dict[int, set[Sensitive]] = {}
    refused: dict[int, set[Sensitive]] = {}
    for mark in told:
        said = marked if mark.holds else refused
        said.setdefault(mark.exhibit_id, set()).add(mark.kind)
    by_words = {
        exhibit_id: {*proposed(captions)}
        - marked.get(exhibit_id, set())
        - refused.get(exhibit_id, set())
        for exhibit_id, captions in marks.captions(store, family).items()
    }
    return _Kinds(marked, refused, by_words)


def _mark(mark: Said, person: Person, known: bool) -> Mark:
    own = mark.person_id == person.id
    return Mark(
        kind=mark.kind,
        by=mark.by if known or own else "",
        at=mark.at if known or own else None,
        own=own,
        off_by=mark.off_by if known else "",
        off_own=mark.off_asked_by == person.id,
    )


def _ordered(kinds: set[Sensitive]) -> tuple[Sensitive, ...]:
    return tuple(kind for kind in Sensitive if kind in kinds)


def _stretches(
    found: Iterable[Kept], exhibit_id: int, bearing: set[int]
) -> Iterator[tuple[float, float]]:
    """When a film shows what bears a mark, in seconds."""
    for match in found:
        incoming, earlier = _sides(match)
        for one in match.correspondence.shown:
            if incoming == exhibit_id and earlier in bearing:
                yield from _span(one.begins, one.ends)
            elif earlier == exhibit_id and incoming in bearing:
                yield from _span(one.earlier_begins, one.earlier_ends)


def _span(begins: float | None, ends: float | None) -> Iterator[tuple[float, float]]:
    if begins is not None:
        both = begins, begins if ends is None else ends
        yield min(both), max(both)
