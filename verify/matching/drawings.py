"""Whether pixels bear out that two whole pictures are one, where hashes say so of drawings.

A hash of low frequencies tells photographs apart; drawings of one style share most of it. So
what is drawn is laid onto the earlier picture, as the hash says that it lies, and has to be like
it. Keypoints prove little there.
"""

from __future__ import annotations

import numpy as np

from verify.lab.features import THUMBNAIL_SIDE, fit, unpack_thumbnail
from verify.matching.agreement import Agreement, compare
from verify.matching.alignment import Query
from verify.matching.placing import oriented
from verify.records import Features, Orientation

_DRAWN = 0.5  # of what is not blank
_ALIKE = 0.7  # of what is not blank; of edited copies that hashes find 0.74 is, or more


def borne_out(query: Query, earlier: Features, way: Orientation) -> bool:
    """Whether the query may show all of an earlier picture, as its hash says.

    way: how it lies. True for photographs.
    Raises ValueError when the features contradict themselves.
    """
    thumbnail = unpack_thumbnail(earlier.thumbnail)
    height, width = query.frame.shape
    rows, columns = thumbnail.shape
    to_fractions = np.diag([1 / columns, 1 / rows, 1.0])
    matrix = np.diag([width, height, 1.0]) @ oriented(way) @ to_fractions
    for agreement in compare(query.frame, query.levels[:1], thumbnail, matrix):
        weighed = agreement.photo | agreement.graphic
        alike = (agreement.alike & weighed).sum() >= _ALIKE * weighed.sum()
        return bool(alike) or not _is_drawn(agreement)
    return True


def drawn(query: Query) -> bool:
    """Whether a picture is rather drawn than photographed: what a hash says of it alone is then not
    enough."""
    own = fit(query.frame, THUMBNAIL_SIDE)
    scale = query.frame.shape[0] / own.shape[0], query.frame.shape[1] / own.shape[1]
    matrix = np.diag([scale[1], scale[0], 1.0])
    return any(map(_is_drawn, compare(query.frame, query.levels[:1], own, matrix)))


def _is_drawn(agreement: Agreement) -> bool:
    weighed = agreement.photo | agreement.graphic
    return bool(agreement.graphic.sum() > _DRAWN * weighed.sum())
