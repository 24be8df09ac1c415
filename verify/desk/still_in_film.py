"""The films that show a still, by the hashes of all their samples, and when they do."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from msgspec.structs import replace

from verify.lab.features import unpack_thumbnail
from verify.matching.chance import expected_by_chance
from verify.matching.footage_index import FootageIndex
from verify.matching.laying import Laid, Matrix, Planes
from verify.matching.reels import Reel
from verify.matching.stretches import of_still
from verify.matching.votes import ORIENTATIONS, Votes
from verify.records import Features, Stretch, View, ViewKind
from verify.store.pictures.matches import Correspondence

Hashes = list[tuple[View, tuple[bytes, ...]]]


def in_films(
    films: FootageIndex, hashes: Hashes, leave_out: int | None
) -> Iterator[Correspondence]:
    """The matches of views with films, closest sample first named.

    hashes: of each view in eight orientations. leave_out: an exhibit that is not looked at.
    """
    if not hashes:
        return
    asked = _reel(hashes)
    for exhibit_id, votes in films.search(asked, leave_out).items():
        best = votes.nearest
        view, bits = hashes[int(votes.at[best])]
        distance, within = int(votes.distance[best]), bool(votes.inner[best])
        method = "pdq-inner" if within or view.corners else "pdq"
        way = int(votes.orientation[best])
        earlier = films.reel(exhibit_id)
        yield Correspondence(
            earlier_exhibit_id=exhibit_id,
            method=method,
            orientation=ORIENTATIONS[way],
            chance=expected_by_chance(method, distance, len(films)),
            distance=distance,
            view=view,
            earlier_view=View(
                kind=ViewKind.FRAME, at_ms=round(float(votes.earlier_at[best]) * 1000)
            ),
            shown=_seconds(votes[votes.at == votes.at[best]], earlier, bits, method)
            if earlier
            else (),
        )


def at_frame(found: Correspondence) -> tuple[Stretch, ...]:
    """The time of the frame by which features found a still in a film."""
    at = (found.earlier_view.at_ms or 0) / 1000
    return (Stretch(None, None, at, at, 1.0, found.orientation, found.method),)


def narrowed(
    shown: tuple[Stretch, ...], still: Features, pictures: Planes, film: Reel, lies: Matrix
) -> tuple[Stretch, ...]:
    """The same, or the moment that is clearly nearest to the still, as a still camera has one too.

    still: of its view. pictures: of the film's samples. lies: how the film lies in the still.
    """
    side = pictures.shape[1]
    try:
        grey = unpack_thumbnail(still.thumbnail).astype(np.float32)
    except ValueError:
        return shown
    here = cv2.resize(grey, (side, side), interpolation=cv2.INTER_AREA)
    laid = Laid.by(here[None].astype(np.float32), pictures, lies)
    found = laid and laid.time_of(np.zeros(1, np.intp), film.at)
    if not found:
        return shown
    _, begins, ends = found
    return (replace(shown[0], earlier_begins=begins, earlier_ends=ends),)


def _reel(hashes: Hashes) -> Reel:
    """Views as a film, whose times are their places."""
    packed = b"".join(b"".join(bits) for _, bits in hashes)
    n = len(hashes)
    return Reel(
        at=np.arange(n, dtype=np.float64),
        quality=np.full(n, 100),  # only those of good quality are looked for
        bits=np.frombuffer(packed, np.uint8).reshape(n, -1, 32),
        inner=np.zeros((n, 0, 32), np.uint8),
        shots=np.zeros(1),
        seconds=float(n),
    )


def _seconds(votes: Votes, film: Reel, bits: tuple[bytes, ...], method: str) -> tuple[Stretch, ...]:
    """When the film shows this view."""
    way = int(votes.orientation[int(votes.distance.argmin())])
    same = votes[votes.orientation == way]
    turned = Votes.of_hashes(
        at=same.earlier_at,
        earlier_at=np.zeros(len(same)),
        orientation=np.zeros(len(same), np.int64),  # the still is laid that way already
        distance=same.distance,
        quality=same.quality,
        inner=same.inner,
    )
    found = of_still(turned, film, Reel.of_hash(bits[way]), np.zeros(0))
    return tuple(
        replace(
            one.stretch,
            begins=None,
            ends=None,
            earlier_begins=one.stretch.begins,
            earlier_ends=one.stretch.ends,
            speed=1.0,
            orientation=ORIENTATIONS[way],
            method=method,
        )
        for one in found
    )
