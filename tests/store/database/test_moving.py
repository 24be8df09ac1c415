"""What an earlier version kept by exhibit is kept by view, whatever interrupts the move."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from verify.errors import DiskRefused
from verify.records import View, ViewKind
from verify.store.database import moving, schema
from verify.store.database.connection import Store
from verify.store.pictures import features, matches, views

EXHIBITS = range(1, 8)
INNER = ((0.0, 0.1), (1.0, 0.1), (1.0, 0.9), (0.0, 0.9))
BOX = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))
_DAY = "2026-01-01T00:00:00.000000Z"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Seven pictures, the last never decoded; the second, with bars, matches the first."""
    monkeypatch.setattr(moving, "_AT_ONCE", 2)
    path = tmp_path / "desk.db"
    with closing(sqlite3.connect(path)) as db:
        schema.DESK.apply(schema.Database(db), stop_before="m019_views")
        db.execute("INSERT INTO person (id, platform, external_id, name, language) VALUES"
                   " (1, 'telegram', '7', 'Noor', 'en')")  # fmt: skip
        for number in EXHIBITS:
            db.execute("INSERT INTO exhibit VALUES (?, ?, 1, ?)", (number, f"{number:064}", _DAY))
            db.execute("INSERT INTO features VALUES (?, 1, 9, 9, ?, x'', x'')",
                       (number, b"%d" % number))  # fmt: skip
            if number != EXHIBITS[-1]:
                db.execute("INSERT INTO view (id, exhibit_id, kind) VALUES (?, ?, 'whole')",
                           (100 - number, number))  # fmt: skip
        db.execute("INSERT INTO view (id, exhibit_id, kind, corners) VALUES (50, 2, 'region', ?)",
                   (json.dumps(INNER, separators=(",", ":")),))  # fmt: skip
        db.execute("INSERT INTO examination VALUES (1, 2, 1, 1, ?, '{}')", (_DAY,))
        hashed = json.dumps(INNER, separators=(",", ":"))
        proved = json.dumps(BOX)
        row = (
            "INSERT INTO match (examination_id, view_id, earlier_view_id, method, orientation,"
            " distance, region, earlier_region, scale, inliers, agreement, map, expected, bound,"
            " found_at) VALUES (1, 98, 99, ?, 'original', ?, ?, ?, ?, ?, ?, ?, 0.1, 0, ?)"
        )
        db.execute(row, ("pdq-inner", 9, hashed, None, None, None, None, None, _DAY))
        db.execute(row, ("pdq", 10, proved, proved, 0.5, 30, 0.9, "[1,0,0,0,1,0,0,0,1]", _DAY))
        db.commit()
    return path


def kept(store: Store) -> dict[int, bytes]:
    described = features.described(store, 1)
    found = {view: features.of(store, view) for view in described}
    return {described[view]: one.points for view, one in found.items() if one}


MOVED = {number: b"%d" % number for number in EXHIBITS[:-1]}


def test_features_are_moved_to_the_whole_pictures_of_their_exhibits(database: Path) -> None:
    told: list[tuple[int, int]] = []
    store = Store(database, progress=lambda *far: told.append(far))
    assert kept(store) == MOVED
    assert views.wholes(store) == {number: 100 - number for number in EXHIBITS[:-1]}
    assert told == [(2, 7), (4, 7), (6, 7), (7, 7)]
    assert store.pending() == 0
    store.close()


def test_a_move_that_is_cut_off_at_any_step_goes_on_at_the_next_start(database: Path) -> None:
    def cut(done: int, total: int) -> None:
        raise KeyboardInterrupt

    for _ in range(4):
        with pytest.raises(KeyboardInterrupt):
            Store(database, progress=cut)
        assert Store(database, reading=True).pending() == 1
    store = Store(database)
    assert kept(store) == MOVED
    assert store.pending() == 0
    store.close()


def test_a_disk_without_room_is_a_sentence_and_nothing_is_lost(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(moving, "_ROOM", 1 << 62)
        with pytest.raises(DiskRefused, match="must be free"):
            Store(database)
    store = Store(database)
    assert kept(store) == MOVED
    store.close()


def test_matches_of_an_earlier_version_say_what_they_said(database: Path) -> None:
    store = Store(database)
    by_hash, proved = matches.earlier(store, 2)
    assert by_hash.correspondence.view == View(kind=ViewKind.INNER, corners=INNER)
    assert by_hash.correspondence.proof is None
    assert proved.correspondence.view == View()
    assert proved.correspondence.proof is not None
    assert proved.correspondence.proof.region == BOX
    assert proved.correspondence.proof.inliers == 30
    assert [one.id for one in matches.later(store, 1)] == [by_hash.id, proved.id]
    store.close()
