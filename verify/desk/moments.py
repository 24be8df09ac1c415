"""The very frame of a film that a still shows, asked of the lab: samples stand half a second apart,
and what moves is elsewhere by then."""

from __future__ import annotations

from typing import NamedTuple

from verify.desk.viewing import Looking
from verify.records import Match, Pixels, Stretch, View, ViewKind

_SIDE = 256  # pixels, to compare
_COARSE, _MOST = 500, 80  # milliseconds between moments, and how many of them
_KEYS = 4000  # milliseconds between key frames at most: a still lies between those beside its own
_AROUND, _FRAMES = 500, 64  # milliseconds before the nearest moment; frames from there on


class Exact(NamedTuple):
    """Incoming and earlier picture, how the earlier lies in the incoming, and which frame of a film
    one of them is, by when it begins, in milliseconds."""

    incoming: Pixels
    earlier: Pixels
    lies: tuple[float, ...]
    at_ms: int


def exact(looking: Looking, match: Match, side: int) -> Exact | None:
    """Both pictures of a match of a film and a still, of the film the frame that is nearest to the
    still; None where it cannot be decoded. side: the longest, in pixels."""
    from verify.matching.moment import nearest
    from verify.matching.placing import lies_of, oriented

    still_is_later = match.earlier_view.kind is ViewKind.FRAME
    own, other = (match.exhibit_id, match.view), (match.earlier_exhibit_id, match.earlier_view)
    (still, view), (film, frame) = (own, other) if still_is_later else (other, own)
    shown, small = (looking.measured(still, size, view) for size in (side, _SIDE))
    if shown is None or small is None:
        return None
    ways = [lies_of(match), tuple(float(one) for one in oriented(match.orientation).ravel())]

    def best(found: list[tuple[int, Pixels]]) -> tuple[int, tuple[float, ...]]:
        pictures = [one for _, one in found]
        place, way = nearest(small, pictures, ways, still_is_later=still_is_later)
        return found[place][0], way

    coarse = looking.measured_frames(film, _SIDE, _times(frame, match.shown, still_is_later))
    if not coarse:
        return None
    begins = max(0, best(coarse)[0] - _AROUND)
    at_ms, lies = best(looking.measured_reel(film, _SIDE, begins, _FRAMES) or coarse)
    for _, large in looking.measured_frames(film, side, [at_ms]):
        pair = (shown, large) if still_is_later else (large, shown)
        return Exact(*pair, lies, at_ms)
    return None


def _times(frame: View, shown: tuple[Stretch, ...], still_is_later: bool) -> list[int]:
    """Moments of a film around its frame, and of the stretches that show a still, in order."""
    at_ms = frame.at_ms or 0
    times = {*range(max(0, at_ms % _COARSE, at_ms - _KEYS), at_ms + _KEYS, _COARSE), at_ms}
    for one in shown:
        begins, ends = (
            (one.earlier_begins, one.earlier_ends) if still_is_later else (one.begins, one.ends)
        )
        if begins is not None and ends is not None:
            times.update(range(round(1000 * begins), round(1000 * ends) + 1, _COARSE))
    return sorted(times)[:: 1 + len(times) // _MOST]
