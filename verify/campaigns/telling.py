"""All that is told of the posts collected here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from verify.campaigns.machines import by_machine
from verify.campaigns.measured import measured
from verify.campaigns.precision import resolutions
from verify.campaigns.rows import Rows
from verify.campaigns.scheduled import scheduled
from verify.campaigns.together import LEAST, WINDOWS, together
from verify.campaigns.waves import waves
from verify.records import Campaigns, Explanation


def told(rows: Rows, explanations: Sequence[Explanation] = ()) -> Campaigns:
    """What coincides among the rows, and what people's marks explain of it.

    rows: shape (n,), dtype `rows.ROW`, in any order. explanations: what people stated of accounts.
    """
    resolution = resolutions(rows)
    coarse = resolution >= max(WINDOWS)
    _, post = np.unique(rows["post"], return_index=True)
    accounts, whose = np.unique(rows["account"][post], return_inverse=True)
    usable = np.bincount(whose, ~coarse[post], minlength=len(accounts))
    return Campaigns(
        groups=together(rows, explanations),
        scheduled=scheduled(rows, resolution),
        by_machine=by_machine(rows, resolution, explanations),
        waves=waves(rows),
        too_few=int((usable < LEAST).sum()),
        accounts=len(accounts),
        posts=len(post),
        too_coarse=int(coarse[post].sum()),
        measured=measured(),
    )
