"""Tails of the Poisson distribution, far beyond what floating point holds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def log_tail(observed: ArrayLike, expected: ArrayLike) -> NDArray[np.float64]:
    """The natural logarithm of P(Poisson(expected) >= observed), from above.

    Exact to a few per cent far above `expected`; 0 where `observed` is not above it. The terms of
    the tail fall at least as fast as a geometric series (Abramowitz, Stegun 26.4.21).
    """
    from scipy.special import gammaln  # slow to load

    k = np.asarray(observed, np.float64)
    mean = np.maximum(np.asarray(expected, np.float64), 1e-300)
    ratio = mean / (k + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = k * np.log(mean) - mean - gammaln(k + 1) - np.log1p(-np.minimum(ratio, 1 - 1e-12))
    return np.asarray(np.where(k <= mean, 0.0, np.minimum(bound, 0.0)))


def log_choose(n: int, k: int) -> float:
    """The natural logarithm of the number of ways to choose k of n."""
    from math import lgamma

    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
