"""How long a search takes at 100,000 notes, with findings and text in pictures beside them.

Prints the median and the slowest of each kind of search, in milliseconds. Run it with
`python -m benchmarks.words`.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from pathlib import Path

from verify.desk import Desk
from verify.records import Role
from verify.store.database.connection import now, stamp
from verify.store.search import full_text

NOTES, CASES, WORDS = 100_000, 5_000, 8_000
REPEATS = 15
LIMIT_MS = 20.0


def _word(number: int) -> str:
    """A made-up word of letters alone, so that it has stems as real ones have."""
    return "wo" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "s"


SEARCHES = {
    "one rare word": _word(4321),
    "one common word": _word(3),
    "two words": f"{_word(40)} {_word(71)}",
    "a phrase": f'"{_word(3)} {_word(5)}"',
    "a tag and a common word": f"tag:t7 {_word(3)}",
    "after a day": f"after:2026-01-01 {_word(12)}",
    "from somebody": f"from:olga {_word(12)}",
    "a tag alone": "tag:t7",
    "nothing": f"absent {_word(3)}",
}


def main() -> None:
    """Fill a desk, search it, print."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder) / "home") as desk:
        person = desk.team.admit("benchmark", "1", "Olga", Role.OWNER)
        _fill(desk, person.id)
        print(f"{NOTES:,} notes in {CASES:,} cases, each with findings and a page of text")
        print(f"{'search':<26}{'median ms':>10}{'slowest ms':>12}{'hits':>6}")
        slowest = 0.0
        for name, text in SEARCHES.items():
            took = []
            for _ in range(REPEATS):
                begun = time.thread_time()
                hits = desk.reports.search(person, text, limit=6)
                took.append((time.thread_time() - begun) * 1000)
            slowest = max(slowest, statistics.median(took))
            print(f"{name:<26}{statistics.median(took):>10.1f}{max(took):>12.1f}{len(hits):>6}")
        verdict = "under" if slowest < LIMIT_MS else "OVER"
        print(f"slowest median: {slowest:.1f} ms, {verdict} {LIMIT_MS:.0f} ms")


def _fill(desk: Desk, person_id: int) -> None:
    """Notes of twenty words each, as frequent as words are in a language (Zipf)."""
    chance = random.Random(6)
    vocabulary = [*map(_word, range(1, WORDS + 1))]
    weights = [*itertools.accumulate(1 / number for number in range(1, WORDS + 1))]
    at = now()
    with desk.store.transaction():
        for number in range(1, CASES + 1):
            desk.store.insert("case", opened_at=stamp(at), opened_by=person_id)
            desk.store.insert("tag", case_id=number, name=f"t{number % 50}")
            _send(desk, person_id, number, stamp(at))

        def say(kind: str, number: int, many: int) -> None:
            text = " ".join(chance.choices(vocabulary, cum_weights=weights, k=many))
            full_text.index(desk.store, kind, number, 1 + number % CASES, text, at)

        for number in range(1, NOTES + 1):
            say("note", number, 20)
        for number in range(1, CASES + 1):
            say("finding", number, 60)
            say("text", number, 200)


def _send(desk: Desk, person_id: int, number: int, at: str) -> None:
    """One file sent by that person into the case."""
    exhibit = desk.store.insert("exhibit", sha256=f"{number:064x}", size=1, received_at=at)
    submission = desk.store.insert(
        "submission",
        service="benchmark",
        bot_id=1,
        chat_id=1,
        message_id=number,
        person_id=person_id,
        case_id=number,
        exhibit_id=exhibit,
        album="",
        received_at=at,
        body="{}",
        known=False,
    )
    desk.store.insert(
        "sighting",
        exhibit_id=exhibit,
        case_id=number,
        submission_id=submission,
        service="benchmark",
        caption="",
        links="[]",
        received_at=at,
    )


if __name__ == "__main__":
    main()
