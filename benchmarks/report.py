"""The matching benchmark's table and plot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from benchmarks import edits
from verify.lab.features import POINT

if TYPE_CHECKING:
    from benchmarks.archive import Archive
    from benchmarks.matching import Results
    from benchmarks.peers import CropResistant, Peer

OURS = "verify-desk"
METHODS = (OURS, "PDQ", "pHash 256", "pHash", "dHash", "wHash", "crop-resistant")
_STEPS = ("pdq", "pdq-inner", "local-features", "looks alike", "not found")
_APART = ("every tile", "bend")  # several in one picture; and what no map lays back


def joined(results: Results, file: Path) -> Results:
    """What this run counted and what earlier runs left in the file, which then holds both."""
    if file.exists():
        earlier = msgspec.json.decode(file.read_bytes(), type=type(results))
        for name, counted in vars(earlier).items():
            added = vars(results)[name]
            setattr(
                results, name, counted + added if isinstance(counted, list) else counted | added
            )
    order = {name: place for place, name in enumerate(edits.EDITS)}
    results.asked = dict(sorted(results.asked.items(), key=lambda row: order.get(row[0], 99)))
    file.write_bytes(msgspec.json.encode(results))
    return results


def line(results: Results, row: str) -> str:
    """One row of the recall table."""
    asked = results.asked[row]
    found, tried = results.recall[row], results.tried[row]
    cells = "".join(f"{found[m] / tried[m]:>16.2f}" if m in found else f"{'':>16}" for m in METHODS)
    steps = results.steps.get(row, {})
    return f"{row:<26}{asked:>6}{cells}   " + " ".join(f"{steps.get(s, 0):>4}" for s in _STEPS)


def _count(results: Results, row: str, method: str, asked: int) -> str:
    matched, tried = results.false[row].get(method, 0), results.tried[row].get(method, 0)
    if not tried:
        return f"{'':>16}"
    return f"{matched:>16}" if tried == asked else f"{f'{matched} of {tried}':>16}"


def overall(results: Results) -> tuple[int, dict[str, float]]:
    """Queries, and the share found by each method, over single edits and pairs."""
    rows = [row for row in results.asked if not row.startswith(_APART)]
    hits = {m: sum(results.recall[row].get(m, 0) for row in rows) for m in METHODS}
    tried = {m: sum(results.tried[row].get(m, 0) for row in rows) for m in METHODS}
    return sum(results.asked[row] for row in rows), {m: hits[m] / n for m, n in tried.items() if n}


def text(
    results: Results, archive: Archive, peers: list[Peer], crops: CropResistant,
    indexing: list[float],
) -> str:  # fmt: skip
    """The whole report."""
    head = f"{'':<26}{'asked':>6}" + "".join(f"{m:>16}" for m in METHODS)
    out = [
        "Recall: share of edited pictures found again",
        "",
        head + "   found by: " + ", ".join(_STEPS),
    ]
    out += [line(results, row) for row in results.asked]
    asked, shares = overall(results)
    out += [
        f"{'all edits and pairs':<26}{asked:>6}"
        + "".join(f"{shares[m]:>16.3f}" if m in shares else f"{'':>16}" for m in METHODS)
    ]
    out += [
        "",
        "Queries that matched something although nothing of theirs is in the archive",
        "",
        head,
    ]
    for row, n in results.false_asked.items():
        out.append(f"{row:<26}{n:>6}" + "".join(_count(results, row, m, n) for m in METHODS))
    off = np.array(results.corners or [0.0])
    ms = {name: np.median([s[name] for s in results.seconds]) * 1e3 for name in results.seconds[0]}
    whole = np.median([sum(s.values()) for s in results.seconds]) * 1e3
    sizes = [
        len(f.thumbnail) + len(f.points) + len(f.points) // POINT.itemsize * 32
        for f in archive.kept
    ]
    out += [
        "",
        f"Corners of the region within 5 % of the truth: {(off <= 0.05).mean():.3f} of "
        f"{len(results.corners)} "
        f"alignments (median error {np.median(off):.3f})",
        f"Processor time per query at {len(archive.kept):,} pictures, decoding apart, median: "
        f"{whole:.0f} ms "
        f"({', '.join(f'{k} {v:.0f}' for k, v in ms.items())})",
        "Peers, median processor ms per query: "
        + ", ".join(f"{p.name} {np.median(p.seconds) * 1e3:.1f}" for p in peers)
        + (
            f", {crops.name} {np.median(crops.seconds) * 1e3:.0f} (against a sample)"
            if crops.seconds
            else ""
        ),
        f"Bytes stored per picture: mean {np.mean(sizes):,.0f}, largest {max(sizes):,}",
    ]
    if indexing:
        out.append(f"Processor time to index a picture, median: {np.median(indexing) * 1e3:.0f} ms")
    return "\n".join([*out, "", "Also matched:", *sorted(results.notes)])


def write(folder: Path, whole: str, results: Results) -> None:
    """The report and its plot as `matching.txt` and `matching.png`."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    (folder / "matching.txt").write_text(whole + "\n")
    rows = list(results.asked)[::-1]
    figure, axes = pyplot.subplots(figsize=(8, 0.3 * len(rows) + 1.2))
    places = np.arange(len(rows))
    for method, mark, colour in (
        (OURS, "o", "#b5471b"), ("PDQ", "s", "#4a6fa5"), ("pHash 256", "^", "#7a7a7a"),
        ("crop-resistant", "x", "#7a7a7a"),
    ):  # fmt: skip
        known = [i for i, row in enumerate(rows) if method in results.recall[row]]
        shares = [results.recall[rows[i]][method] / results.tried[rows[i]][method] for i in known]
        axes.plot(
            shares,
            places[known],
            mark,
            color=colour,
            label=method,
            markersize=6,
            zorder=3 if method == OURS else 2,
        )
    axes.set_yticks(places, rows, fontsize=8)
    axes.set_xlim(-0.03, 1.03)
    axes.set_xlabel("share of edited pictures found again")
    axes.grid(axis="x", linewidth=0.4)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.06), ncols=4, frameon=False, fontsize=8)
    figure.savefig(folder / "matching.png", dpi=110, bbox_inches="tight")
