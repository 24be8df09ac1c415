"""What left the desk with a case, and nothing calls back: files handed out, and packs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from verify.records import LeftFile, LeftKind, Withdrawal
from verify.store.database.connection import LISTED, Row, Store, listed, moment
from verify.store.keeping import custody
from verify.store.packs import given


def files(store: Store, cases: Iterable[int]) -> tuple[LeftFile, ...]:
    """The exports, bags and reports in which these cases left, in order; none that failed."""
    rows = store.rows(
        "SELECT at, kind, subject, json_extract(subject, '$.case') AS of_case FROM custody_event"
        f" WHERE ({custody.LEFT} OR kind = 'export failed')"
        f" AND json_extract(subject, '$.case') IN {LISTED} ORDER BY id",
        (listed(cases),),
    )
    found: list[tuple[int, LeftFile]] = []
    for row in rows:
        if row["kind"] != "export failed":
            found.append((row["of_case"], _file(row)))
            continue
        for at in reversed(range(len(found))):
            if found[at][0] == row["of_case"] and found[at][1].kind is not LeftKind.REPORT:
                del found[at]
                break
    return tuple(one for _, one in found)


def _file(row: Row) -> LeftFile:
    subject = json.loads(row["subject"])
    kind = LeftKind.REPORT
    if row["kind"] == "exported":
        kind = LeftKind.BAG if "record" in subject else LeftKind.EXPORT
    return LeftFile(kind, moment(row["at"]).date(), subject.get("profile", ""))


def packs(store: Store, cases: Iterable[int], digests: Iterable[str]) -> tuple[Withdrawal, ...]:
    """The packs that went with these cases or exhibits and still count."""
    return tuple(
        Withdrawal(one.number, one.name, one.recipients, one.given_at.date(), case_id)
        for (_, case_id), one in given.with_any(store, cases, digests).items()
    )
