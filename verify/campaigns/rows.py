"""The columns that all of this computes on: who posted which object when.

One row for each object of a post: a post with a picture and two hashtags makes three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from verify.records import Explanation, Shared

ROW = np.dtype(
    [
        ("account", np.int32),
        ("object", np.int32),  # distinct over all kinds
        ("at", np.float64),  # seconds since 1970, UTC
        ("resolution_s", np.float32),  # how fine the time is: 0.001, 1, 60, 86,400
        ("zone_known", np.bool_),
        ("kind", np.uint8),  # of the object, a value of `Shared`
        ("forward", np.bool_),
        ("client", np.int32),  # NO_CLIENT where none is named
        ("post", np.int64),
    ]
)
NO_CLIENT = -1
DAY = 86_400

Rows = NDArray[np.void]


def rows_of(
    posted: Iterable[tuple[int, int, float, float, bool, Shared, bool, int | None, int]],
) -> Rows:
    """Rows from tuples in the order of `ROW`; a client may be None.

    Where there are many, fill `numpy.empty(n, ROW)` by its columns instead.
    """
    return np.array(
        [(*row[:7], NO_CLIENT if row[7] is None else row[7], row[8]) for row in posted], ROW
    )


def as_owners(rows: Rows, explanations: Sequence[Explanation]) -> Rows:
    """The rows as if accounts that an explanation is of were one."""
    accounts, whose = np.unique(rows["account"], return_inverse=True)
    owner = accounts.copy()
    for stated in explanations:
        mine = np.isin(accounts, stated.accounts)
        if mine.any():
            owner[np.isin(owner, owner[mine])] = owner[mine].min()
    rows = rows.copy()
    rows["account"] = owner[whose]
    return rows
