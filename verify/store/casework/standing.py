"""What verdicts rested on, and what contradicted them afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verify.records import Rating, Verdict
from verify.store.casework import verdicts
from verify.store.database.connection import Store, now, stamp


def keep_basis(store: Store, verdict_id: int, first_at: datetime | None) -> None:
    """Keep what a verdict rests on. Inside its transaction.

    first_at: when its picture, or a copy, was first seen as far as anybody at the desk may know.
    """
    [count] = store.rows("SELECT count(*) AS number FROM exhibit")
    store.insert(
        "basis",
        verdict_id=verdict_id,
        pictures=count["number"],
        first_at=stamp(first_at) if first_at else "",
    )


def resting(store: Store, case_ids: Iterable[int], ratings: Iterable[Rating]) -> list[Verdict]:
    """The last confirmed verdict on each exhibit of those cases that are concluded, where it is
    one of these."""
    wanted = {*ratings}
    return [one for one in verdicts.last_of_concluded(store, case_ids) if one.rating in wanted]


def flagged_before(store: Store, case_id: int, exhibit_id: int, check: str) -> set[str]:
    """What a comparison ever flagged of an exhibit in a case, as JSON of the findings."""
    rows = store.rows(
        "SELECT f.body FROM finding f JOIN examination e ON e.id = f.examination_id"
        " WHERE f.case_id = ? AND e.exhibit_id = ? AND f.check_name = ? AND f.outcome = 'flagged'",
        (case_id, exhibit_id, check),
    )
    return {row["body"] for row in rows}


def contradicted(store: Store, verdict_id: int, check: str) -> bool:
    """Note that a check contradicts a verdict. False where that was noted before. Inside a
    transaction."""
    return (
        store.insert_once("contradiction", verdict_id=verdict_id, check_name=check, at=stamp(now()))
        is not None
    )
