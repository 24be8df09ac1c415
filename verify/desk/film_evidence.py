"""What speaks for a film showing one earlier exhibit, and the match that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from verify.matching.alignment import Alignment
from verify.matching.chance import expected_by_chance
from verify.matching.laying import Matrix
from verify.matching.placing import oriented, placed
from verify.matching.reels import Reel
from verify.matching.stretches import Shown
from verify.matching.votes import Votes
from verify.records import Orientation, View, ViewKind
from verify.store.pictures.matches import Correspondence
from verify.store.pictures.views import Known

_PROOFS = 3
_LEAST_SLACK, _MOST_SLACK = 0.25, 2.5  # seconds, on either side of a key frame


@dataclass(frozen=True)
class Detection:
    """A key frame here that shows a view there, by features."""

    view: View
    known: Known
    alignment: Alignment

    @property
    def at(self) -> float:
        """When, in seconds of the film."""
        return (self.view.at_ms or 0) / 1000

    @property
    def earlier_at(self) -> float:
        """The same there; 0 in a still."""
        return (self.known.view.at_ms or 0) / 1000


@dataclass
class Evidence:
    """votes: by hash. stills: by time here, the view of a still that is alike. detections: by
    features."""

    votes: Votes = field(default_factory=Votes.none)
    stills: dict[float, Known] = field(default_factory=dict)
    detections: list[Detection] = field(default_factory=list)

    def against_film(self, earlier: Reel, key_times: list[int]) -> Votes:
        """All votes for an earlier film. key_times: of its key frames, in milliseconds.

        What lies between two key frames looks like the nearer, so times there are no closer.
        """
        times = np.array(key_times, np.float64) / 1000
        rows = []
        for one in self.detections:
            low, high = _around(one.earlier_at, times, earlier)
            way, inliers = one.alignment.orientation, one.alignment.proof.inliers
            rows.append((one.at, (low + high) / 2, (high - low) / 2, way, inliers))
        return self.votes.joined(Votes.of_features(rows))

    def against_still(self) -> Votes:
        """All votes for a still, at its time 0."""
        rows = [
            (one.at, 0.0, 0.5, one.alignment.orientation, one.alignment.proof.inliers)
            for one in self.detections
        ]
        return self.votes.joined(Votes.of_features(rows))

    def lies(self, way: Orientation) -> list[Matrix]:
        """How the earlier picture may lie in this film: as a whole, or by the best geometry."""
        proofs = sorted(
            (one.alignment.proof for one in self.detections if one.alignment.orientation == way),
            key=lambda proof: -proof.inliers,
        )
        return [oriented(way), *(np.array(one.lies).reshape(3, 3) for one in proofs[:_PROOFS])]

    def match(
        self, exhibit_id: int, shown: list[Shown], archive: int, described: int
    ) -> Correspondence:
        """The match of the film with that exhibit: how close by the best hash, how it lies by the
        best geometry.

        archive, described: how many frames and pictures were compared by hash, and by features.
        """
        most = max(shown, key=lambda one: (one.frames + one.keys, one.inliers)).stretch
        found = Correspondence(
            earlier_exhibit_id=exhibit_id,
            method=most.method,
            orientation=most.orientation,
            chance=expected_by_chance("local-features", None, described),
            shown=tuple(one.stretch for one in shown),
        )
        if len(self.votes) and most.method != "local-features":
            found = self._by_hash(found, archive)
        if self.detections:
            found = self._by_geometry(found)
        return found

    def _by_hash(self, found: Correspondence, archive: int) -> Correspondence:
        best = self.votes.nearest
        at, distance = float(self.votes.at[best]), int(self.votes.distance[best])
        still = self.stills.get(at)
        earlier = _frame(float(self.votes.earlier_at[best]))
        return replace(
            found,
            distance=distance,
            chance=expected_by_chance(found.method, distance, archive),
            view=_frame(at),
            earlier_view=still.view if still else earlier,
            earlier_view_id=still.id if still else 0,
        )

    def _by_geometry(self, found: Correspondence) -> Correspondence:
        best = max(self.detections, key=lambda one: one.alignment.proof.inliers)
        return replace(
            found,
            proof=placed(best.alignment.proof, best.view, best.known.view),
            view=best.view.bare(),
            earlier_view=best.known.view,
            earlier_view_id=best.known.id,
        )


def _frame(at: float) -> View:
    return View(kind=ViewKind.FRAME, at_ms=round(at * 1000))


def _around(at: float, times: NDArray[np.float64], film: Reel) -> tuple[float, float]:
    """Between which times a film looks like its key frame: halfway to the next, in one shot."""
    begins, ends = film.shot(at)
    before, after = times[times < at - 1e-6], times[times > at + 1e-6]
    low = max(begins, (float(before[-1]) + at) / 2 if len(before) else begins, at - _MOST_SLACK)
    high = min(ends, (float(after[0]) + at) / 2 if len(after) else ends, at + _MOST_SLACK)
    return min(low, at - _LEAST_SLACK), max(high, at + _LEAST_SLACK)
