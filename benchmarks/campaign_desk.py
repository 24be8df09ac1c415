"""What `verify-desk campaign` costs on a desk that holds many posts: seconds and memory.

    python -m benchmarks.campaign_desk --posts 100000 [--home FOLDER]

The posts are those of the worlds of `benchmarks/worlds.py`, driven groups among them; each has a
link, a hashtag or words that others have too, and words of its own. What would be a picture there
is a link here: no picture is read. With `--home` the desk is kept, and taken as it is where it
stands already.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.campaigns import FIRST_SEED, filled
from benchmarks.worlds import MEASURING, World
from verify.desk import Desk
from verify.records import Post, Shared

SEED = FIRST_SEED["measuring"]
ACCOUNTS_A_POST = 0.03
VOCABULARY = 40_000  # words, by Zipf's law
AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder) / "desk"
        if not home.exists():
            _fill(home, arguments.posts)
        _measure(home)


def _fill(home: Path, count: int) -> None:
    made = filled(MEASURING, SEED, count, int(count * ACCOUNTS_A_POST))
    begin = time.process_time()
    with Desk(home) as desk:
        person = desk.team.at_console("0", "Benchmark", "en")
        number = desk.posts.begin(person, "posts")
        several: list[Post] = []
        for one in _posts(made):
            several.append(one)
            if len(several) == AT_ONCE:
                desk.posts.take_words(person, number, several)
                several.clear()
        desk.posts.take_words(person, number, several)
        desk.posts.end(person, number)
    print(f"kept in {time.process_time() - begin:.0f} s of processor time", flush=True)


def _posts(made: World) -> Iterator[Post]:
    rng = np.random.default_rng(SEED)
    chance = 1 / np.arange(1, VOCABULARY + 1)
    words = np.char.add("word", np.arange(VOCABULARY).astype(str))
    weight = np.cumsum(chance / chance.sum())

    def text(rng: np.random.Generator) -> str:
        drawn = np.searchsorted(weight, rng.random(rng.integers(6, 20)))
        return " ".join(words[np.minimum(drawn, VOCABULARY - 1)])

    for row in made.rows:
        number, name = int(row["object"]), f"account{row['account']}"
        kind = Shared(int(row["kind"]))
        link = f"https://example.org/{number}"
        yield Post(
            network="x",
            id=str(row["post"]),
            account=name,
            handle=name,
            at=datetime.fromtimestamp(float(row["at"]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            text=text(np.random.default_rng(number) if kind is Shared.WORDS else rng),
            hashtags=(f"tag{number}",) if kind is Shared.HASHTAG else (),
            links=(link,) if kind in (Shared.LINK, Shared.PICTURE) else (),
        )


def _measure(home: Path) -> None:
    begin = time.monotonic()
    asked = [Path(sys.executable).with_name("verify-desk"), "campaign", "--json"]
    environment = {**os.environ, "VERIFY_HOME": str(home)}
    said = subprocess.run(asked, env=environment, check=True, capture_output=True).stdout
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = json.loads(said)
    print(
        f"{told['posts']:,} posts of {told['accounts']:,} accounts: {len(told['groups'])} groups,"
        f" {len(told['waves'])} waves in {spent.ru_utime + spent.ru_stime:.0f} s of processor time,"
        f" {time.monotonic() - begin:.0f} s by the clock, {spent.ru_maxrss // 1024:,} MiB"
    )


if __name__ == "__main__":
    main()
