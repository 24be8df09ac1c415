"""All that is told of the posts collected here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verify.campaigns.measured import measured
from verify.campaigns.rows import Rows
from verify.campaigns.waves import waves
from verify.records import Campaigns, Explanation


def told(rows: Rows, explanations: Sequence[Explanation] = ()) -> Campaigns:
    """What coincides among the rows, and what people's marks explain of it.

    rows: shape (n,), dtype `rows.ROW`, in any order. explanations: what people stated of accounts.
    """
    return Campaigns(
        groups=(),
        scheduled=(),
        by_machine=(),
        waves=waves(rows),
        too_few=0,
        accounts=len(np.unique(rows["account"])),
        posts=len(np.unique(rows["post"])),
        too_coarse=0,
        measured=measured(),
    )
