"""How often groups were told in worlds that hold none: the figure that stands beside each group.

`measured.json` beside this file is written by `benchmarks/campaigns.py`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from verify.records import Measured


@cache
def measured() -> Measured:
    """The last measurement."""
    table = resources.files("verify.campaigns").joinpath("measured.json")
    return msgspec.json.decode(table.read_bytes(), type=Measured)
