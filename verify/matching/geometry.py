"""The map between two pictures that their matching keypoints agree on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from verify.matching.points import Points
from verify.records import Point

Matrix = NDArray[np.float64]
Fit = Callable[[NDArray[Any], NDArray[Any]], Matrix | None]
_FARTHEST = 71  # bits of 256, between descriptors of one pair
_RATIO = 0.9  # of the rival's distance (Lowe, IJCV 60(2), 2004, section 7.1)
_RIVAL = 6.0  # pixels: two points closer than this are no rivals
_TOLERANCE = 5.0  # pixels of the earlier frame
_LEAST = 6  # inliers to go on with
_HYPOTHESES = 3  # that are refined
_SQUEEZED = 1.5  # times as much one way as the other
_STRICTER = (3.0, 2.0, 1.5, 1.0, 1.0)  # times the tolerance
# How far two pairs of one similarity may differ. A keypoint's own scale and angle are rough.
_DRIFT = 0.12  # of the distance between their keypoints, since angle and scale err
_ZOOMS = 0.6  # log2
_TURNS = 0.45  # radians
_SAME = 0.7  # share of pairs in common that makes two hypotheses one
_MOST_BENT = 0.8  # change of scale by perspective over a frame of some 512 pixels


@dataclass(frozen=True)
class Geometry:
    """A map between two frames and the keypoints that agree on it.

    matrix: (3, 3) from the earlier frame's pixels to the query's. query, earlier: indices of
    the keypoints that agree. share: of the keypoints that the query and the earlier picture
    have where they overlap, taking the one that has fewer there. alike: (2, n) indices of all
    pairs that look alike, whether they agree or not.
    """

    matrix: Matrix
    query: NDArray[np.intp]
    earlier: NDArray[np.intp]
    share: float
    alike: NDArray[np.intp]


def matching_points(
    query: Points, earlier: Points, rival_px: float = _RIVAL
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of keypoints that look alike: near, and nearer than any rival.

    rival_px: two points of the earlier picture that are closer than this are no rivals.
    Returns indices into the query's and into the earlier picture's keypoints, (n,) each.
    """
    a, b = query.bits.view(np.uint64), earlier.bits.view(np.uint64)
    distances = np.zeros((len(a), len(b)), np.uint16)
    for word in range(4):
        distances += np.bitwise_count(a[:, word, None] ^ b[None, :, word])
    best = distances.argmin(axis=1)
    nearest = distances[np.arange(len(a)), best]
    hopeful = np.flatnonzero(nearest <= _FARTHEST)
    best, nearest = best[hopeful], nearest[hopeful]
    place = earlier.xy[:, 0] + 1j * earlier.xy[:, 1]
    same_place = np.abs(place[:, None] - place[None]) <= rival_px
    rival = np.where(same_place[best], 256, distances[hopeful]).min(axis=1)
    good = nearest < _RATIO * rival
    return hopeful[good], best[good]


def find_geometry(query: Points, earlier: Points, rival_px: float = _RIVAL) -> Geometry | None:
    """The map from the earlier frame to the query's that most matching keypoints agree on.

    None where fewer than six places agree. rival_px: as in `matching_points`. Lowe's
    clustering by single correspondences, affine by least squares, and a homography (MAGSAC++,
    Barath et al., CVPR 2020) where it explains more.
    """
    if len(query) < _LEAST or len(earlier) < _LEAST:
        return None
    q, e = matching_points(query, earlier, rival_px)
    if len(q) < _LEAST:
        return None
    source, target = earlier.xy[e].astype(float), query.xy[q].astype(float)
    zoom = (query.size[q] / earlier.size[e]).astype(float)
    turn = (query.angle[q] - earlier.angle[e]).astype(float)
    best: tuple[int, Matrix, NDArray[np.bool_]] | None = None
    for rough in _hypotheses(source, target, zoom, turn):
        refined = _refined(source, target, rough)
        if refined is None:
            continue
        inliers = different_places(source[refined[1]], target[refined[1]])
        if best is None or inliers > best[0]:
            best = (inliers, *refined)
    if best is None or best[0] < _LEAST:
        return None
    count, matrix, agree = best
    bent = _homography(source, target, matrix)
    if bent is not None:
        more = different_places(source[bent[1]], target[bent[1]])
        if more >= max(count + 3, 1.1 * count):
            matrix, agree = bent
    share = agree.sum() / max(1, overlap(query, earlier, matrix))
    return Geometry(matrix, q[agree], e[agree], share, np.stack([q, e]))


