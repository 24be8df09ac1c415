"""Which cases' comparisons are to be made again, in the order in which they came to be so.

A mark is written with the change that makes the comparisons of a case out of date, so that a
kill forgets none. Another change gives another mark: a comparison that read before it finds its
own mark gone.
"""

from __future__ import annotations

from verify.store.database.connection import Store

_AFFECTED = """
WITH own (id) AS (SELECT exhibit_id FROM submission WHERE case_id = ?1),
alike (id) AS (
  SELECT id FROM own
  UNION SELECT later.exhibit_id FROM own
    JOIN view earlier ON earlier.exhibit_id = own.id
    JOIN match m ON m.earlier_view_id = earlier.id
    JOIN view later ON later.id = m.view_id)
SELECT DISTINCT s.case_id FROM alike JOIN submission s ON s.exhibit_id = alike.id
UNION SELECT ?1
"""


def around(store: Store, case_id: int) -> list[int]:
    """The cases whose comparisons may speak of this case, and itself."""
    return [row["case_id"] for row in store.rows(f"{_AFFECTED} ORDER BY 1", (case_id,))]


def mark_around(store: Store, case_id: int) -> None:
    """Mark a case, and those whose pictures it holds too or whose pictures are like its own.

    Only a later picture's comparisons speak of an earlier one. Inside a transaction.
    """
    store.change(f"INSERT OR REPLACE INTO stale (case_id) {_AFFECTED} ORDER BY 1", (case_id,))


def mark_case(store: Store, case_id: int) -> None:
    """Mark one case. Inside a transaction."""
    store.change("INSERT OR REPLACE INTO stale (case_id) VALUES (?)", (case_id,))


def mark_exhibit(store: Store, exhibit_id: int) -> None:
    """Mark the cases that hold an exhibit. Inside a transaction."""
    store.change(
        "INSERT OR REPLACE INTO stale (case_id)"
        " SELECT DISTINCT case_id FROM submission WHERE exhibit_id = ? ORDER BY 1",
        (exhibit_id,),
    )


def mark(store: Store, case_id: int) -> int | None:
    """The mark of a case; None where its comparisons stand."""
    row = store.row("SELECT id FROM stale WHERE case_id = ?", (case_id,))
    return int(row["id"]) if row else None


def first_after(store: Store, number: int) -> tuple[int, int] | None:
    """The first mark after this one, and its case."""
    row = store.row("SELECT id, case_id FROM stale WHERE id > ? ORDER BY id LIMIT 1", (number,))
    return (row["id"], row["case_id"]) if row else None


def strike(store: Store, number: int) -> bool:
    """Strike out a mark; False when it is gone. Inside the transaction of the comparisons."""
    return bool(store.change("DELETE FROM stale WHERE id = ?", (number,)))
