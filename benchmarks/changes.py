"""How long a person waits for a claim, a merge, a move and a wipe in a large home.

    python -m benchmarks.changes [--exhibits 100000] [--copies 160] [--wiped 200] [--home FOLDER]

A throw-away desk is filled by SQL with made-up exhibits, each in a case of its own with sighting,
claim, words, examination, findings, features and custody events. Among them stand copies of one
photograph, the first of them received and examined like any other, and a case of many exhibits.
Times are by the clock, from the call to its return, with what the thread computed and the number
of its queries; what is done behind the caller is told apart, and waited for before the next row.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageEnhance

from benchmarks import photographs
from verify.desk import Desk
from verify.lab.features import describe, stored
from verify.places.towns import towns
from verify.records import Person, SentAs, Submission, View
from verify.store.database.connection import Store, stamp
from verify.store.pictures import features
from verify.store.search import full_text

_BATCH = 2000  # exhibits
_REAL = 3  # copies that are received and examined; the others are rows like theirs
_NOTES, _BETWEEN, _LONGEST = 5, 1.0, 1800.0  # written after the wipe; seconds
_DAY = datetime(2025, 1, 1, tzinfo=UTC)


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        home = arguments.home or Path(scratch) / "home"
        if not (home / "desk.db").exists():
            begun = time.perf_counter()
            _fill(home, arguments.exhibits, arguments.copies, arguments.wiped)
            print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        size = (home / "desk.db").stat().st_size
        begun = time.perf_counter()
        with Desk(home) as desk:
            load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
            print(f"load average {load}, on {os.cpu_count()} cores")
            print(f"opened in {time.perf_counter() - begun:.2f} s; database {size / 1e6:,.0f} MB")
            print(f"{'':44}{'waited':>10}{'computed':>10}{'queries':>9}{'behind':>10}")
            _measure(desk, desk.team.at_console("benchmark", "Benchmark", "en"), arguments.copies)


def _measure(desk: Desk, person: Person, copies: int) -> None:
    store = desk.store
    case_of = [row[0] for row in store.rows(
        "SELECT DISTINCT case_id FROM submission ORDER BY case_id LIMIT ?", (copies + 1,)
    )]  # fmt: skip
    first, last, large = case_of[0], case_of[copies - 1], case_of[copies]
    show = lambda case: desk.reports.case(person, case)  # noqa: E731
    towns()  # as a desk that serves does soon after its start
    _row(desk, f"a case with {copies - 1} matches, read", lambda: show(last))
    for name, case, text in (
        ("the first claim after the start", first, "Aleppo, 1 June 2016"),
        ("a claim in the case of the first copy", first, "Homs, 3 May 2012"),
        ("a claim in the case of the last copy", last, "Kyiv, 24 February 2022"),
    ):
        _row(desk, name, lambda: desk.claims.state(person, case, text))  # noqa: B023
    for which, one, into in (("first", *case_of[1:3]), ("last", *case_of[copies - 3 : copies - 1])):
        _row(desk, f"a merge of two of the {which} copies' cases",
             lambda: desk.casework.merge(person, one, into))  # noqa: B023  # fmt: skip
        exhibit = show(into).exhibits[-1].exhibit_id
        _row(desk, "a move of one of them into a new case",
             lambda: desk.casework.move(person, exhibit, into, None))  # noqa: B023  # fmt: skip
    wiped: list[Any] = []
    _row(desk, f"a wipe of {len(show(large).exhibits)} exhibits",
         lambda: wiped.append(desk.wiping.wipe(person, large)), wait=False)  # fmt: skip
    begun = time.perf_counter()
    note = lambda: desk.cases.note(person, first, f"A note {time.time()}")  # noqa: E731
    took = []
    while store.row("SELECT 1 FROM wipe_begun") and time.perf_counter() - begun < _LONGEST:
        if len(took) < _NOTES:
            started = time.perf_counter()
            note()
            took.append(time.perf_counter() - started)
        time.sleep(_BETWEEN)
    print(f"{'  notes written meanwhile, the longest':44}{max(took, default=0) * 1e3:>7.0f} ms")
    print(f"{'  indexes and database made anew after':44}{time.perf_counter() - begun:>8.1f} s")


def _row(desk: Desk, name: str, act: Callable[[], object], *, wait: bool = True) -> None:
    queries = Counter[int]()

    def heard(statement: str) -> None:
        if not statement.startswith("--"):  # what full text asks for by itself
            queries[threading.get_ident()] += 1

    desk.store._connection.set_trace_callback(heard)
    begun, used = time.perf_counter(), time.thread_time()
    act()
    took, computed = time.perf_counter() - begun, time.thread_time() - used
    counted = queries[threading.get_ident()]
    while wait and desk.store.row("SELECT 1 FROM stale"):
        time.sleep(0.02)
    behind = time.perf_counter() - begun - took
    desk.store._connection.set_trace_callback(None)
    print(f"{name:44}{took * 1e3:>7.0f} ms{computed * 1e3:>7.0f} ms{counted:>9,}{behind:>8.2f} s",
          flush=True)  # fmt: skip


# --- the home -----------------------------------------------------------------------------------


def _fill(home: Path, exhibits: int, copies: int, wiped: int) -> None:
    paths = photographs.find(None)
    with Desk(home) as desk:
        person = desk.team.at_console("benchmark", "Benchmark", "en")
        picture = Image.open(paths[0]).convert("RGB")
        for number in range(_REAL):
            _receive(desk, person, number, _copy(picture, number))
        drawn = [stored(describe(photographs.load(path))) for path in paths[:20]]
        drawn = [one for one in drawn if one.points]
        _make_up(desk, person, exhibits - _REAL, drawn, copies - _REAL, wiped)


def _copy(picture: Image.Image, number: int) -> Image.Image:
    changed = ImageEnhance.Brightness(picture).enhance(0.9 + number / 1000)
    return changed.resize((400 + number, 300 + number))


def _receive(desk: Desk, person: Person, number: int, picture: Image.Image) -> None:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    arrived = Submission(
        service="import", bot_id=0, chat_id=0, message_id=number + 1, sent_as=SentAs.DOCUMENT,
        received_at=_DAY + timedelta(minutes=number), caption=f"Homs, {number + 1} May 2012",
    )  # fmt: skip
    desk.examining.examine(
        person, desk.receiving.receive(person, arrived, content.getvalue()).exhibit_id
    )


def _make_up(
    desk: Desk, person: Person, count: int, drawn: list[Any], copies: int, wiped: int
) -> None:
    """Exhibits by SQL: first further copies, then those to be wiped, then all others."""
    store = desk.store
    large = 0
    views = [row[0] for row in store.rows("SELECT id FROM view WHERE kind = 'whole' ORDER BY id")]
    match = dict(store.row("SELECT * FROM match ORDER BY id LIMIT 1") or {})
    del match["id"]
    [like] = store.rows("SELECT id, body FROM examination ORDER BY id LIMIT 1")
    said = [tuple(row) for row in store.rows(
        "SELECT check_name, pillar, outcome, body FROM finding WHERE examination_id = ?"
        " AND case_id IS NULL", (like["id"],)
    )]  # fmt: skip
    rng = np.random.default_rng(0)
    [last] = store.rows("SELECT * FROM custody_event ORDER BY id DESC LIMIT 1")
    event, digest = last["id"], last["hash"]
    for first in range(0, count, _BATCH):
        with store.transaction():
            for number in range(first, min(first + _BATCH, count)):
                album = "album" if copies <= number < copies + wiped else ""
                case = large if album else 0
                one = _exhibit(store, person, number, like["body"], said, case, album)
                if album:
                    large = one.case
                view = store.insert("view", exhibit_id=one.exhibit, kind="whole")
                store.insert("fingerprint", view_id=view, algorithm="pdq", version=1,
                             hash=rng.bytes(32), quality=100)  # fmt: skip
                own = View(features=drawn[number % len(drawn)])
                features.keep(store, one.exhibit, [own])
                if number < copies:
                    for former in views:
                        found = {"examination_id": one.examination, "view_id": view}
                        store.insert("match", **{**match, **found, "earlier_view_id": former})
                    views.append(view)
                for kind in ("received", "preserved", "examined"):
                    event, former_digest, digest = event + 1, digest, os.urandom(32).hex()
                    store.insert(
                        "custody_event", id=event, at=stamp(_DAY), kind=kind, person_id=person.id,
                        subject=json.dumps({"case": one.case, "exhibit": one.sha256}),
                        previous=former_digest, hash=digest,
                    )  # fmt: skip


@dataclass(frozen=True)
class _Made:
    case: int
    exhibit: int
    sha256: str
    examination: int


def _exhibit(
    store: Store, person: Person, number: int, seen: str, said: list[Any], case: int, album: str
) -> _Made:
    """An exhibit with all that belongs to it, in a case of its own unless one is given."""
    at, name = stamp(_DAY + timedelta(seconds=number)), os.urandom(32).hex()
    case = case or store.insert("case", opened_at=at, opened_by=person.id)
    exhibit = store.insert("exhibit", sha256=name, size=1, received_at=at)
    message = {"bot_id": 1, "chat_id": 1, "message_id": number}
    body = {**message, "platform": "telegram", "sent_as": "photo", "received_at": at,
            "filename": f"{number}.jpg"}  # fmt: skip
    arrived = store.insert(
        "submission", service="telegram", person_id=person.id, case_id=case, album=album,
        exhibit_id=exhibit, received_at=at, body=json.dumps(body), known=0, **message,
    )  # fmt: skip
    sighting = store.insert(
        "sighting", exhibit_id=exhibit, case_id=case, submission_id=arrived, service="telegram",
        caption=f"caption {number}", links="[]", received_at=at,
    )  # fmt: skip
    claim = store.insert(
        "claim", version=1, case_id=case, exhibit_id=exhibit, submission_id=arrived, claimant="",
        text=f"Homs, {number % 28 + 1} May 2012", claimed_at=f"2012-05-{number % 28 + 1:02}",
        place="", recorded_by=person.id, recorded_at=at,
    )  # fmt: skip
    examination = store.insert(
        "examination", exhibit_id=exhibit, lab_version=1, person_id=person.id, at=at, body=seen
    )
    for check, pillar, outcome, text in said:
        store.insert("finding", examination_id=examination, check_name=check, pillar=pillar,
                     outcome=outcome, body=text, at=at)  # fmt: skip
    for kind, reference in (("caption", sighting), ("claim", claim), ("finding", sighting)):
        full_text.index(store, kind, reference, case, f"{kind} {number} of a street", _DAY)
    return _Made(case, exhibit, name, examination)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--exhibits", type=int, default=100_000)
    parser.add_argument("--copies", type=int, default=160)
    parser.add_argument("--wiped", type=int, default=200)
    parser.add_argument("--home", type=Path, help="kept afterwards; taken as it is if filled")
    return parser.parse_args()


if __name__ == "__main__":
    main()
