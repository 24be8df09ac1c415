"""Accounts as numbers in rings, lines between those that posted the same, communities apart.

Communities: Louvain's method (Blondel et al., J. Stat. Mech. P10008, 2008), by networkx from a
fixed seed. The rings lie in the order of size, the accounts of each in that of their numbers: the
same accounts and lines give the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from verify.language import Reader, reads_leftwards
from verify.layouts.drawings.drawing import (
    DARK,
    INK,
    INNER,
    LIGHT,
    MIDDLE,
    SOFT,
    Drawing,
    Item,
    Legend,
    circle,
    corners,
    line,
    polygon,
    text,
)
from verify.records import Value
from verify.wording import campaign_pictures as wording

_MOST_ACCOUNTS = 30
_FEWEST = 3  # accounts of a group that is drawn, where it has as many
_MOST_LINES = 200
_NODE = 9.5  # points: as wide as two figures
_ROOM, _WIDE_ROOM = 2 * _NODE + 7, 2 * _NODE + 24  # from one account to the next
_FEW = 12  # accounts that stand farther apart
_COARSE = 0.6  # of Louvain's resolution: at 1 it splits groups whose lines are merely uneven
_BORDER = _NODE + 9  # from the middles of accounts to the border of their community
_GAP = 16.0
_LEVELS = ((0.6, "#a8a8a8"), (1.5, "#6e6e6e"), (2.6, "#2e2e2e"))
# shape and shade, each its own: corners, the first one's angle, how much larger
_NODES: tuple[tuple[int, float, float, str], ...] = (
    (0, 0, 1.0, DARK),
    (4, 45, 1.25, LIGHT),
    (6, 0, 1.1, MIDDLE),
    (4, 0, 1.35, DARK),
    (5, -90, 1.2, LIGHT),
    (8, 22.5, 1.05, MIDDLE),
)
Pair = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Network:
    """What is drawn. accounts: their names by number. groups: by numbers, each to
    be seen as long as there is room. weights: how often two posted the same, by their numbers, the
    smaller first."""

    title: Value
    lines: tuple[Value, ...]
    accounts: Mapping[int, Value]
    groups: Sequence[Sequence[int]]
    weights: Mapping[Pair, float]


def draw(shown: Network, reader: Reader) -> bytes:
    """A PNG. Raises Unavailable where it cannot be laid out."""
    accounts = strongest(shown)
    weights = {pair: weight for pair, weight in shown.weights.items() if accounts.issuperset(pair)}
    groups = communities(accounts, weights)
    places, height, rings = _places(groups, leftwards=reads_leftwards(reader))
    kinds = {number: kind for kind, group in enumerate(groups) for number in group}
    drawn = {pair: weights[pair] for pair in lines(weights)}
    return Drawing(
        reader=reader,
        title=shown.title,
        lines=list(shown.lines),
        height=height,
        items=[
            *rings,
            *_drawn_lines(drawn, places, kinds),
            *(item for n in sorted(accounts) for item in _account(n, kinds[n], *places[n])),
        ],
        columns=2,
        legend=[*_names(shown, groups, kinds), *_levels(drawn)],
        foot=[*foot(shown, accounts, groups, len(shown.weights) - len(drawn))],
    ).png()


def communities(accounts: set[int], weights: Mapping[Pair, float]) -> list[list[int]]:
    """The accounts by whom they mostly post the same with, the largest community first."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted(accounts))
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    found = networkx.community.louvain_communities(graph, resolution=_COARSE, seed=1)
    return sorted((sorted(one) for one in found), key=lambda one: (-len(one), one[0]))


def strongest(shown: Network) -> set[int]:
    """As many accounts as can be told apart: a few of each group, beginning with that of the
    strongest tie, then one more of each in turn. None of them has all its ties left out."""
    ranked = sorted(shown.weights, key=lambda pair: (-shown.weights[pair], pair))
    strength = {number: shown.weights[pair] for pair in reversed(ranked) for number in pair}
    groups = sorted(shown.groups, key=lambda group: -max(strength.get(n, 0) for n in group))
    orders = [_order(group, ranked) for group in groups]
    kept: set[int] = set()
    for many in range(_FEWEST, _MOST_ACCOUNTS + 1):
        for order in orders:
            if len(kept.union(order[:many])) <= _MOST_ACCOUNTS:
                kept.update(order[:many])
    tied = {number for pair in ranked if kept.issuperset(pair) for number in pair}
    return {number for number in kept if number in tied or number not in strength}


def _order(group: Sequence[int], ranked: Sequence[Pair]) -> list[int]:
    """Its accounts: the two of its strongest tie, then, as far as they may be drawn, whoever has
    the strongest with those before."""
    members, order = set(group), dict[int, None]()
    left = [pair for pair in ranked if members.issuperset(pair)]
    while left and len(order) < _MOST_ACCOUNTS:
        order |= dict.fromkeys(next((p for p in left if p[0] in order or p[1] in order), left[0]))
        left = [(a, b) for a, b in left if a not in order or b not in order]
    return [*(order | dict.fromkeys(group))]


