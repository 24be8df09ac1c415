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
from verify.campaigns.curves import Curves, Floats, Ints, distinct
from verify.campaigns.pairs import OCCASION
from verify.campaigns.parting import one_body
from verify.campaigns.rows import DAY
from verify.campaigns.shared import SharedObjects, shared_objects

_LEVEL = float(np.log(0.01))
_WINDOWS = 4
_MEMBER = float(np.log(0.001))
_LOOSE = 0.5  # of the group's cohesion: less, and a member belongs to another group
_COHESION = 0.3  # mean part of the group that a member's occasion has
_MOST = 0.6  # cohesion below which a group must show on several days: fans are at matches
_DAYS = 4
_CONCENTRATION = 0.85  # part of those who posted an object at all that stand together
_OCCASIONS = 3  # with three owners each
_FREAKS = 2  # occasions without which the test must hold as well


@dataclass(frozen=True)
class Tested:
    """A group and what was counted.

    cohesion: the mean part of the group in a member's occasion. concentration: the part of those
    who posted an object at all that is close. outsiders: rows that others made with the objects of
    which there are several.
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


def tested(curves: Curves, members: Ints, owner: Ints, habit: Floats) -> Tested | None:
    """The test of one group; None where its members share nothing that counts.

    members: ascending numbers of accounts. owner: by account, who has it: accounts of one owner
    count as one. habit: by row, as in `Curves.habit`.
    """
    shared = shared_objects(curves, members, owner, habit)
    if not shared.counts.any():
        return None
    spoken, could, links, expected = _by_occasion(shared)
    present, occasions, days, fellows = _presence(shared, len(members), curves.window)
    if not len(present):
        return None
    owners = len(np.unique(owner[members]))
    log_p = _log_p(links, expected, curves.accounts, owners)
    several = np.bincount(shared.what, shared.close, minlength=len(shared.counts)) >= 2
    told = several & shared.counts
    return Tested(
        members=members,
        log_p=log_p,
        links=int(links.sum()),
        expected=float(expected.sum()),
        outsiders=int(shared.others[told].sum()),
        occasions=occasions,
        days=days,
        cohesion=float((present * present).sum() / present.sum()) / owners,
        concentration=_concentration(shared.theirs[spoken], could, links),
        rows=shared.rows[shared.close & told[shared.what]],
        member_log_p=_member_log_p(shared, len(members)),
        member_cohesion=fellows / owners,
        one_body=one_body(shared, len(members)),
    )


def _by_occasion(shared: SharedObjects) -> tuple[Ints, Ints, Ints, Floats]:
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
    rest = np.argsort(expected - links)[_FREAKS:]
    ways = log_choose(accounts, owners) + np.log(_WINDOWS)
    if not len(rest):
        return 0.0
    tails = log_tail([links.sum(), links[rest].sum()], [expected.sum(), expected[rest].sum()])
    return float(tails.max() + ways)


def _presence(shared: SharedObjects, members: int, window: int) -> tuple[Ints, int, int, Floats]:
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


def _member_log_p(shared: SharedObjects, members: int) -> Floats:
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
