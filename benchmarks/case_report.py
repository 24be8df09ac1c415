"""How long a report takes, and how large it is.

    python -m benchmarks.case_report [--pictures 10]

A case of so many photographs, each of which was seen before, so that each stands in the report
alone and beside its match. Times are those of a second report: the first loads what draws.
"""

from __future__ import annotations

import argparse
import itertools
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
        print("language  pictures  drawn     page                 PDF")
        for language in ("en", "ar"):
            reader = Reader(language, ZoneInfo("UTC"))
            made(desk, noor, case, "inside", reader)
            begun = time.perf_counter()
            report = made(desk, noor, case, "inside", reader)
            drawn = time.perf_counter() - begun
            cells = []
            for form in ("html", "pdf"):
                begun = time.perf_counter()
                file = as_file(report, form)
                took = time.perf_counter() - begun
                cells.append(f"{took:5.2f} s, {len(file) / 1e6:5.2f} MB")
            print(f"{language:8}  {count:8}  {drawn:5.2f} s   {'      '.join(cells)}")


if __name__ == "__main__":
    main()