def lines(weights: Mapping[Pair, float]) -> list[Pair]:
    """The lines that are drawn: the strongest, against the strongest of its accounts each, so that
    a group that posts much takes the lines of no other; of equal ones those to the next numbers.
    Each account keeps one."""
    most: dict[int, float] = {}
    for pair, weight in weights.items():
        for number in pair:
            most[number] = max(weight, most.get(number, 0))

    def rank(pair: Pair) -> tuple[float, int, Pair]:
        one, other = pair
        share = weights[pair] / max(most[one], most[other])
        return -share, other - one, pair

    ranked = sorted(weights, key=rank)
    own = {number: pair for pair in reversed(ranked) for number in pair}
    return [*dict.fromkeys((*own.values(), *ranked))][:_MOST_LINES]


def _radius(size: int, room: float) -> float:
    """Of the ring on which so many accounts stand beside each other."""
    return room / (2 * math.sin(math.pi / size)) if size > 1 else 0.0


def _places(
    groups: Sequence[Sequence[int]], *, leftwards: bool
) -> tuple[dict[int, Point], float, list[Item]]:
    """Where each account stands, how high that is, and the borders of communities."""
    places: dict[int, Point] = {}
    rings: list[Item] = []
    top = 0.0
    room = _WIDE_ROOM if sum(map(len, groups)) <= _FEW else _ROOM
    for row in _rows(groups, room):
        radii = [_radius(len(group), room) + _BORDER for _, group in row]
        left = (INNER - sum(2 * one for one in radii) - _GAP * (len(row) - 1)) / 2
        middle = top + max(radii)
        for (number, group), radius in zip(row, radii, strict=True):
            x = INNER - left - radius if leftwards else left + radius
            left += 2 * radius + _GAP
            if len(groups) > 1:
                rings.append(circle(x, middle, radius - 2, "#f6f6f4", "#b5b5b5", 0.8))
                rings.append(_letter(number, x - radius * 0.72, middle - radius * 0.72))
            for place, account in enumerate(group):
                angle = 2 * math.pi * place / len(group) - math.pi / 2
                ring = radius - _BORDER
                places[account] = (x + ring * math.cos(angle), middle + ring * math.sin(angle))
        top = middle + max(radii) + 6
    return places, top, rings


def _rows(
    groups: Sequence[Sequence[int]], room: float
) -> Iterator[list[tuple[int, Sequence[int]]]]:
    """As many communities beside each other as there is room for."""
    row: list[tuple[int, Sequence[int]]] = []
    taken = 0.0
    for number, group in enumerate(groups):
        wide = 2 * (_radius(len(group), room) + _BORDER) + _GAP
        if row and taken + wide > INNER + _GAP:
            yield row
            row, taken = [], 0.0
        row.append((number, group))
        taken += wide
    if row:
        yield row


def _letter(number: int, x: float, y: float) -> Item:
    return text(x, y, letter(number), side="center", width=24, size=10.5, ink=SOFT, bold=True)


def letter(number: int) -> str:
    """What a community is called, from 0: A, B, ..."""
    return chr(ord("A") + number) if number < 26 else str(number)


def _level(weight: float, weights: Iterable[float]) -> int:
    """Which of three kinds of lines stands for it: the middle one where all are the same."""
    least, most = min(weights), max(weights)
    if least == most:
        return 1
    return 2 if weight > most * 2 / 3 else 1 if weight > most / 3 else 0


def _drawn_lines(
    drawn: Mapping[Pair, float],
    places: Mapping[int, Point],
    kinds: Mapping[int, int],
) -> Iterator[Item]:
    """The strongest on top; dashed from one community to another."""
    for pair in sorted(drawn, key=lambda one: (drawn[one], one)):
        a, b = pair
        thick, ink = _LEVELS[_level(drawn[pair], drawn.values())]
        yield line(places[a], places[b], ink, thick, dashed=kinds[a] != kinds[b])


def _account(number: int, kind: int, x: float, y: float, r: float = _NODE) -> Iterator[Item]:
    sides, first, grown, fill = _NODES[kind % len(_NODES)]
    if sides:
        yield polygon(corners(sides, first, x, y, r * grown), fill, INK, 1.0)
    else:
        yield circle(x, y, r, fill, INK, 1.0)
    ink = LIGHT if fill == DARK else INK
    yield text(x, y, str(number), side="center", width=24, size=r, ink=ink, bold=True)


def _names(
    shown: Network, groups: Sequence[Sequence[int]], kinds: Mapping[int, int]
) -> Iterator[Legend]:
    for group in groups:
        for number in group:
            items = [*_account(number, kinds[number], 12, 10, 8)]
            yield Legend(items, shown.accounts[number], width=24, height=20)


def _levels(drawn: Mapping[Pair, float]) -> Iterator[Legend]:
    """How often accounts posted the same, by the lines that stand for it."""
    for level, (thick, ink) in enumerate(_LEVELS):
        held = [weight for weight in drawn.values() if _level(weight, drawn.values()) == level]
        if held:
            words = wording.together(round(min(held)), round(max(held)))
            yield Legend([line((2, 10), (22, 10), ink, thick)], words, width=24, height=20)


def foot(
    shown: Network, accounts: set[int], groups: Sequence[Sequence[int]], left: int
) -> Iterator[Value]:
    """What is left out, and what the rings are. left: so many ties."""
    if more := len(shown.accounts) - len(accounts):
        yield wording.more_accounts(more)
    if none := sum(accounts.isdisjoint(group) for group in shown.groups):
        yield wording.groups_left_out(none)
    if left:
        yield wording.ties_left_out(left)
    if len(groups) > 1:
        yield wording.communities(letter(0), letter(len(groups) - 1))
    yield wording.COLLECTED
