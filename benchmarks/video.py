"""How much edited footage is found again, how right its times are, and what it costs.

    python -m benchmarks.video --films FOLDER [--of-each 3] [--rows messenger cut ...]
                               [--keep FOLDER] [--tmk FOLDER]

Every folder in it is a source, whose films show one place; what is longer is cut into clips of up
to 16 seconds. Each clip is encoded, watched and taken into a desk; then parts of the clips, edited,
encoded for real and off the grid of samples, are looked for. Sources are split in two by their
names, so that what was set on one half is measured on the other: all are archived, the clips of one
half are edited (`--part`). Another part of the
same source is the same place: told apart from unrelated footage. Beside it stand vPDQ's rule (80 %
of the frames within 31 bits of some frame, quality 50, one orientation), PDQ alone (any frame),
the pHash of a sheet of 16 frames (10 bits), and TMK where `--tmk` names the folder of its programs
(`benchmarks/film_peers.py` says how they are built).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec
import numpy as np

from benchmarks.film_edits import EDITS, RATE, Edited, Piece, encoded
from benchmarks.film_peers import NAMES, TMK, Tmk, peers, sheet, tmk_hash
from benchmarks.footage import HALVES, Clip, clips
from verify.desk import Desk
from verify.lab import LAB_VERSION
from verify.lab.examine import watched
from verify.matching.reels import Reel
from verify.records import Examination, Footage, Person, SentAs, Stretch, Submission
from verify.store.pictures import examinations, footage
from verify.store.pictures.matches import Correspondence

_LONG = 8.0  # seconds that a cut needs
_OURS = "verify-desk"
_RIGHT = 1.0  # seconds


# --- what is asked --------------------------------------------------------------------------


@dataclass(frozen=True)
class Watched:
    """A clip as it is archived."""

    file: bytes
    footage: Footage
    sheet: bytes
    tmk: bytes = b""


@dataclass(frozen=True)
class Query:
    """An edited film. row: which edit. pieces: what it shows. processor: seconds to watch it."""

    row: str
    source: int
    pieces: tuple[Piece, ...]
    footage: Footage
    sheet: bytes
    seconds: float
    processor: float
    tmk: bytes = b""


@dataclass(frozen=True)
class Task:
    """An edit to be made in another process. clips: by their numbers, the first is edited.
    programs: of TMK."""

    row: str
    clips: tuple[tuple[int, Clip], ...]
    seed: int
    file: Path
    programs: Path | None


def _make(task: Task) -> Path:
    """Edit, encode and watch; kept in a file."""
    source, *others = (clip.source(number) for number, clip in task.clips)
    rng = np.random.default_rng(task.seed)
    room = max(0.0, len(source.frames) / RATE - 6.1)
    start = min(room, float(rng.uniform(0.1, max(0.2, room))))  # off the grid of samples
    edited = EDITS[task.row](source, start, rng, others)
    data = encoded(edited)
    began = time.process_time()
    seen = watched(data)
    took = time.process_time() - began
    length = len(edited.frames) / edited.rate
    tmk = tmk_hash(task.programs, data, edited.form) if task.programs else b""
    query = Query(
        task.row, source.number, edited.pieces, seen, sheet(edited.frames), length, took, tmk
    )
    task.file.write_bytes(msgspec.msgpack.encode(query, enc_hook=vars))
    return task.file


# --- what is counted ------------------------------------------------------------------------


@dataclass
class Counts:
    """By edit. methods: what was asked, ours first. pieces, right: stretches that were to be found,
    and that were within a second."""

    methods: tuple[str, ...]
    asked: Counter[str] = field(default_factory=Counter)
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pieces: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    unrelated: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    same_place: Counter[str] = field(default_factory=Counter)
    scattered: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def is_right(piece: Piece, shown: tuple[Stretch, ...]) -> bool:
    """Whether stretches cover a piece, with all four ends within a second of the truth."""
    near = [
        one
        for one in shown
        if one.begins is not None
        and one.earlier_begins is not None
        and _common(one, piece) >= min((one.ends or 0) - one.begins, piece.ends - piece.begins) / 2
    ]
    if not near:
        return False
    ends = (
        (min(one.begins or 0 for one in near), piece.begins),
        (max(one.ends or 0 for one in near), piece.ends),
        (min(one.earlier_begins or 0 for one in near), piece.earlier_begins),
        (max(one.earlier_ends or 0 for one in near), piece.earlier_ends),
    )
    return all(abs(told - true) <= _RIGHT for told, true in ends)


def _common(shown: Stretch, piece: Piece) -> float:
    """Seconds of the edit that both are told of; below 0 where they lie apart."""
    return min(shown.ends or 0, piece.ends) - max(shown.begins or 0, piece.begins)


def scattered(shown: tuple[Stretch, ...]) -> bool:
    """Whether single frames are told alone: the same footage, or the same background."""
    return len(shown) > 1 and all(one.begins == one.ends for one in shown)


def count(
    counts: Counts, query: Query, ours: list[Correspondence], by_exhibit: dict[int, int],
    places: list[str], others: dict[str, set[int]],
) -> None:  # fmt: skip
    """Add what one query found."""
    row = query.row
    wanted = {piece.source for piece in query.pieces}
    told = {by_exhibit[one.earlier_exhibit_id]: one for one in ours}
    others = {_OURS: set(told), **others}
    for piece in query.pieces:
        counts.asked[row] += 1
        for name, numbers in others.items():
            counts.found[row][name] += piece.source in numbers
        if piece.source in told:
            counts.pieces[row] += 1
            right = is_right(piece, told[piece.source].shown)
            counts.right[row] += right
            if not right:
                counts.notes.append(
                    f"{row}: {places[piece.source]}: {piece} {_brief(told[piece.source])}"
                )
        else:
            counts.notes.append(f"{row}: {places[piece.source]}: not found {piece}")
    here = {places[number] for number in wanted}
    for name, numbers in others.items():
        for number in numbers - wanted:
            if places[number] not in here:
                counts.unrelated[name][row] += 1
                if name == _OURS:
                    counts.notes.append(
                        f"UNRELATED {row}: {sorted(here)} {places[number]} {_brief(told[number])}"
                    )
            elif name == _OURS:
                told_of = f"{sorted(wanted)} {number} {places[number]}"
                counts.notes.append(f"SAME PLACE {row}: {told_of} {_brief(told[number])}")
                if scattered(told[number].shown):
                    counts.scattered[row] += 1
                else:
                    counts.same_place[row] += 1


def _brief(found: Correspondence) -> str:
    inliers = found.proof.inliers if found.proof else 0
    lie = " ".join(
        f"[{one.begins}-{one.ends} = {one.earlier_begins}-{one.earlier_ends} x{one.speed}]"
        for one in found.shown[:6]
    )
    return f"{found.method} {found.distance} {inliers} {lie}"


# --- the run --------------------------------------------------------------------------------


def archived(desk: Desk, person: Person, number: int, clip: Watched) -> int:
    """Take a clip in as it is after somebody sent it and it was watched; gives its exhibit."""
    submission = Submission(
        service="import",
        bot_id=0,
        chat_id=0,
        message_id=number + 1,
        sent_as=SentAs.IMPORT,
        received_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )
    exhibit_id = desk.receiving.receive(person, submission, clip.file).exhibit_id
    seen = Examination(lab_version=LAB_VERSION, media_type="video/mp4")
    with desk.archive.watched(exhibit_id, clip.footage) as (kept, _), desk.store.transaction():
        examinations.add(desk.store, exhibit_id, person.id, seen)
        footage.keep(desk.store, exhibit_id, kept, searched=True)
    return exhibit_id


def _watch(clip: Clip, file: Path, programs: Path | None) -> Path:
    """Encode and watch a clip, unless that was done; kept in a file."""
    if not file.exists():
        frames = clip.source(0).frames
        data = encoded(Edited(frames, (), options=(("crf", "23"), ("preset", "veryfast"))))
        tmk = tmk_hash(programs, data, "mp4") if programs else b""
        seen = Watched(data, watched(data), sheet(frames), tmk)
        file.write_bytes(msgspec.msgpack.encode(seen, enc_hook=vars))
    return file


def table(counts: Counts) -> str:
    """The figures, a row an edit."""
    head = f"{'':<18}{'asked':>6}" + "".join(f"{name:>18}" for name in counts.methods)
    lines = ["Recall: share of edited footage found again", "", head + f"{'times right':>13}"]
    for row in [*counts.asked]:
        cells = "".join(
            f"{counts.found[row][name] / counts.asked[row]:>18.2f}" for name in counts.methods
        )
        right = counts.right[row] / max(1, counts.pieces[row])
        lines.append(f"{row:<18}{counts.asked[row]:>6}{cells}{right:>13.2f}")
    rows = len(counts.asked)
    mean = {
        name: sum(counts.found[row][name] / counts.asked[row] for row in counts.asked)
        / max(1, rows)
        for name in counts.methods
    }
    right = counts.right.total() / max(1, counts.pieces.total())
    lines.append(
        f"{'mean of the rows':<18}{counts.asked.total():>6}"
        + "".join(f"{mean[name]:>18.3f}" for name in counts.methods)
        + f"{right:>13.3f}"
    )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--films", type=Path, required=True, help="a folder of films")
    parser.add_argument("--part", choices=(*HALVES, "all"), default="measuring")
    parser.add_argument("--of-each", type=int, default=3, help="clips of one source at most")
    parser.add_argument("--queries", type=int, default=6, help="clips that each edit is done to")
    parser.add_argument("--rows", nargs="*", default=list(EDITS), choices=list(EDITS))
    parser.add_argument("--keep", type=Path, help="a folder for what takes long to make")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--tmk", type=Path, help="the folder of TMK's programs")
    parser.add_argument("--write", type=Path, help="a folder for the report and its plot")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, tempfile.TemporaryDirectory() as scratch:
        run(asked, asked.keep or Path(temporary), Path(scratch))


def run(asked: argparse.Namespace, keep: Path, scratch: Path) -> None:
    keep.mkdir(parents=True, exist_ok=True)
    every = list(clips(asked.films, asked.of_each, scratch))
    places = [clip.place for clip in every]
    minutes = sum(len(clip.source(0).frames) for clip in every) / RATE / 60
    print(f"{len(every)} clips of {len(set(places))} sources, {minutes:.1f} minutes", flush=True)
    with tempfile.TemporaryDirectory() as home, Desk(Path(home) / "home") as desk:
        person = desk.team.at_console("1", "Bench", "en")
        by_exhibit: dict[int, int] = {}
        archive, tmk = [], Tmk(asked.tmk, scratch) if asked.tmk else None
        with ProcessPoolExecutor(2) as pool:
            files = [keep / f"{asked.of_each}-{n}.clip" for n in range(len(every))]
            for number, file in enumerate(pool.map(_watch, every, files, repeat(asked.tmk))):
                clip = msgspec.msgpack.decode(file.read_bytes(), type=Watched)
                by_exhibit[archived(desk, person, number, clip)] = number
                archive.append((number, Reel.of(clip.footage), clip.sheet))
                if tmk:
                    tmk.add(number, clip.tmk)
        print("archived", flush=True)
        counts = Counts((_OURS, *NAMES, *([TMK] if tmk else ())))
        costs: dict[str, float] = defaultdict(float)
        for query in _queries(asked, every, keep):
            began = time.process_time()
            ours = desk.archive._loaded().films.find(query.footage)
            costs["find"] += time.process_time() - began
            costs["watch"] += query.processor
            costs["minutes"] += query.seconds / 60
            others = peers(Reel.of(query.footage), query.sheet, archive)
            if tmk:
                others[TMK] = tmk.find(query.tmk)
            count(counts, query, ours, by_exhibit, places, others)
        report = _report(counts, costs, desk, minutes, len(every), len(set(places)))
    print(report)
    if asked.write:
        (asked.write / "video.txt").write_text(report + "\n")
        plot(counts, asked.write / "video.png")
    (keep / "notes.txt").write_text("\n".join(counts.notes) + "\n")


def _queries(asked: argparse.Namespace, every: list[Clip], keep: Path) -> Iterator[Query]:
    """Each edit of some clips, spread over the sources, others each time."""
    part = [(n, clip) for n, clip in enumerate(every) if asked.part in (clip.half, "all")]
    with ProcessPoolExecutor(2) as pool:
        waiting: list[Future[Path]] = []
        for row in asked.rows:
            rng = np.random.default_rng([asked.seed, list(EDITS).index(row)])
            numbers = rng.permutation(len(part)).tolist()
            if row == "cut":
                long = _LONG * RATE
                numbers = [n for n in numbers if len(part[n][1].source(0).frames) >= long]
            for number in numbers[: asked.queries]:
                others = [part[n] for n in rng.permutation(len(part))[:7].tolist()]
                seed = int(rng.integers(1 << 31))
                name = f"{asked.part}-{asked.of_each}-{row}-{part[number][0]}-{asked.seed}.query"
                file = keep / name.replace(" ", "_")
                if file.exists():
                    yield _read(file)
                    continue
                task = Task(row, (part[number], *others), seed, file, asked.tmk)
                waiting.append(pool.submit(_make, task))
                if len(waiting) > 8:
                    yield _read(waiting.pop(0).result())
        for one in waiting:
            yield _read(one.result())


def _read(file: Path) -> Query:
    return msgspec.msgpack.decode(file.read_bytes(), type=Query)


def _report(
    counts: Counts, costs: dict[str, float], desk: Desk, minutes: float, clips: int, sources: int
) -> str:
    stored = desk.store.row("SELECT sum(length(samples)) AS n FROM footage")
    points = desk.store.row(
        "SELECT count(*) AS n, sum(length(points) + length(descriptors)) AS points,"
        " sum(length(thumbnail)) AS thumbnails"
        " FROM features f JOIN view v ON v.id = f.view_id WHERE v.kind = 'frame'"
    )
    kept = points["points"] + points["thumbnails"]
    in_memory = points["points"] * 44 / 38 + 64 * len(desk.archive._indexes.films())
    samples = len(desk.archive._indexes.films())
    lines = [
        table(counts),
        "",
        f"Archive: {clips} clips of {sources} sources, {minutes:.1f} minutes, {samples} samples, "
        f"{points['n']} key frames",
        "Matches with unrelated footage: "
        + ", ".join(f"{name} {counts.unrelated[name].total()}" for name in counts.methods),
        f"Matches with another part of the same source: {counts.same_place.total()} by a stretch, "
        f"{counts.scattered.total()} told as single frames",
        f"Processor time a minute of film: {costs['watch'] / costs['minutes']:.1f} s to watch, "
        f"{costs['find'] / costs['minutes']:.1f} s to find",
        f"Bytes a minute: {stored['n'] / minutes:,.0f} of hashes, {kept / minutes:,.0f} of "
        f"features; in memory {in_memory / samples:,.0f} a sample",
    ]
    return "\n".join(lines)


def plot(counts: Counts, file: Path) -> None:
    """Recall by edit."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = list(counts.asked)[::-1]
    figure, axes = pyplot.subplots(figsize=(8, 0.3 * len(rows) + 1.2))
    colours = ("#b5471b", "#4a6fa5", "#7a7a7a", "#7a7a7a", "#3a3a3a")
    for method, mark, colour in zip(counts.methods, "os^x+", colours, strict=False):
        shares = [counts.found[row][method] / counts.asked[row] for row in rows]
        axes.plot(shares, range(len(rows)), mark, color=colour, label=method, markersize=6)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xlabel("share of edited footage found again")
    axes.grid(axis="x", linewidth=0.4)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.06), ncols=4, frameon=False, fontsize=8)
    figure.savefig(file, dpi=110, bbox_inches="tight")


if __name__ == "__main__":
    main()
