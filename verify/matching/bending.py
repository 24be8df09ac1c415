"""Pictures that are bent: a page that curls, waves, a fisheye. No one map lays them.

Matching keypoints agree with their neighbours on maps of their own, which pass into one another.
By a thin-plate spline through them (Bookstein, IEEE TPAMI 11(6), 1989) the query's frame is laid
straight, so that pixels decide as they do for any other picture.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.geometry import Geometry, Matrix, affine, overlap, scale_of
from verify.matching.points import Points

_LEAST, _MORE = 20, 1.15  # pairs, and times as many as one map explains
_ASKED, _CONSENT = 10, 4  # neighbours, and how many of them must agree to begin with
_DRIFT, _ZOOMS, _TURNS = 0.2, 0.5, 0.4  # as in `geometry`; nearby, where all is small
_NEIGHBOURS, _LOOKED_AT = 8, 60
_ANCHORS = 2  # neighbours nearer than `_FARTHEST`
_TOLERANCE = 8.0  # pixels of the earlier frame, from where the neighbours say
_FARTHEST = 120.0  # pixels
_STIFF = 0.5  # how far neighbours are trusted to have a map unlike that of all
_ROUNDS = 14
_CELL = 24  # pixels, between which the spline is filled in
_SMOOTH = 30.0  # of the spline, which does not go through every pair
_MOST_MOVED = 0.16  # of the frame's longer side

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def straightened(
    query: Points, earlier: Points, geometry: Geometry
) -> tuple[Geometry, NDArray[np.float32]] | None:
    """How pairs that agree with their neighbours lay the query straight.

    geometry: the one map that explains some of them. Returns the map that fits all of these best,
    and for every pixel of the query's frame laid straight where in that it comes from, (h, w, 2);
    None where hardly more agree than on one map, or some are moved far.
    """
    q, e = geometry.alike
    one_map = np.isin(q, geometry.query)
    if len(q) < max(_LEAST, _MORE * one_map.sum()):
        return None
    source, target = earlier.xy[e].astype(float), query.xy[q].astype(float)
    similar = query.size[q] / earlier.size[e] * np.exp(1j * (query.angle[q] - earlier.angle[e]))
    start = one_map | _consenting(source, target, similar)
    rough = affine(source[start], target[start])
    if rough is None:
        return None
    agree = _agreeing(source, target, rough, start)
    if agree.sum() < max(_LEAST, _MORE * one_map.sum()):
        return None
    matrix = affine(source[agree], target[agree])
    if matrix is None:
        return None
    places = _places(source[agree], target[agree], matrix, (query.height, query.width))
    if places is None:
        return None
    share = agree.sum() / max(1, overlap(query, earlier, matrix))
    return Geometry(matrix, q[agree], e[agree], share, geometry.alike), places


def _consenting(source: Floats, target: Floats, similar: NDArray[np.complex128]) -> Flags:
    """Pairs whose neighbours lie where a pair's own scale and turn say, and have about the same.

    similar: (n,) scale and turn of each pair as one number.
    """
    far, near = _nearest(source, _ASKED)
    z, w = source[:, 0] + 1j * source[:, 1], target[:, 0] + 1j * target[:, 1]
    off = np.abs(w[:, None] + similar[:, None] * (z[near] - z[:, None]) - w[near])
    other = similar[near] / similar[:, None]
    good = off < np.abs(similar)[:, None] * (_TOLERANCE + _DRIFT * far)
    good &= (np.abs(np.log2(np.abs(other))) < _ZOOMS) & (np.abs(np.angle(other)) < _TURNS)
    consent: Flags = good.sum(axis=1) >= _CONSENT
    return consent


def _agreeing(source: Floats, target: Floats, matrix: Matrix, start: Flags) -> Flags:
    """Pairs that lie where the nearest that agree say, again and again, beginning with `start`.

    matrix: (3, 3), from source to target, of all roughly: neighbours say how far off that is.
    """
    off = target - cv2.perspectiveTransform(source[:, None], matrix)[:, 0]
    tolerance = _TOLERANCE * scale_of(matrix)
    far, near = _nearest(source, _LOOKED_AT)
    # a plane through the neighbours' offsets; the pair itself has no say
    about = (source[near] - source[:, None]) / np.maximum(far[:, _NEIGHBOURS], 8)[:, None, None]
    plane = np.concatenate([np.ones((*near.shape, 1)), about], axis=2)
    agree = start
    for _ in range(_ROUNDS):
        nth = np.where(agree[near], agree[near].cumsum(axis=1), 0)
        asked = (nth > 0) & (nth <= _NEIGHBOURS)
        turned = (plane * asked[..., None]).swapaxes(1, 2)
        gram = turned @ plane + np.diag([1e-6, _STIFF, _STIFF])
        said = np.linalg.solve(gram, turned @ off[near])[:, 0]
        close = (asked & (far < _FARTHEST)).sum(axis=1) >= _ANCHORS
        now = (np.linalg.norm(said - off, axis=1) < tolerance) & close
        if (now == agree).all():
            break
        agree = now
    return agree


def _places(
    source: Floats, target: Floats, matrix: Matrix, shape: tuple[int, int]
) -> NDArray[np.float32] | None:
    """Where every pixel of the straight frame comes from. shape: its height and width."""
    height, width = shape
    straight = cv2.perspectiveTransform(source[:, None], matrix)[:, 0].astype(float)
    _, once = np.unique(np.rint(straight / 4), axis=0, return_index=True)
    straight, off = straight[once], (target - straight)[once]
    columns, rows = (max(2, round(side / _CELL) + 1) for side in (width, height))
    x, y = np.meshgrid(np.linspace(0, width - 1, columns), np.linspace(0, height - 1, rows))
    # beyond the pairs the spline would run away
    at = np.stack([x.ravel(), y.ravel()], axis=1).clip(straight.min(0), straight.max(0))
    try:
        moved = _spline(straight, off, at).reshape(rows, columns, 2)
    except np.linalg.LinAlgError:  # all in a line
        return None
    if np.abs(moved).max() > _MOST_MOVED * max(shape):
        return None
    ys, xs = np.mgrid[:height, :width].astype(np.float32)
    fine = cv2.resize(moved, (width, height), interpolation=cv2.INTER_CUBIC)
    return (np.stack([xs, ys], axis=2) + fine).astype(np.float32)


def _spline(points: Floats, values: Floats, at: Floats) -> Floats:
    """A thin-plate spline about these values at these points, elsewhere. (n, 2), (n, 2), (m, 2)."""
    n = len(points)
    system = np.zeros((n + 3, n + 3))
    system[:n, :n] = _bending(points, points) + _SMOOTH * np.eye(n)
    system[:n, n] = system[n, :n] = 1
    system[:n, n + 1 :], system[n + 1 :, :n] = points, points.T
    solved = np.linalg.solve(system, np.concatenate([values, np.zeros((3, 2))]))
    found: Floats = _bending(at, points) @ solved[:n] + solved[n] + at @ solved[n + 1 :]
    return found


def _bending(some: Floats, others: Floats) -> Floats:
    squares = ((some[:, None] - others[None]) ** 2).sum(axis=2)
    bending: Floats = squares * np.log(np.maximum(squares, 1e-9)) / 2
    return bending


def _nearest(points: Floats, k: int) -> tuple[Floats, NDArray[np.intp]]:
    """How far the nearest k others lie from each point, and which they are: (n, k), in order."""
    z = points[:, 0] + 1j * points[:, 1]
    distances = np.abs(z[:, None] - z[None])
    np.fill_diagonal(distances, np.inf)
    near = np.argsort(distances, axis=1)[:, : min(k, len(points) - 1)]
    return np.take_along_axis(distances, near, axis=1), near
