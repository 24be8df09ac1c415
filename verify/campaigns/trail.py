"""The way of one object: who had it first here, and through whom it went."""

from __future__ import annotations

from collections.abc import Mapping

from verify.campaigns.rows import Rows
from verify.records import Trail


def trail(rows: Rows, forwards: Mapping[int, int], changed: Mapping[int, tuple[str, ...]]) -> Trail:
    """The trail of one object.

    rows: of this object alone. forwards: from a post to the post, or -account, it is known to be
    a forward of; what is not here is inferred. changed: from a post to what differs in it from what
    went before, by the caller's comparison.
    """
    return Trail(object=int(rows["object"][0]), first=(), hops=())
