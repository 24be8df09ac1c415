"""Objects that distinct accounts post far more often than before."""

from __future__ import annotations

from verify.campaigns.rows import Rows
from verify.records import Wave


def waves(rows: Rows) -> tuple[Wave, ...]:
    """The waves among rows, by their first posts.

    rows: shape (n,), dtype `rows.ROW`, in any order.
    """
    return ()
