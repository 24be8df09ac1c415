"""Whether concluded cases are told of what contradicts them, and of nothing else, over kills.

python -m benchmarks.standing_watch [FOLDER] [--cases 1000] [--arrivals 10000]
    [--contradictions 100] [--kills 20] [--seed N]

Every case has one picture, a photograph of the folder while there are any, else a drawn one; half
are concluded as original, half as out of context. Then a channel's export is imported by
`verify-desk import`, which is killed at random and started again. Of its posts so many show a
smaller copy of an original, posted years before: these cases must be told once. As many show a
copy of one that is out of context already; all others drawn pictures that are like no other: of
these nobody must be told. Printed are the cases told rightly, twice and wrongly, those not told,
and how long after the picture came in, where no kill lay between.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PIL import Image

from benchmarks import photographs
from benchmarks.importing import PROGRAM, drawn
from verify.desk import Desk
from verify.records import Rating, Role
from verify.store.casework import stale

_POSTED = 1_402_589_000  # June 2014, in Unix seconds
_SMALLER = 0.6
_PATIENCE_SECONDS = 600.0  # until all that came in is compared


def pictures(found: Sequence[Path], count: int, chance: random.Random) -> list[bytes]:
    """The photographs, then drawn pictures: JPEGs that are like no other."""
    real = [path.read_bytes() for path in found[:count]]
    return real + [drawn(chance) for _ in range(count - len(real))]


def smaller(picture: bytes) -> bytes:
    """The same picture as somebody else posts it."""
    with Image.open(io.BytesIO(picture)) as whole:
        size = (round(whole.width * _SMALLER), round(whole.height * _SMALLER))
        copy = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    copy.save(file, "JPEG", quality=80)
    return file.getvalue()


def export(folder: Path, posts: Sequence[bytes]) -> Path:
    """A channel's export by Telegram Desktop: a post a minute, each with a picture."""
    (folder / "photos").mkdir(parents=True)
    messages = []
    for number, picture in enumerate(posts, start=1):
        name = f"photos/{number}.jpg"
        (folder / name).write_bytes(picture)
        at = str(_POSTED + 60 * number)
        who = {"from": "Channel", "from_id": "channel1001"}
        message = {"id": number, "type": "message", "date_unixtime": at, "photo": name, **who}
        messages.append({**message, "text": "", "text_entities": []})
    told = {"name": "Channel", "type": "public_channel", "id": 1001, "messages": messages}
    (folder / "result.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def conclude(home: Path) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """Conclude every case; gives by its number the picture of those that are called original, and
    of those out of context."""
    told: tuple[dict[int, bytes], dict[int, bytes]] = {}, {}
    with Desk(home) as desk:
        person = desk.team.admit("telegram", "1", "Editor", Role.OWNER)
        for line in desk.reports.cases(person, limit=1_000_000):
            [one] = desk.reports.case(person, line.id).exhibits
            other = line.id % 2
            rating = Rating.DECONTEXTUALISED if other else Rating.ORIGINAL
            desk.verdicts.conclude(person, line.id, one.exhibit_id, rating, "as the sender says")
            told[other][line.id] = (home / "vault" / one.sha256[:2] / one.sha256).read_bytes()
    return told


def bring(home: Path, path: Path, kill_after: float | None = None) -> bool:
    """Import a path, or begin to; gives whether it came to its end."""
    with subprocess.Popen(
        [PROGRAM, "import", path, "--yes", "--json"],
        env={"PATH": os.environ["PATH"], "VERIFY_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as importing:
        try:
            importing.wait(kill_after)
        except subprocess.TimeoutExpired:
            importing.send_signal(signal.SIGKILL)
            return False
    return True


def settle(home: Path) -> tuple[Counter[int], list[float]]:
    """Wait until all is compared; how often each case was told, and how many seconds after the
    picture came in."""
    with Desk(home) as desk:
        until = time.monotonic() + _PATIENCE_SECONDS
        while stale.first_after(desk.store, 0, 1) and time.monotonic() < until:
            time.sleep(0.2)
        told = desk.store.rows("SELECT case_id, at FROM notice WHERE sentence LIKE '%Reopen it?%'")
        came = desk.store.rows(
            "SELECT DISTINCT s.case_id, later.received_at FROM match m"
            " JOIN view ON view.id = m.view_id JOIN exhibit later ON later.id = view.exhibit_id"
            " JOIN view old ON old.id = m.earlier_view_id"
            " JOIN submission s ON s.exhibit_id = old.exhibit_id WHERE s.case_id > 0"
        )
    arrived = {row["case_id"]: datetime.fromisoformat(row["received_at"]) for row in came}
    waits = [
        (datetime.fromisoformat(row["at"]) - arrived[row["case_id"]]).total_seconds()
        for row in told
        if row["case_id"] in arrived
    ]
    return Counter(row["case_id"] for row in told), waits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--arrivals", type=int, default=10_000)
    parser.add_argument("--contradictions", type=int, default=100)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        report(asked, chance, folder)


def report(asked: argparse.Namespace, chance: random.Random, folder: Path) -> None:
    """Make the desk, import the export with kills in between, and print what was told."""
    home, files = folder / "home", folder / "files"
    home.mkdir(mode=0o700)
    files.mkdir()
    for place, one in enumerate(pictures(photographs.find(asked.folder), asked.cases, chance)):
        (files / f"{place:05}.jpg").write_bytes(one)
    bring(home, files)
    originals, others = conclude(home)
    contradicted = [*originals][: asked.contradictions]
    posts = [smaller(originals[case]) for case in contradicted]
    posts += map(smaller, [*others.values()][: asked.contradictions])
    posts += [drawn(chance) for _ in range(asked.arrivals - len(posts))]
    chance.shuffle(posts)
    channel = export(folder / "channel", posts)
    began = time.monotonic()
    killed, whole, longest = 0, False, 20.0
    while not whole:
        limit = chance.uniform(2.0, longest) if killed < asked.kills else None
        whole = bring(home, channel, limit)
        killed += not whole
    told, waits = settle(home)
    print(f"{len(posts)} posts in {time.monotonic() - began:.0f} s, killed {killed} times")
    right = told.keys() & contradicted
    print(f"told rightly {len(right)} of {len(contradicted)},", end=" ")
    print(f"wrongly {len(told.keys() - right)},", end=" ")
    print(f"more than once {sum(1 for count in told.values() if count > 1)}")
    if waits:
        within = sum(1 for one in waits if one <= 60)
        print(f"within a minute of the picture {within} of {len(waits)}, last {max(waits):.1f} s")


if __name__ == "__main__":
    sys.exit(main())
