"""What the lab and the comparisons saw: examinations and their findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from verify.records import Examination, Finding, Gps
from verify.store.database.connection import LISTED, Store, listed, now, stamp
from verify.store.pictures import views


@dataclass(frozen=True)
class Examined:
    """An examination in the store."""

    id: int
    examination: Examination


def add(store: Store, exhibit_id: int, person_id: int, examination: Examination) -> int:
    """Record an examination, its findings and views. Inside a transaction."""
    at = now()
    bare = msgspec.structs.replace(examination, views=(), findings=())
    number = store.insert(
        "examination",
        exhibit_id=exhibit_id,
        lab_version=examination.lab_version,
        person_id=person_id,
        at=stamp(at),
        body=msgspec.json.encode(bare).decode(),
    )
    store.insert_all("finding", [_finding(number, finding, at) for finding in examination.findings])
    views.keep(store, exhibit_id, examination.views)
    return number


def _finding(
    examination_id: int,
    finding: Finding,
    at: datetime,
    case_id: int | None = None,
    version: int | None = None,
) -> dict[str, object]:
    return {
        "examination_id": examination_id,
        "case_id": case_id,
        "comparisons_version": version,
        "check_name": finding.check,
        "pillar": finding.pillar,
        "outcome": finding.outcome,
        "body": msgspec.json.encode(finding).decode(),
        "at": stamp(at),
    }


Compared = dict[tuple[int, int], tuple[Finding, ...]]
"""What the comparisons say, by examination and case."""


def compared(store: Store, said: Compared, version: int) -> Compared:
    """Replace what the comparisons say, where they say something else now; gives only that.

    What they said before is kept as superseded. Inside a transaction.
    """
    before = comparison_findings(store, said)
    changed = {where: now for where, now in said.items() if now != before.get(where, ())}
    if not changed:
        return {}
    at = now()
    store.change(
        "UPDATE finding SET superseded_at = ? WHERE superseded_at IS NULL AND id IN"
        " (SELECT f.id FROM json_each(?) j CROSS JOIN finding f"
        " ON f.examination_id = json_extract(j.value, '$[0]')"
        " AND +f.case_id = json_extract(j.value, '$[1]'))",
        (stamp(at), json.dumps([*changed])),
    )
    store.insert_all(
        "finding",
        [
            _finding(examination_id, finding, at, case_id, version)
            for (examination_id, case_id), findings in changed.items()
            for finding in findings
        ],
    )
    return changed


def latest(store: Store, exhibit_id: int) -> Examined | None:
    """The latest examination of an exhibit with its own findings, views left out."""
    return latest_of(store, [exhibit_id]).get(exhibit_id)


def latest_of(store: Store, exhibit_ids: Iterable[int]) -> dict[int, Examined]:
    """The same for many exhibits; those that were never examined are left out."""
    bare = bare_of(store, exhibit_ids)
    ids = [one.id for one in bare.values()]
    own: dict[int, list[Finding]] = {number: [] for number in ids}
    for row in store.rows(
        f"SELECT examination_id, body FROM finding WHERE examination_id IN {LISTED}"
        # no index for "+": SQLite would take that of all findings without a case
        " AND +case_id IS NULL AND superseded_at IS NULL ORDER BY id",
        (listed(ids),),
    ):
        own[row["examination_id"]].append(msgspec.json.decode(row["body"], type=Finding))
    return {
        exhibit_id: Examined(
            one.id, msgspec.structs.replace(one.examination, findings=tuple(own[one.id]))
        )
        for exhibit_id, one in bare.items()
    }


def bare_of(store: Store, exhibit_ids: Iterable[int]) -> dict[int, Examined]:
    """The latest examinations of exhibits without findings and views: what the file says."""
    rows = store.rows(
        "SELECT id, exhibit_id, body FROM examination WHERE id IN (SELECT max(id)"
        f" FROM examination WHERE exhibit_id IN {LISTED} GROUP BY exhibit_id)",
        (listed(exhibit_ids),),
    )
    return {
        row["exhibit_id"]: Examined(row["id"], msgspec.json.decode(row["body"], type=Examination))
        for row in rows
    }


def positions(store: Store, exhibit_ids: Iterable[int]) -> dict[int, Gps]:
    """The position in each file that has one, by its latest examination."""
    found = {}
    for exhibit_id, one in bare_of(store, exhibit_ids).items():
        if gps := one.examination.metadata.gps:
            found[exhibit_id] = gps
    return found


def add_text(store: Store, number: int, seen: Examination) -> None:
    """Add what was read in the picture to an examination that was made without. Inside a
    transaction.

    seen: the examination with its text, and with the findings that say of it, and these alone.
    """
    bare = msgspec.structs.replace(seen, views=(), findings=())
    body = msgspec.json.encode(bare).decode()
    store.change("UPDATE examination SET body = ? WHERE id = ?", (body, number))
    at = now()
    store.insert_all("finding", [_finding(number, finding, at) for finding in seen.findings])


def added_since(store: Store, exhibit_id: int, at: datetime) -> bool:
    """Whether an exhibit was examined at or after a moment."""
    row = store.row(
        "SELECT 1 FROM examination WHERE exhibit_id = ? AND at >= ?", (exhibit_id, stamp(at))
    )
    return row is not None


def comparison_findings(store: Store, where: Iterable[tuple[int, int]]) -> Compared:
    """What the comparisons say now about examinations in cases; silent ones are left out."""
    rows = store.rows(
        "SELECT f.examination_id, f.case_id, f.body FROM json_each(?) j CROSS JOIN finding f"
        " ON f.examination_id = json_extract(j.value, '$[0]')"
        " AND +f.case_id = json_extract(j.value, '$[1]')"
        " WHERE f.superseded_at IS NULL ORDER BY f.id",
        (json.dumps([*where]),),
    )
    found: Compared = {}
    for row in rows:
        place = row["examination_id"], row["case_id"]
        finding = msgspec.json.decode(row["body"], type=Finding)
        found[place] = (*found.get(place, ()), finding)
    return found


def narrow(store: Store, exhibit_id: int, narrowed: Callable[[Examination], Examination]) -> None:
    """Let less stand of what was examined of an exhibit: the one change that an examination
    knows, for sources that are sealed. Inside a transaction."""
    for row in store.rows("SELECT id, body FROM examination WHERE exhibit_id = ?", (exhibit_id,)):
        bare = msgspec.json.decode(row["body"], type=Examination)
        rows = store.rows(
            "SELECT id, body FROM finding WHERE examination_id = ? AND case_id IS NULL",
            (row["id"],),
        )
        found = [(msgspec.json.decode(one["body"], type=Finding), one["id"]) for one in rows]
        seen = msgspec.structs.replace(bare, findings=tuple(finding for finding, _ in found))
        less = narrowed(seen)
        body = msgspec.json.encode(msgspec.structs.replace(less, findings=())).decode()
        store.change("UPDATE examination SET body = ? WHERE id = ?", (body, row["id"]))
        gone = [number for finding, number in found if finding not in less.findings]
        store.change_each("DELETE FROM finding WHERE id = ?", ((one,) for one in gone))
