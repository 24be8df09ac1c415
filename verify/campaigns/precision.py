"""How fine times are, whatever their source says of them, and whose posts keep to the clock."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.campaigns.chance import log_tail
from verify.campaigns.rows import DAY, Rows

HOUR = 3_600
_MINUTE = 60
_ALWAYS = 5  # rows that must agree before a time of day is no time
_QUARTER = 900  # zones are whole quarters of an hour apart
_ON_TIME = 6.0  # seconds after the full hour in which a scheduler posts


def resolutions(rows: Rows) -> NDArray[np.float64]:
    """How fine each time is, in seconds; infinite where its zone is unknown.

    An account whose seconds are always 0 is known to the minute; one that always posts at one
    quarter of an hour of the day is known to the day, since midnight is another hour elsewhere.
    """
    given = np.maximum(rows["resolution_s"].astype(np.float64), 0.001)
    at = np.floor(rows["at"])
    account, index = np.unique(rows["account"], return_inverse=True)
    counts = np.bincount(index)
    uneven = np.bincount(index, at % _MINUTE != 0, minlength=len(account))
    minute = (uneven == 0) & (counts >= 2)
    of_day = at % DAY
    lowest = np.full(len(account), np.inf)
    highest = np.full(len(account), -np.inf)
    np.minimum.at(lowest, index, of_day)
    np.maximum.at(highest, index, of_day)
    day = (lowest == highest) & (lowest % _QUARTER == 0) & (counts >= _ALWAYS)
    given = np.where(minute[index], np.maximum(given, _MINUTE), given)
    given = np.where(day[index], np.maximum(given, DAY), given)
    return np.where(rows["zone_known"], given, np.inf)


def on_the_hour(rows: Rows, resolution: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which rows a clock explains: those in the first seconds of an hour, of accounts that have
    more of them than chance gives (binomial, by the Poisson bound; Bonferroni)."""
    early = (rows["at"] % HOUR < _ON_TIME) & (resolution <= _MINUTE)
    account, index = np.unique(rows["account"], return_inverse=True)
    _, first = np.unique(rows["post"], return_index=True)
    posts = np.bincount(index[first], minlength=len(account))
    hits = np.bincount(index[first], early[first], minlength=len(account))
    share = np.where(resolution[first] >= _MINUTE, 1 / 60, _ON_TIME / HOUR)
    expected = np.bincount(index[first], share, minlength=len(account))
    told = (hits >= 3) & (log_tail(hits, expected) < np.log(0.001 / max(1, len(posts))))
    return np.asarray(early & told[index])
