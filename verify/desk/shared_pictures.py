"""Which pictures and films count as one when it is asked who posted the same.

Copies are one object, as everywhere here. So are a picture and a crop of it, a film and a still
from it, where nothing else was found in the larger one: a collage shows several pictures without
making them one. What shows several counts as each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from verify.matching.clusters import MOST, Clusters
from verify.store.posts.coinciding import Lies

_ALONE = 0.5  # of the larger picture: beside more than that no second one lies


def objects_of(exhibit_ids: Iterable[int], lying: Iterable[Lies]) -> dict[int, set[int]]:
    """For each exhibit the objects that it shows, each named by the smallest exhibit of its copies.

    lying: which of these were found alike, and how far.
    """
    groups = Clusters()
    inside: list[tuple[int, int]] = []
    for lies in lying:
        one, other = lies.one, lies.other
        if lies.of_one < lies.of_other:
            one, other = other, one
        most, less = sorted((lies.of_one, lies.of_other), reverse=True)
        if most < MOST:
            continue
        if less > _ALONE:
            groups.join(one, other)
        else:
            inside.append((one, other))
    held: dict[int, set[int]] = defaultdict(set)
    for part, whole in inside:
        held[groups.of(whole)].add(groups.of(part))
    for whole, parts in held.items():
        if len(parts - {whole}) == 1:
            groups.join(whole, *(parts - {whole}))
    holds: dict[int, set[int]] = defaultdict(set)
    for part, whole in inside:
        holds[groups.of(whole)].add(groups.of(part))
    names = {one: groups.of(one) for one in exhibit_ids}
    return {one: {name, *holds.get(name, ())} for one, name in names.items()}
