"""Groups of accounts that post the same objects together, in windows from 10 s to an hour.

Source: an analytic null from each object's own curve, as in `docs/campaigns.md`; communities by
Blondel et al., "Fast unfolding of communities in large networks", 2008.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.candidates import candidates
from verify.campaigns.curves import Curves, Floats, Ints, curves
from verify.campaigns.groups import Tested, tested
from verify.campaigns.pairs import Pairs, pairs
from verify.campaigns.parting import bodies
from verify.campaigns.precision import HOUR, on_the_hour, resolutions
from verify.campaigns.rows import Rows
from verify.campaigns.shared import shared_objects
from verify.records import AccountGroup, Evidence, Explanation, Layer

WINDOWS = (10, 60, 600, 3_600)
LEAST = 3  # posts of an account, with times fine enough, below which the test says nothing
_SAME = 0.8  # of the accounts of both: one group in two windows
_NEAR = 0.25  # of the members that must be near whoever may join
_ROUNDS = 6


def together(rows: Rows, explanations: Sequence[Explanation] = ()) -> tuple[AccountGroup, ...]:
    """The groups among rows, those by most accounts first.

    rows: shape (n,), dtype `rows.ROW`. explanations: what people stated; a group whose evidence
    they account for says so.
    """
    resolution = resolutions(rows)
    clocked = on_the_hour(rows, resolution)
    found: list[_Found] = []
    for layer in Layer:
        mine = rows["forward"] == (layer is Layer.FORWARDS)
        told: list[_Found] = []
        for window in WINDOWS:
            taken = mine & (resolution < window) & ((window >= HOUR) | ~clocked)
            one = curves(rows, taken, window)
            if one is not None:
                near = pairs(one)
                told += [_found(one, near, group, layer) for group in _groups(one, near)]
        found += _united(told)
    groups = [_record(rows, one, explanations) for one in found]
    return tuple(sorted(groups, key=lambda one: (-len(one.accounts), one.first)))


@dataclass(frozen=True)
class _Found:
    """A group of one window, by the accounts' numbers as they came."""

    curves: Curves
    habit: Floats
    tested: Tested
    layer: Layer
    accounts: frozenset[int]


def _found(one: Curves, near: Pairs, group: Tested, layer: Layer) -> _Found:
    return _Found(one, near.habit, group, layer, frozenset(one.names[group.members].tolist()))


def _groups(one: Curves, near: Pairs) -> Iterator[Tested]:
    """The groups told in one window, best first; what is left is tested again without them."""
    owner = np.arange(one.accounts)
    waiting = list(candidates(near, one.accounts))
    taken = np.zeros(one.accounts, bool)
    refused: set[bytes] = set()
    while waiting:
        settled = [_settled(one, near, members, owner, taken) for members in waiting]
        best = [
            group
            for group in settled
            if group is not None and group.told and group.members.tobytes() not in refused
        ]
        if not best:
            return
        group = min(best, key=lambda group: group.log_p)
        waiting = [other.members for other in best if other is not group]
        parts = bodies(shared_objects(one, group.members, owner, near.habit), group.members)
        if len(parts) == 1:
            yield group
            taken[group.members] = True
        else:
            refused.add(group.members.tobytes())
        waiting = _remaining(waiting + parts, taken, group.members)


def _remaining(sets: list[Ints], taken: NDArray[np.bool_], done: Ints) -> list[Ints]:
    """What is left of candidates, each once, without the one that was looked at."""
    left = {members[~taken[members]].tobytes() for members in sets} - {done.tobytes()}
    kept = [np.frombuffer(one, np.int64) for one in left]
    return [members for members in kept if len(members) >= LEAST]


def _settled(
    one: Curves, near: Pairs, members: Ints, owner: Ints, taken: NDArray[np.bool_]
) -> Tested | None:
    """A candidate with all that belong to it, and without those that do not.

    Whoever is near enough joins first: a part of a group has the rest of it as outsiders.
    """
    group = None
    for _ in range(_ROUNDS):
        joined = np.union1d(members, _beside(one, near, members, taken))
        group = _peeled(one, joined, owner, near.habit)
        if group is None or not group.told or np.array_equal(group.members, members):
            return group
        members = group.members
    return group


def _peeled(one: Curves, members: Ints, owner: Ints, habit: Floats) -> Tested | None:
    for _ in range(_ROUNDS):
        if len(members) < LEAST:
            return None
        group = tested(one, members, owner, habit)
        if group is None or group.firm.all():
            return group
        members = members[group.firm]
    return group


def _beside(one: Curves, near: Pairs, members: Ints, taken: NDArray[np.bool_]) -> Ints:
    """Accounts that coincide with a quarter of the members."""
    inside = np.zeros(one.accounts, bool)
    inside[members] = True
    count = np.bincount(near.one[inside[near.other]], minlength=one.accounts)
    count += np.bincount(near.other[inside[near.one]], minlength=one.accounts)
    return np.flatnonzero(~inside & ~taken & (count >= _NEAR * len(members)))


def _extent(one: _Found) -> tuple[int, int, int]:
    return -len(one.accounts), -one.tested.links, one.curves.window


def _united(told: list[_Found]) -> list[_Found]:
    """One group for what was told in several windows: the one of most accounts, then links."""
    kept: list[_Found] = []
    for one in sorted(told, key=_extent):
        if not any(
            len(one.accounts & other.accounts) >= _SAME * len(one.accounts) for other in kept
        ):
            kept.append(one)
    return kept


def _record(rows: Rows, one: _Found, explanations: Sequence[Explanation]) -> AccountGroup:
    group = one.tested
    mine = rows[one.curves.row[group.rows]]
    return AccountGroup(
        accounts=tuple(sorted(one.accounts)),
        objects=tuple(np.unique(mine["object"]).tolist()),
        posts=tuple(np.unique(mine["post"]).tolist()),
        window_s=one.curves.window,
        first=datetime.fromtimestamp(float(mine["at"].min()), UTC),
        last=datetime.fromtimestamp(float(mine["at"].max()), UTC),
        layer=one.layer,
        evidence=Evidence(
            links=group.links,
            expected=group.expected,
            outsiders=group.outsiders,
            occasions=group.occasions,
        ),
        explained=_explained(one, explanations),
    )


def _explained(one: _Found, explanations: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """What people stated of members, where the group is not told once those count as one."""
    concerned = tuple(
        stated for stated in explanations if len(one.accounts.intersection(stated.accounts)) >= 2
    )
    if not concerned:
        return ()
    owner = np.arange(one.curves.accounts)
    for stated in concerned:
        mine = np.flatnonzero(np.isin(one.curves.names, stated.accounts))
        owner[np.isin(owner, owner[mine])] = owner[mine].min()
    rest = tested(one.curves, one.tested.members, owner, one.habit)
    return concerned if rest is None or not rest.told else ()
