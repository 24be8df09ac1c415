"""What people conclude, who confirmed it, and what was concluded elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Basis, Claim, Person, Rating, Verdict, VerdictState
from verify.store.casework import claims
from verify.store.casework.visibility import VISIBLE, eyes
from verify.store.database.connection import LISTED, Row, Store, listed, moment, now, stamp

_VERDICT = (
    "SELECT v.*, p.name AS person_name, coalesce(d.name, '') AS decider_name,"
    " b.pictures, coalesce(b.first_at, '') AS first_at FROM verdict v"
    " LEFT JOIN basis b ON b.verdict_id = v.id"
    " JOIN person p ON p.id = v.person_id LEFT JOIN person d ON d.id = v.decided_by WHERE "
)


def add(
    store: Store,
    person: Person,
    case_id: int,
    exhibit_id: int,
    rating: Rating,
    reason: str,
    claim_id: int | None,
    examination_id: int | None,
    state: VerdictState,
    key: str,
) -> int | None:
    """Record a verdict; former ones stay. None when the key was used before."""
    return store.insert_once(
        "verdict",
        case_id=case_id,
        exhibit_id=exhibit_id,
        claim_id=claim_id,
        rating=rating,
        reason=reason,
        person_id=person.id,
        at=stamp(now()),
        examination_id=examination_id,
        state=state,
        key=key or None,
    )


def decide(store: Store, person_id: int, verdict_id: int, state: VerdictState, remark: str) -> bool:
    """Confirm or return a verdict of somebody else's. False when that was done before."""
    return bool(
        store.change(
            "UPDATE verdict SET state = ?, decided_by = ?, decided_at = ?, remark = ?"
            " WHERE id = ? AND state = 'proposed' AND person_id <> ?",
            (state, person_id, stamp(now()), remark, verdict_id, person_id),
        )
    )


def proposed_by(store: Store, person_id: int, verdict_id: int) -> bool:
    """Whether this person wrote the verdict."""
    sql = "SELECT 1 FROM verdict WHERE id = ? AND person_id = ?"
    return store.row(sql, (verdict_id, person_id)) is not None


def of_case(store: Store, case_id: int) -> tuple[Verdict, ...]:
    """All verdicts on a case, latest first."""
    rows = store.rows(_VERDICT + "v.case_id = ? ORDER BY v.id DESC", (case_id,))
    return _verdicts(store, rows)


def verdict(store: Store, verdict_id: int) -> Verdict | None:
    """One verdict."""
    return next(iter(_verdicts(store, store.rows(_VERDICT + "v.id = ?", (verdict_id,)))), None)


def with_key(store: Store, key: str) -> Verdict | None:
    """The verdict that was added under this key."""
    return next(iter(_verdicts(store, store.rows(_VERDICT + "v.key = ?", (key,)))), None)


def concluded_about(
    store: Store, person: Person, exhibit_ids: Iterable[int]
) -> tuple[Verdict, ...]:
    """Confirmed verdicts about exhibits in concluded cases that this person may see, latest
    first. Where a case was reopened, its verdict is in doubt and is left out."""
    rows = store.rows(
        _VERDICT + f"v.exhibit_id IN {LISTED} AND v.state = 'confirmed' AND EXISTS (SELECT 1 FROM"
        f""" "case" c WHERE c.id = v.case_id AND c.status = 'concluded' AND {VISIBLE})"""
        " ORDER BY v.id DESC",
        (listed(exhibit_ids), *eyes(person)),
    )
    return _verdicts(store, rows)


def out_of_context(store: Store, person: Person) -> set[int]:
    """The exhibits that a concluded case which this person may see called out of context."""
    rows = store.rows(
        'SELECT DISTINCT v.exhibit_id FROM verdict v JOIN "case" c ON c.id = v.case_id'
        f" WHERE v.state = 'confirmed' AND v.rating = ? AND c.status = 'concluded' AND {VISIBLE}",
        (Rating.DECONTEXTUALISED, *eyes(person)),
    )
    return {row["exhibit_id"] for row in rows}


def last_of_concluded(store: Store, case_ids: Iterable[int]) -> tuple[Verdict, ...]:
    """The last confirmed verdict on each exhibit of those of the cases that are concluded."""
    rows = store.rows(
        _VERDICT + 'v.id IN (SELECT max(w.id) FROM verdict w JOIN "case" c ON c.id = w.case_id'
        f" WHERE w.case_id IN {LISTED} AND w.state = 'confirmed' AND c.status = 'concluded'"
        " AND c.wiped_at IS NULL GROUP BY w.case_id, w.exhibit_id) ORDER BY v.id",
        (listed(case_ids),),
    )
    return _verdicts(store, rows)


def _verdicts(store: Store, rows: list[Row]) -> tuple[Verdict, ...]:
    about = claims.by_id(store, (row["claim_id"] for row in rows if row["claim_id"]))
    return tuple(_verdict(row, about.get(row["claim_id"])) for row in rows)


def _verdict(row: Row, claim: Claim | None) -> Verdict:
    return Verdict(
        id=row["id"],
        case_id=row["case_id"],
        exhibit_id=row["exhibit_id"],
        rating=Rating(row["rating"]),
        reason=row["reason"],
        by=row["person_name"],
        at=moment(row["at"]),
        claim=claim,
        state=VerdictState(row["state"]),
        decided_by=row["decider_name"],
        decided_at=moment(row["decided_at"]) if row["decided_at"] else None,
        basis=_basis(row),
        remark=row["remark"],
    )


def _basis(row: Row) -> Basis | None:
    if row["pictures"] is None:
        return None
    first_at = moment(row["first_at"]) if row["first_at"] else None
    return Basis(pictures=row["pictures"], first_at=first_at)
