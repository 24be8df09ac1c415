"""The cosine transform as a matrix: for small blocks a product is as fast as any other way.

SciPy's would take longer to import than everything else that the lab loads.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def cosines(n: int) -> NDArray[np.float64]:
    """The waves of the DCT-II of n samples, one a row, slowest first; not normalised.

    Returns shape (n, n). Source: Ahmed, Natarajan, Rao, IEEE Trans. Computers C-23(1), 1974.
    """
    waves: NDArray[np.float64] = np.cos(
        np.pi / (2 * n) * np.arange(n)[:, None] * (2 * np.arange(n) + 1)
    )
    return waves
