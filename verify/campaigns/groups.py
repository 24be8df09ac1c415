"""Whether the members of a group are closer together than the objects' own curves bring them.

In each object the group's middle row is the anchor, chosen by rank and not by how close others are
to it. How many members stand within the window of it is held against how many of the outsiders'
rows do, by a Poisson test. Objects at one time are one occasion, for which the object stands that
could say most, again whatever it says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.chance import log_choose, log_tail
from verify.campaigns.curves import HABIT, WIDE, Curves, Floats, Ints, distinct
from verify.campaigns.pairs import AT_MOST, OCCASION
from verify.campaigns.rows import DAY

_LEVEL = float(np.log(0.01))
_WINDOWS = 4
_MEMBER = float(np.log(0.001))
_COMMON = 0.25  # of the occasions of two members, that they have in common
_PARTED = 0.25  # modularity from which communities are groups of their own
_LOOSE = 0.5  # of the group's cohesion: less, and a member belongs to another group
_COHESION = 0.3  # mean part of the group that a member's occasion has
_MOST = 0.6  # cohesion below which a group must show on several days: fans are at matches
_DAYS = 4
_EVENT = 2 * 3_600  # seconds of a match, a speech, a debate: what members post of it comes in a row
_IN_A_ROW = 2.5  # posts of a member, minutes apart, within an event
_CONCENTRATION = 0.85  # part of those who posted an object at all that stand together
_OCCASIONS = 3  # with three owners each
_FREAKS = 2  # occasions without which the test must hold as well


@dataclass(frozen=True)
class Tested:
    """A group and what was counted.

    cohesion: the mean part of the group in a member's occasion. concentration: the part of those
    who posted an object at all that is close.
    rows: those within the window of an anchor, where there are several. member_log_p: by member,
    how likely its own closeness is. member_cohesion: which part of the group its occasions have.
    """

    members: Ints
    log_p: float
    links: int
    expected: float
    outsiders: int
    occasions: int
    days: int
    cohesion: float
    concentration: float
    rows: Ints
    member_log_p: Floats
    member_cohesion: Floats
    one_body: NDArray[np.bool_]

    @property
    def told(self) -> bool:
        return (
            self.log_p <= _LEVEL
            and self.occasions >= _OCCASIONS
            and (self.cohesion >= _MOST or self.days >= _DAYS)
            and self.cohesion >= _COHESION
            and self.concentration >= _CONCENTRATION
        )

    @property
    def firm(self) -> NDArray[np.bool_]:
        """Which members belong to it by their own rows."""
        loose = self.member_cohesion < _LOOSE * self.cohesion
        return np.asarray((self.member_log_p <= _MEMBER) & ~loose & self.one_body)


@dataclass(frozen=True)
class _Shared:
    """The group's rows and its objects. By row: what, who (member), owner, close, repeated. By
    object: chance, counts, occasion, anchor (place in rows), owners."""

    rows: Ints
    what: Ints
    who: Ints
    owner: Ints
    close: NDArray[np.bool_]
    chance: Floats
    counts: NDArray[np.bool_]
    theirs: NDArray[np.bool_]
    occasion: Ints
    anchor: Ints
    owners: Ints
    others: Ints


def tested(curves: Curves, members: Ints, owner: Ints, habit: Floats) -> Tested | None:
    """The test of one group; None where its members share nothing that counts.

    members: ascending numbers of accounts. owner: by account, who has it: accounts of one owner
    count as one. habit: by row, as in `Curves.habit`.
    """
    shared = _shared(curves, members, owner, habit)
    if not shared.counts.any():
        return None
    spoken, could, links, expected = _by_occasion(shared)
    present, occasions, days, fellows = _presence(shared, len(members), curves.window)
    if not len(present):
        return None
    owners = len(np.unique(owner[members]))
    log_p = _log_p(links, expected, curves.accounts, owners)
    objects = np.flatnonzero(shared.counts)
    several = np.bincount(shared.what, shared.close, minlength=len(shared.counts)) >= 2
    return Tested(
        members=members,
        log_p=log_p,
        links=int(links.sum()),
        expected=float(expected.sum()),
        outsiders=int(shared.others[objects].sum()),
        occasions=occasions,
        days=days,
        cohesion=float((present * present).sum() / present.sum()) / owners,
        concentration=_concentration(shared.theirs[spoken], could, links),
        rows=shared.rows[shared.close & (several & shared.counts)[shared.what]],
        member_log_p=_member_log_p(shared, len(members)),
        member_cohesion=fellows / owners,
        one_body=_one_body(shared, len(members)),
    )


def _shared(curves: Curves, members: Ints, owner: Ints, habit: Floats) -> _Shared:
    rows = curves.rows_by(members)
    _, begins, what, sizes = np.unique(
        curves.object[rows], return_index=True, return_inverse=True, return_counts=True
    )
    anchor = begins + (sizes - 1) // 2
    middle = rows[anchor]
    close = np.abs(curves.key[rows] - curves.key[middle][what]) <= curves.window * 1_000
    beside = curves.near[middle] - np.bincount(what, close, minlength=len(sizes)).astype(np.int64)
    others = curves.size[curves.object[middle]] - sizes
    owners = distinct(what, owner[curves.account[rows]])
    usual = np.bincount(what, habit[rows]) / sizes
    earlier = np.bincount(what, curves.earliness[rows]) / sizes
    chance = (beside + HABIT * usual) / (others + HABIT) * earlier
    chance = np.where(owners > 2, chance * owners / np.maximum(owners - 1, 1), chance)
    posters = distinct(what, curves.account[rows])
    theirs = 2 * posters >= curves.posters[curves.object[middle]]
    could = (owners >= 2) & (theirs | (curves.window < WIDE))
    if curves.window >= WIDE:
        could &= ~_eventful(curves, rows, could[what], middle)
    counts = could & (chance <= AT_MOST)
    if 2 * counts.sum() < could.sum():  # in so wide a window they are near each other anyway
        counts[:] = False
    return _Shared(
        rows=rows,
        what=what,
        who=np.searchsorted(members, curves.account[rows]),
        owner=owner[curves.account[rows]],
        close=close,
        chance=chance,
        counts=counts,
        theirs=theirs,
        occasion=(curves.at[middle] // max(OCCASION, curves.window)).astype(np.int64),
        anchor=anchor,
        owners=owners,
        others=others,
    )


def _eventful(
    curves: Curves, rows: Ints, counts: NDArray[np.bool_], middle: Ints
) -> NDArray[np.bool_]:
    """By object: whether the group posts one thing after the other then, as people do who watch
    the same: what brings them together is an event."""
    mine = rows[counts]
    minute = np.stack([curves.at[mine] // _EVENT, curves.account[mine], curves.at[mine] // 60])
    minutes = np.unique(minute, axis=1)[:2]
    present, posts = np.unique(minutes, axis=1, return_counts=True)
    events, which = np.unique(present[0], return_inverse=True)
    in_a_row = np.bincount(which, posts) / np.bincount(which)
    return np.isin(curves.at[middle] // _EVENT, events[in_a_row >= _IN_A_ROW])


def _by_occasion(shared: _Shared) -> tuple[Ints, Ints, Ints, Floats]:
    """By occasion: the object that speaks for it, how many owners posted it beside the anchor's,
    how many of them are close, and how many would be."""
    objects = np.flatnonzero(shared.counts)
    could_say = (shared.owners[objects] - 1) * -np.log(shared.chance[objects])
    order = np.lexsort((-could_say, shared.occasion[objects]))
    _, first = np.unique(shared.occasion[objects][order], return_index=True)
    spoken = objects[order][first]
    close = np.flatnonzero(shared.close)
    links = distinct(shared.what[close], shared.owner[close], len(shared.counts)) - 1
    could = shared.owners[spoken] - 1
    return spoken, could, links[spoken], could * shared.chance[spoken]


def _concentration(theirs: NDArray[np.bool_], could: Ints, links: Ints) -> float:
    """Of what is mostly theirs, where there is enough of it: the rest they post like others. Large
    occasions weigh more."""
    if theirs.sum() >= _OCCASIONS:
        could, links = could[theirs], links[theirs]
    return float((could * links).sum() / (could * could).sum())


def _log_p(links: Ints, expected: Floats, accounts: int, owners: int) -> float:
    """The worse of the test of all occasions and that without those that say most."""
    beyond = np.sort(links - expected)[::-1]
    order = np.argsort(expected - links)
    rest = order[_FREAKS:]
    ways = log_choose(accounts, owners) + np.log(_WINDOWS)
    if not len(rest) or beyond[0] <= 0:
        return 0.0
    tails = log_tail([links.sum(), links[rest].sum()], [expected.sum(), expected[rest].sum()])
    return float(tails.max() + ways)


def _presence(shared: _Shared, members: int, window: int) -> tuple[Ints, int, int, Floats]:
    """By occasion with several owners: how many were there; how many occasions, apart from each
    other, had three, and on how many days; by member, how many were there at its occasions."""
    close = np.flatnonzero(shared.close & shared.counts[shared.what])
    times, which = np.unique(shared.occasion[shared.what[close]], return_inverse=True)
    there = distinct(which, shared.owner[close], len(times))
    three = times[there >= 3]
    apart = 1 + int((np.diff(three) > 1).sum()) if len(three) else 0
    days = len(np.unique(three * max(OCCASION, window) // DAY))
    several = there[which] >= 2
    who = shared.who[close][several]
    total = np.bincount(who, there[which][several], minlength=members)
    mean = total / np.maximum(np.bincount(who, minlength=members), 1)
    return there[there >= 2], apart, days, mean


def _common(shared: _Shared, members: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """By two members: at how many occasions both were there, and whether that is enough to connect
    them. Shapes (members, members)."""
    close = np.flatnonzero(shared.close & shared.counts[shared.what])
    times, which = np.unique(shared.occasion[shared.what[close]], return_inverse=True)
    there = np.zeros((members, len(times)), np.float32)
    there[shared.who[close], which] = 1
    common = there @ there.T
    own = np.diag(common)
    return common, common >= np.maximum(2, _COMMON * np.minimum.outer(own, own))


def _one_body(shared: _Shared, members: int) -> NDArray[np.bool_]:
    """Which members belong to the largest part of the group that common occasions connect."""
    from scipy.sparse.csgraph import connected_components  # slow to load

    _, part = connected_components(_common(shared, members)[1], directed=False)
    return np.asarray(part == np.argmax(np.bincount(part)))


def bodies(curves: Curves, members: Ints, owner: Ints, habit: Floats) -> list[Ints]:
    """The group, or the groups it consists of: two that share members, or that were found together,
    are far from chance as one, too. Communities of common occasions; one where these hardly part.
    """
    from networkx import Graph  # slow to load
    from networkx.algorithms.community import louvain_communities, modularity

    common, enough = _common(_shared(curves, members, owner, habit), len(members))
    one, other = np.nonzero(np.triu(enough, 1))
    own = np.sqrt(np.maximum(np.diag(common), 1))
    weight = common[one, other] / (own[one] * own[other])
    graph = Graph()
    graph.add_nodes_from(range(len(members)))
    graph.add_weighted_edges_from(zip(one.tolist(), other.tolist(), weight.tolist(), strict=True))
    parts = louvain_communities(graph, seed=1)
    if len(parts) < 2 or not len(one) or modularity(graph, parts) < _PARTED:
        return [members]
    return [members[sorted(part)] for part in parts]


def _member_log_p(shared: _Shared, members: int) -> Floats:
    """By member: its occasions close to the anchor of another, one object each."""
    apart = shared.owner != shared.owner[shared.anchor][shared.what]
    index = np.flatnonzero(apart & shared.counts[shared.what])
    what, who = shared.what[index], shared.who[index]
    order = np.lexsort((~shared.close[index], shared.chance[what], shared.occasion[what], who))
    index, what, who = index[order], what[order], who[order]
    _, first = np.unique(np.stack([who, shared.occasion[what]]), axis=1, return_index=True)
    seen = np.bincount(who[first], shared.close[index[first]], minlength=members)
    expected = np.bincount(who[first], shared.chance[what[first]], minlength=members)
    return np.where(seen >= 2, log_tail(seen, expected), 0.0)
