"""Which processes a process has started, and which of them still run."""

from __future__ import annotations

import contextlib
from pathlib import Path


def family(parent: int) -> set[tuple[int, str]]:
    """All that a process has started, and these in turn: pid and time of start."""
    listed = _processes()
    found, known = {parent}, 0
    while len(found) > known:
        known = len(found)
        found |= {pid for pid, (above, _) in listed.items() if above in found}
    return {(pid, listed[pid][1]) for pid in found - {parent}}


def alive(processes: set[tuple[int, str]]) -> list[int]:
    listed = _processes()
    return [pid for pid, started in processes if listed.get(pid, (0, ""))[1] == started]


def _processes() -> dict[int, tuple[int, str]]:
    """Every process that is not a zombie: its parent and when it started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            values = (folder / "stat").read_text().rpartition(")")[2].split()
            if values[0] != "Z":
                found[int(folder.name)] = (int(values[1]), values[19])
    return found
