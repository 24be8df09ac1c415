"""Measure a hub: whether its search is exact, what it costs, and whether followers miss a row.

    python -m benchmarks.hub [--entries 1000000] [--queries 40] [--desks 20] [--shares 50]

It starts a throw-away PostgreSQL as the tests do. First so many desks write and follow at once.
Then made-up hashes fill the hub, some of them near the queries at every distance around 31 bits;
the answers are held against brute force by FAISS, and the processor time is that of the server's
process, for eight orientations at once.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import faiss
import numpy as np
import psycopg

from tests.hub.server import Server, started
from verify.hub import log
from verify.hub.connection import opened
from verify.hub.log import Place
from verify.hub.making import invite, make

_BATCH = 50_000  # rows of one COPY


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--desks", type=int, default=20)
    parser.add_argument("--shares", type=int, default=50, help="by each desk")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
    try:
        with started(folder) as server:
            database = server.database()
            with opened(server.url(database)) as hub:
                make(hub)
                for number in range(arguments.desks):
                    invite(hub, f"desk-{number}")
            _at_once(server, database, arguments.desks, arguments.shares)
            _search(server, database, arguments.entries, arguments.queries)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _at_once(server: Server, database: str, desks: int, shares: int) -> None:
    wrote, ended = set[str](), threading.Event()
    missed: list[int] = []
    doubled: list[int] = []

    def write(number: int) -> None:
        with opened(server.url(database, f"desk-{number}"), seconds=600) as hub:
            for _ in range(shares):
                key = str(uuid.uuid4())
                log.share(hub, key, datetime.now(UTC), b"entry", [])
                wrote.add(key)

    def follow(number: int) -> None:
        place, found = Place(), list[str]()
        with opened(server.url(database, f"desk-{number}"), seconds=600) as hub:
            while True:
                last = ended.is_set()
                rows = log.follow(hub, place, withdrawals_alone=False)
                found += [row.key for row in rows]
                place = rows[-1].place if rows else place
                if last and not rows:
                    break
        missed.append(len(wrote - {*found}))
        doubled.append(len(found) - len({*found}))

    begun = time.perf_counter()
    writers = [threading.Thread(target=write, args=(n,)) for n in range(desks)]
    followers = [threading.Thread(target=follow, args=(n,)) for n in range(desks)]
    for one in writers + followers:
        one.start()
    for one in writers:
        one.join()
    ended.set()
    for one in followers:
        one.join()
    print(f"{desks} desks wrote {len(wrote):,} and followed at once in"
          f" {time.perf_counter() - begun:.0f} s: {sum(missed)} missed, {sum(doubled)} doubled",
          flush=True)  # fmt: skip


def _search(server: Server, database: str, entries: int, queries: int) -> None:
    rng = np.random.default_rng(1)
    hashes = rng.integers(0, 256, (entries, 32), np.uint8)
    asked = rng.integers(0, 256, (queries, 8, 32), np.uint8)
    for place in range(min(queries * 20, entries)):  # near ones, at 20 to 39 bits
        bits = np.unpackbits(asked[place % queries, place % 8])
        bits[rng.choice(256, 20 + place // queries, replace=False)] ^= 1
        hashes[place] = np.packbits(bits)
    begun = time.perf_counter()
    with psycopg.connect(server.url(database), autocommit=True) as owner:
        [(first,)] = owner.execute("SELECT coalesce(max(id), 0) + 1 FROM verify_hub.log").fetchall()
        for low in range(0, entries, _BATCH):
            high = min(low + _BATCH, entries)
            owner.execute(
                "INSERT INTO verify_hub.log (era, desk, key, first_seen, body) SELECT 1, 'desk-0',"
                " gen_random_uuid(), now(), 'entry' FROM generate_series(1, %s)",
                (high - low,),
            )
            with owner.cursor().copy("COPY verify_hub.hash FROM STDIN") as copy:
                for at in range(low, high):
                    bits = format(int.from_bytes(hashes[at].tobytes()), "0256b")
                    copy.write(f"{first + at}\t{bits}\n")
        owner.execute("VACUUM ANALYZE verify_hub.hash")
        owner.execute("VACUUM ANALYZE verify_hub.log")
        [(size,)] = owner.execute("SELECT pg_total_relation_size('verify_hub.hash')").fetchall()
    print(f"{entries:,} entries in {time.perf_counter() - begun:.0f} s, hashes and indexes"
          f" {size / entries:.0f} bytes each", flush=True)  # fmt: skip
    index = faiss.IndexBinaryFlat(256)
    index.add(hashes)
    wrong, near, spent, waited = 0, 0, [], []
    with opened(server.url(database, "desk-1"), seconds=3600) as hub:
        for query in asked:
            before, begun = _processor(hub.info.backend_pid), time.perf_counter()
            rows = log.near(hub, [one.tobytes() for one in query])
            waited.append(1000 * (time.perf_counter() - begun))
            spent.append(1000 * (_processor(hub.info.backend_pid) - before))
            _, _, ids = index.range_search(query, 32)  # below this many bits
            wrong += {row.place.id for row in rows} != {first + int(one) for one in ids}
            near += len(rows)
    print(f"{len(asked)} queries of eight orientations, {near} found: {wrong} unlike brute force;"
          f" {median(spent):.0f} ms of the server's processor in the middle, {max(spent):.0f} at"
          f" most; {median(waited):.0f} ms by the clock", flush=True)  # fmt: skip


def _processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