def overlap(query: Points, earlier: Points, matrix: Matrix) -> int:
    """How many keypoints lie where both pictures show something, of the one that has fewer."""
    there = _within(earlier.xy, matrix, query)
    return min(there, _within(query.xy, np.linalg.inv(matrix), earlier))


def _within(xy: NDArray[Any], matrix: NDArray[Any], other: Points) -> int:
    """How many points the map brings inside the other frame."""
    moved = cv2.perspectiveTransform(xy[:, None].astype(float), matrix)[:, 0]
    return int(((moved > 0) & (moved < (other.width, other.height))).all(axis=1).sum())


def _hypotheses(
    source: NDArray[np.float64], target: NDArray[np.float64],
    zoom: NDArray[np.float64], turn: NDArray[np.float64],
) -> list[NDArray[np.bool_]]:  # fmt: skip
    """Sets of pairs that agree, roughly, with the similarity that one pair implies.

    source, target: (n, 2) pixels. zoom, turn: (n,), of each pair, the turn in radians.
    """
    factor = (zoom * np.exp(1j * turn)).astype(np.complex64)
    z = (source[:, 0] + 1j * source[:, 1]).astype(np.complex64)
    w = (target[:, 0] + 1j * target[:, 1]).astype(np.complex64)
    apart = z[None] - z[:, None]
    off = np.abs(factor[:, None] * apart + w[:, None] - w[None])
    size, logs, turns = (one.astype(np.float32) for one in (zoom, np.log2(zoom), turn))
    agree = off < size[:, None] * (1.5 * _TOLERANCE + _DRIFT * np.abs(apart))
    agree &= np.abs(logs[None] - logs[:, None]) < _ZOOMS
    bend = np.abs(turns[None] - turns[:, None]) % np.float32(2 * np.pi)
    agree &= np.minimum(bend, np.float32(2 * np.pi) - bend) < _TURNS
    chosen: list[NDArray[np.bool_]] = []
    for row in np.argsort(-agree.sum(axis=1), kind="stable"):
        if agree[row].sum() < 4 or len(chosen) == _HYPOTHESES:
            break
        if all((agree[row] & other).sum() < _SAME * agree[row].sum() for other in chosen):
            chosen.append(agree[row])
    return chosen


def _refined(
    source: NDArray[np.float64], target: NDArray[np.float64], start: NDArray[np.bool_]
) -> tuple[Matrix, NDArray[np.bool_]] | None:
    """Least squares over agreeing pairs, again and again, ever stricter.

    An affine map; where that squeezes much, for in a strip one wrong pair tilts it, a similarity
    first, if more agrees then.
    """
    found = _closing_in(source, target, start, (affine,) * 5)
    if found is not None and np.linalg.cond(found[0][:2, :2]) < _SQUEEZED:
        return found
    other = _closing_in(source, target, start, (similarity,) * 3 + (_affine_or_similar,) * 2)
    both = [one for one in (found, other) if one is not None]
    return max(both, key=lambda one: one[1].sum(), default=None)


def _closing_in(
    source: NDArray[np.float64], target: NDArray[np.float64], start: NDArray[np.bool_],
    fits: tuple[Fit, ...],
) -> tuple[Matrix, NDArray[np.bool_]] | None:  # fmt: skip
    agree, found = start, None
    for fit, strictness in zip(fits, _STRICTER, strict=True):
        if agree.sum() < 4 or (matrix := fit(source[agree], target[agree])) is None:
            return None
        error = np.linalg.norm(source @ matrix[:2, :2].T + matrix[:2, 2] - target, axis=1)
        agree = error < strictness * _TOLERANCE * scale_of(matrix)
        found = matrix, agree
    return found


