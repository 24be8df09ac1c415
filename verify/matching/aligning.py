"""The stretches that votes tell, made exact by what moves in the pictures of both films.

Times that only the background supports are no times: a camera that stands still shows it always.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from verify.matching.laying import Laid, Matrix, Planes
from verify.matching.lines import SPEEDS, Line
from verify.matching.reels import Reel
from verify.matching.stretches import Shown, disjoint, left_of, single_frames
from verify.matching.traces import Run, Trace
from verify.records import Orientation

_AROUND = 2.0  # seconds beside what votes tell
_AGREES, _FINE = 0.5, 0.45
_WELL, _MOST_OF = 0.7, 0.8  # so well, of so many frames, before other speeds are tried
_STILL, _OTHER = 8.0, 25.0  # grey levels of any pixel, in a picture that is held, and beside it
_HELD = 3  # samples
_SAME_PLACE = 0.7  # correlation of whole pictures
_LEFT = 2.0  # seconds of a stretch that are kept beside what is exact
_BETTER = 0.12  # by which another time agrees less


def aligned(
    found: list[Shown],
    incoming: Reel,
    earlier: Reel,
    here: Planes,
    there: Planes,
    lies: dict[Orientation, list[Matrix]],
) -> list[Shown]:
    """The same with exact times, or as single frames where nothing tells the time.

    here, there: the pictures of all samples. lies: how the earlier picture may lie in the incoming
    one, by orientation.
    """
    out: list[Shown] = []
    for way in dict.fromkeys(one.stretch.orientation for one in found):
        these = [one for one in found if one.stretch.orientation == way]
        out += _of_one_way(these, incoming, earlier, here, there, lies[way])
    return disjoint(out)


def _of_one_way(
    found: list[Shown], incoming: Reel, earlier: Reel, here: Planes, there: Planes,
    lies: list[Matrix],
) -> list[Shown]:  # fmt: skip
    part, core = _near(found, incoming, _AROUND), _near(found, incoming, 0.0)
    laid = [one for each in lies if (one := Laid.by(here, there, each)) is not None]
    if not laid or not core.any():
        return found
    best = max(laid, key=lambda one: one.alike(core))
    one_place = best.stands_still and best.alike(core) >= _SAME_PLACE
    exact = []
    for begins, ends, rows in _held_pictures(incoming, best.here, core):
        if (at := best.time_of(rows, earlier.at)) is not None:
            exact.append(_shown_at(at[0], begins, ends, found))
            core[rows] = part[rows] = False
    runs = _traced(Trace(best, incoming.at, earlier.at), found, part, core)
    clear = [one for one in runs if _clear(one, best.stands_still)]
    exact += _shown(clear, found, incoming, earlier)
    if one_place:
        return exact or [frame for one in found for frame in single_frames(one)]
    return [*exact, *(left for one in found if (left := left_of(one, exact, _LEFT)))]


def _held_pictures(
    film: Reel, pictures: Planes, core: NDArray[np.bool_]
) -> Iterator[tuple[float, float, NDArray[np.intp]]]:
    """Where one picture is held: from when to when, and which samples."""
    change = np.full(len(film) + 1, np.inf)
    change[1:-1] = np.abs(np.diff(pictures, axis=0)).max(axis=1)
    for rows in np.split(np.arange(len(film)), np.flatnonzero(change[1:-1] > _STILL) + 1):
        sharp = min(change[rows[0]], change[rows[-1] + 1]) > _OTHER
        if sharp and len(rows) >= _HELD and core[rows].any():
            yield _begins(int(rows[0]), film), _ends(int(rows[-1]), film), rows


def _shown_at(at: float, begins: float, ends: float, found: list[Shown]) -> Shown:
    """A picture of the earlier film that is held."""
    like = max(found, key=lambda one: _shared(one, begins, ends))
    stretch = msgspec.structs.replace(
        like.stretch,
        begins=round(begins, 2),
        ends=round(ends, 2),
        earlier_begins=round(at, 2),
        earlier_ends=round(at, 2),
        speed=0.0,
    )
    return replace(like, stretch=stretch, clear=True)


def _clear(run: Run, still: bool) -> bool:
    """Whether what moves tells the time; of a camera that stands still small things must, too."""
    agrees = run.agrees >= _AGREES and run.agrees - run.beside >= _BETTER
    return agrees and (not still or run.fine >= _FINE)


def _near(found: list[Shown], incoming: Reel, around: float) -> NDArray[np.bool_]:
    """(n,) which samples lie in a stretch, or so many seconds beside one."""
    part = np.zeros(len(incoming), bool)
    for one in found:
        begins, ends = one.stretch.begins or 0.0, one.stretch.ends or 0.0
        part |= (incoming.at >= begins - around) & (incoming.at <= ends + around)
    return part


def _traced(
    trace: Trace, found: list[Shown], part: NDArray[np.bool_], core: NDArray[np.bool_]
) -> list[Run]:
    told = [one.stretch.speed for one in found if one.stretch.speed]
    likely = [*dict.fromkeys((*told, 1.0))]
    runs = trace.runs(likely, part, core)
    explained = sum(run.last + 1 - run.first for run in runs if run.agrees >= _WELL)
    if explained < _MOST_OF * core.sum():
        runs = trace.runs([*dict.fromkeys((*told, *SPEEDS))], part, core)
    return runs


def _shown(
    runs: Sequence[Run], found: list[Shown], incoming: Reel, earlier: Reel
) -> Iterator[Shown]:
    """Each run as a stretch, with the evidence of the one that it shares most with."""
    for run in runs:
        line = Line(0, run.speed, run.offset)
        begins, ends = _begins(run.first, incoming), _ends(run.last, incoming)
        low, high = sorted(float(line(one)) for one in (begins, ends))
        like = max(found, key=lambda one: _shared(one, begins, ends))
        stretch = msgspec.structs.replace(
            like.stretch,
            begins=round(begins, 2),
            ends=round(ends, 2),
            earlier_begins=round(max(low, 0.0), 2),
            earlier_ends=round(min(high, earlier.seconds), 2),
            speed=run.speed,
        )
        yield replace(like, stretch=stretch, clear=True)


def _begins(first: int, film: Reel) -> float:
    """When what a sample shows begins: at a cut since the one before, or halfway to that."""
    at = float(film.at[first])
    before = float(film.at[first - 1]) if first else 0.0
    shot, _ = film.shot(at)
    if not first:
        return 0.0
    return shot if shot > before else (before + at) / 2


def _ends(last: int, film: Reel) -> float:
    at = float(film.at[last])
    if last + 1 == len(film):
        return film.seconds
    after = float(film.at[last + 1])
    _, shot = film.shot(at)
    return shot if shot <= after else (at + after) / 2


def _shared(one: Shown, begins: float, ends: float) -> float:
    return min(one.stretch.ends or 0.0, ends) - max(one.stretch.begins or 0.0, begins)
