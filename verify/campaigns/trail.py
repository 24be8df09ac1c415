"""The way of one object: who had it first here, and through whom it went."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.rows import Rows
from verify.records import Hop, Trail


def trail(rows: Rows, forwards: Mapping[int, int], changed: Mapping[int, tuple[str, ...]]) -> Trail:
    """The trail of one object.

    rows: of this object alone, at least one. forwards: from a post to the post it is known to be a
    forward of, or to -account where only whose post is known. changed: from a post to what
    differs in it from what went before, by the caller's comparison.

    A forward whose source is not here has no hop. Any other post is taken for a copy of the latest
    one that is surely earlier, which is inferred.
    """
    _, index = np.unique(rows["post"], return_index=True)
    rows = rows[index]
    rows = rows[np.lexsort((rows["post"], rows["at"]))]
    dated = rows[rows["zone_known"]]
    undated = tuple(rows["post"][~rows["zone_known"]].tolist())
    what = int(rows["object"][0])
    if not len(dated):
        return Trail(object=what, first=(), hops=(), undated=undated)
    until = dated["at"] + dated["resolution_s"]
    known = [int(one) for one in dated["post"] if int(one) in forwards]
    own = ~np.isin(dated["post"], known)
    earliest = until[own].min() if own.any() else until.min()
    first = dated["post"][(dated["at"] < earliest) & (own | ~own.any())]
    hops = []
    for place, row in enumerate(rows):
        post = int(row["post"])
        if post in forwards:
            source = _forwarded(rows[:place], forwards[post], rows)
        else:
            source = _copied(dated, until, row) if row["zone_known"] else None
        if source is not None:
            hops.append(
                Hop(
                    source=source,
                    post=post,
                    known=post in forwards,
                    changed=changed.get(post, ()),
                )
            )
    return Trail(object=what, first=tuple(first.tolist()), hops=tuple(hops), undated=undated)


def _forwarded(before: Rows, source: int, rows: Rows) -> int | None:
    if source >= 0:
        return source if source in rows["post"] else None
    theirs = before["post"][before["account"] == -source]
    return int(theirs[-1]) if len(theirs) else None


def _copied(dated: Rows, until: NDArray[np.float64], row: np.void) -> int | None:
    surely = np.flatnonzero((until <= row["at"]) & (dated["post"] != row["post"]))
    return int(dated["post"][surely[-1]]) if len(surely) else None
