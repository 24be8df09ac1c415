"""What a group shares: its rows and objects, and how likely each object brings it together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.curves import HABIT, WIDE, Curves, Floats, Ints, distinct
from verify.campaigns.pairs import AT_MOST, OCCASION

_EVENT = 2 * 3_600  # seconds of a match, a speech, a debate: what members post of it comes in a row
_IN_A_ROW = 2.5  # posts of a member, minutes apart, within an event


@dataclass(frozen=True)
class SharedObjects:
    """The group's rows and its objects.

    By row: `what` object it is of, `who` of the members posted it, whose `owner` that is, whether
    it is `close` to the anchor. By object: the `chance` of another member within the window
    of the anchor; whether it `counts`; whether it is `theirs`, half of its posters being members;
    its `occasion`; the `anchor`, a place in rows; how many `owners` posted it; the `others`,
    outsiders' rows.
    """

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


def shared_objects(curves: Curves, members: Ints, owner: Ints, habit: Floats) -> SharedObjects:
    """What the members share; the arguments are those of `groups.tested`."""
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
    return SharedObjects(
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
    if not len(mine):
        return np.zeros(len(middle), bool)
    minute = np.stack([curves.at[mine] // _EVENT, curves.account[mine], curves.at[mine] // 60])
    minutes = np.unique(minute, axis=1)[:2]
    present, posts = np.unique(minutes, axis=1, return_counts=True)
    events, which = np.unique(present[0], return_inverse=True)
    in_a_row = np.bincount(which, posts) / np.bincount(which)
    return np.isin(curves.at[middle] // _EVENT, events[in_a_row >= _IN_A_ROW])
