"""Packs of unpublished work that this desk gave to others: what left, and how it is taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from verify.errors import Unavailable
from verify.records import GivenPack, say
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp
from verify.store.folder.files import write_new


class Part(NamedTuple):
    """What of a case goes with a pack. withdrawal: the signed file that takes it back."""

    digests: tuple[str, ...]
    withdrawal: bytes


class Due(NamedTuple):
    """What of a case went with a pack, and is to be taken back."""

    given: int
    case: int
    withdrawal: bytes


def tell_key(store: Store, public: str) -> None:
    """Note an age key to which others encrypt packs for this desk. Inside a transaction."""
    store.change("DELETE FROM pack_key WHERE public = ?", (public,))
    store.insert("pack_key", public=public, at=stamp(now()))


def key(store: Store) -> str | None:
    """The age key that others are told, the last that was made."""
    row = store.row("SELECT public FROM pack_key ORDER BY id DESC LIMIT 1")
    return row["public"] if row else None


def note(
    store: Store,
    person_id: int,
    name: str,
    digest: str,
    recipients: Iterable[str],
    expires_at: datetime,
    parts: Mapping[int, Part],
    entries: int,
) -> int:
    """Note that a pack leaves; gives its number. Inside a transaction. parts: by case."""
    number = store.insert(
        "given_pack",
        name=name,
        digest=digest,
        recipients=json.dumps([*recipients]),
        person_id=person_id,
        given_at=stamp(now()),
        expires_at=stamp(expires_at),
        entries=entries,
    )
    for case_id, part in parts.items():
        store.insert("given_case", given_id=number, case_id=case_id, withdrawal=part.withdrawal)
        for sha256 in part.digests:
            store.insert("given_exhibit", given_id=number, case_id=case_id, sha256=sha256)
    return number


def every(store: Store) -> list[GivenPack]:
    """All of them, those that are taken back too."""
    cases: dict[int, list[Row]] = {}
    for row in store.rows("SELECT * FROM given_case ORDER BY case_id"):
        cases.setdefault(row["given_id"], []).append(row)
    return [
        _given(row, cases.get(row["id"], []))
        for row in store.rows("SELECT * FROM given_pack ORDER BY id")
    ]


def with_any(
    store: Store, case_ids: Iterable[int], digests: Iterable[str]
) -> dict[tuple[int, int], GivenPack]:
    """The packs that still count and were made from these cases, or have one of these exhibits, by
    their numbers and those of the cases that went with them."""
    rows = store.rows(
        "SELECT c.given_id, c.case_id FROM given_case c JOIN given_pack g ON g.id = c.given_id"
        f" WHERE g.expires_at > ? AND (c.case_id IN {LISTED} OR EXISTS (SELECT 1 FROM given_exhibit"
        " x WHERE x.given_id = c.given_id AND x.case_id = c.case_id"
        " AND x.sha256 IN (SELECT value FROM json_each(?)))) ORDER BY c.given_id, c.case_id",
        (stamp(now()), listed(case_ids), json.dumps([*digests])),
    )
    known = {one.number: one for one in every(store)} if rows else {}
    return {(row["given_id"], row["case_id"]): known[row["given_id"]] for row in rows}


def take_back(store: Store, several: Iterable[tuple[int, int]]) -> None:
    """Note that these are taken back. Inside a transaction."""
    for given_id, case_id in several:
        store.change(
            "UPDATE given_case SET withdrawn_at = coalesce(withdrawn_at, ?)"
            " WHERE given_id = ? AND case_id = ?",
            (stamp(now()), given_id, case_id),
        )


def due(store: Store) -> list[Due]:
    """What is taken back, and not written yet to be handed on."""
    rows = store.rows(
        "SELECT * FROM given_case WHERE withdrawn_at IS NOT NULL AND file IS NULL"
        " ORDER BY given_id, case_id"
    )
    return [Due(row["given_id"], row["case_id"], row["withdrawal"]) for row in rows]


def written(store: Store, one: Due, file: str) -> None:
    """Note where what takes it back was written."""
    with store.transaction():
        store.change(
            "UPDATE given_case SET file = ? WHERE given_id = ? AND case_id = ?",
            (file, one.given, one.case),
        )


def withdrawals(folder: Path) -> Path:
    """Where a home has what takes packs back."""
    return folder / "withdrawals"


def write_withdrawal(folder: Path, one: Due) -> Path:
    """Write what takes something back, once. Raises Unavailable."""
    place = withdrawals(folder)
    target = place / f"pack-{one.given}-case-{one.case}.pack"
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Unavailable(say("The withdrawal of a pack cannot be written.")) from error
    write_new(target, one.withdrawal)
    return target


def _given(row: Row, cases: list[Row]) -> GivenPack:
    return GivenPack(
        number=row["id"],
        name=row["name"],
        digest=row["digest"],
        recipients=tuple(json.loads(row["recipients"])),
        given_at=moment(row["given_at"]),
        expires_at=moment(row["expires_at"]),
        entries=row["entries"],
        cases=tuple(one["case_id"] for one in cases),
        withdrawn=tuple(one["case_id"] for one in cases if one["withdrawn_at"]),
    )