def similarity(source: NDArray[Any], target: NDArray[Any]) -> Matrix | None:
    """The similarity that fits pairs of points best; None if it zooms too much."""
    z, w = source @ (1, 1j), target @ (1, 1j)
    about = z - z.mean()
    by = (about.conj() * w).sum() / max(1e-9, (np.abs(about) ** 2).sum())
    to = w.mean() - by * z.mean()
    matrix = np.array([[by.real, -by.imag, to.real], [by.imag, by.real, to.imag], [0, 0, 1]])
    return matrix if plausible_scale(matrix) else None


def _affine_or_similar(source: NDArray[Any], target: NDArray[Any]) -> Matrix | None:
    found = affine(source, target)
    return similarity(source, target) if found is None else found


def affine(source: NDArray[Any], target: NDArray[Any]) -> Matrix | None:
    """The affine map that fits pairs of points best; None if it is no plausible one."""
    solution, _, rank, _ = np.linalg.lstsq(np.c_[source, np.ones(len(source))], target, rcond=None)
    matrix = np.vstack([solution.T, [0, 0, 1]])
    return matrix if rank == 3 and plausible_scale(matrix) else None


def linear_at(matrix: Matrix, at: Point) -> Matrix:
    """A map's linear part around a point: (2, 2), whose columns are where x and y point to."""
    x, y = at
    around = np.array([[[x, y]], [[x + 1, y]], [[x, y + 1]]])
    a, b, c = cv2.perspectiveTransform(around, matrix)[:, 0]
    return np.stack([b - a, c - a], axis=1)


def scale_of(matrix: Matrix) -> float:
    """The scale of an affine map, in length."""
    return float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))


def plausible_scale(matrix: Matrix) -> float | None:
    """The scale of a map's linear part; None if it mirrors, squeezes or zooms too much."""
    stretch = np.linalg.svd(matrix[:2, :2], compute_uv=False)
    if np.linalg.det(matrix[:2, :2]) <= 0 or stretch[0] > 2.5 * stretch[1]:
        return None
    scale = float(np.sqrt(stretch[0] * stretch[1]))
    return scale if 0.05 <= scale <= 15 else None


def _homography(
    source: NDArray[np.float64], target: NDArray[np.float64], affine: Matrix
) -> tuple[Matrix, NDArray[np.bool_]] | None:
    """A homography from the pairs that the affine map explains roughly."""
    scale = plausible_scale(affine) or 1.0
    error = np.linalg.norm(cv2.perspectiveTransform(source[:, None], affine)[:, 0] - target, axis=1)
    near = np.flatnonzero(error < 8 * _TOLERANCE * scale)
    if len(near) < 8:
        return None
    matrix, _ = cv2.findHomography(
        source[near], target[near], cv2.USAC_MAGSAC, 0.7 * _TOLERANCE * scale
    )
    if matrix is None or abs(matrix[2, 2]) < 1e-9:
        return None
    matrix = matrix / matrix[2, 2]
    corners = cv2.perspectiveTransform(
        np.array([[source.min(0), source.max(0)]], float).reshape(-1, 1, 2), matrix
    )
    if not np.isfinite(corners).all() or np.abs(matrix[2, :2]).max() * 512 > _MOST_BENT:
        return None
    error = np.linalg.norm(cv2.perspectiveTransform(source[:, None], matrix)[:, 0] - target, axis=1)
    return matrix, error < _TOLERANCE * scale


def different_places(one: NDArray[Any], other: NDArray[Any]) -> int:
    """How many places pairs of points lie at, in the picture where they lie at fewer.

    one, other: (n, 2) pixels. A keypoint found twice at one place counts once.
    """
    a, b = ({(round(x / 3), round(y / 3)) for x, y in points} for points in (one, other))
    return min(len(a), len(b))
