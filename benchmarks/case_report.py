"""How long a report takes, and how large it is.

    python -m benchmarks.case_report [--pictures 10]

A case of so many photographs, each of which was seen before, so that each stands in the report
alone and beside its match. Times are those of a second report: the first loads what draws.
`drawn` has what gathering and drawing take, by the clock and of the processor, the lab included.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.photographs import encode, photograph, shrunk
from tests.submissions import arrived
from verify.desk import Desk
from verify.language import Reader
from verify.layouts.report import as_file, made
from verify.records import Role

_NAMES = ("china", "flower", "astronaut", "chelsea", "coffee", "rocket")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=10)
    count = parser.parse_args().pictures
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "home") as desk:
        noor = desk.team.admit("telegram", "7", "Noor", Role.OWNER)
        case = None
        for number, name in zip(range(count), itertools.cycle(_NAMES), strict=False):
            picture = shrunk(photograph(name), 1 - 0.03 * (number // len(_NAMES)))
            earlier = desk.receiving.receive(noor, arrived(), encode(shrunk(picture, 0.7)))
            desk.examining.examine(noor, earlier.exhibit_id)
            caption = "The bridge in Damascus, 14 June 2014, 17:30"
            kept = desk.receiving.receive(noor, arrived(caption=caption), encode(picture), case)
            desk.examining.examine(noor, kept.exhibit_id)
            case = kept.case_id
        assert case is not None
        print("language  pictures  drawn, page, PDF")
        for language in ("en", "ar"):
            reader = Reader(language, ZoneInfo("UTC"))
            made(desk, noor, case, "inside", reader)
            begun, used = time.perf_counter(), _processor_seconds()
            report = made(desk, noor, case, "inside", reader)
            drawn = time.perf_counter() - begun
            drawn_cpu = _processor_seconds() - used
            cells = []
            for form in ("html", "pdf"):
                begun, used = time.perf_counter(), _processor_seconds()
                file = as_file(report, form)
                took = time.perf_counter() - begun
                cpu = _processor_seconds() - used
                cells.append(f"{took:5.2f} s, {cpu:5.2f} s of CPU, {len(file) / 1e6:5.2f} MB")
            print(
                f"{language:8}  {count:8}  {drawn:5.2f} s, {drawn_cpu:5.2f} s of CPU"
                f"   {'      '.join(cells)}"
            )


def _processor_seconds() -> float:
    """Of this process, of the lab's, and of those that it ended."""
    own, used = os.getpid(), 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        if own in (int(path.parent.name), int(fields[1])):
            used += sum(map(int, fields[11:15]))
    return used / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
