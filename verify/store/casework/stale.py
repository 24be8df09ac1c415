"""Which cases' comparisons are to be made again, in the order in which they came to be so.

A mark is written with the change that makes the comparisons of a case out of date, so that a
kill forgets none. Another change gives another mark: a comparison that read before it finds its
own mark gone.
"""

from __future__ import annotations

from collections.abc import Iterable

from verify.store.database.connection import LISTED, Store, listed

_AFFECTED = """
WITH own (id) AS (SELECT DISTINCT exhibit_id FROM submission WHERE case_id = ?1),
alike (id) AS (
  SELECT id FROM own
  UNION SELECT later.exhibit_id FROM own
    CROSS JOIN view earlier ON earlier.exhibit_id = own.id
    CROSS JOIN match m ON m.earlier_view_id = earlier.id
    CROSS JOIN view later ON later.id = m.view_id
  UNION SELECT earlier.exhibit_id FROM own
    CROSS JOIN view later ON later.exhibit_id = own.id
    CROSS JOIN match m ON m.view_id = later.id
    CROSS JOIN view earlier ON earlier.id = m.earlier_view_id
    WHERE ?1 < 0)
SELECT s.case_id FROM alike CROSS JOIN submission s ON s.exhibit_id = alike.id
UNION SELECT ?1
"""
# In this order: SQLite would read every match there is, and look whether it is of the case. What is
# on a shelf of the archive is told of whatever it is like, however late it came.
_COMPARED = "case_id > 0"  # nothing is compared for the shelves of the archive


def around(store: Store, case_id: int) -> list[int]:
    """The cases whose comparisons may speak of this case, and itself."""
    return [row["case_id"] for row in store.rows(f"{_AFFECTED} ORDER BY 1", (case_id,))]


def mark_around(store: Store, case_id: int) -> None:
    """Mark a case, and those whose pictures it holds too or whose pictures are like its own.

    Only a later picture's comparisons speak of an earlier one. Inside a transaction.
    """
    store.change(
        "INSERT OR REPLACE INTO stale (case_id)"
        f" SELECT case_id FROM ({_AFFECTED}) WHERE {_COMPARED} ORDER BY 1",
        (case_id,),
    )


def mark_case(store: Store, case_id: int) -> None:
    """Mark one case. Inside a transaction."""
    store.change("INSERT OR REPLACE INTO stale (case_id) VALUES (?)", (case_id,))


def mark_exhibit(store: Store, exhibit_id: int) -> None:
    """Mark the cases that hold an exhibit. Inside a transaction."""
    store.change(
        "INSERT OR REPLACE INTO stale (case_id) SELECT DISTINCT case_id FROM submission"
        f" WHERE exhibit_id = ? AND {_COMPARED} ORDER BY 1",
        (exhibit_id,),
    )


def mark_alike(store: Store, exhibit_id: int) -> None:
    """Mark the cases of what came before an exhibit and was found alike. Inside a transaction."""
    store.change(
        "INSERT OR REPLACE INTO stale (case_id) SELECT DISTINCT s.case_id FROM view later"
        " CROSS JOIN match m ON m.view_id = later.id"
        " CROSS JOIN view earlier ON earlier.id = m.earlier_view_id"
        " CROSS JOIN submission s ON s.exhibit_id = earlier.exhibit_id"
        f" WHERE later.exhibit_id = ? AND {_COMPARED} ORDER BY 1",
        (exhibit_id,),
    )


_ALIKE = (
    "INSERT OR REPLACE INTO stale (case_id) WITH posted (id) AS ({posted}),"
    " alike (id) AS (SELECT id FROM posted"
    " UNION SELECT w.exhibit_id FROM posted CROSS JOIN view v ON v.exhibit_id = posted.id"
    " CROSS JOIN match m ON m.view_id = v.id CROSS JOIN view w ON w.id = m.earlier_view_id"
    " UNION SELECT v.exhibit_id FROM posted CROSS JOIN view w ON w.exhibit_id = posted.id"
    " CROSS JOIN match m ON m.earlier_view_id = w.id CROSS JOIN view v ON v.id = m.view_id)"
    " SELECT DISTINCT s.case_id FROM alike CROSS JOIN submission s ON s.exhibit_id = alike.id"
    f" WHERE {_COMPARED} ORDER BY 1"
)


def mark_of_accounts(store: Store, account_ids: Iterable[int]) -> None:
    """Mark the cases of what accounts posted, and of what is like it. Inside a transaction."""
    posted = (
        "SELECT s.exhibit_id FROM post p JOIN post_media m ON m.post_id = p.id"
        f" JOIN submission s ON s.id = m.submission_id WHERE p.account_id IN {LISTED}"
    )
    store.change(_ALIKE.format(posted=posted), (listed(account_ids),))


def mark_of_exhibits(store: Store, exhibit_ids: Iterable[int]) -> None:
    """Mark the cases of exhibits, and of what is like them. Inside a transaction."""
    store.change(_ALIKE.format(posted="SELECT value FROM json_each(?)"), (listed(exhibit_ids),))


def mark_of_shelf(store: Store, shelf_id: int) -> None:
    """The same for the accounts whose posts an import brought. Inside a transaction."""
    rows = store.rows(
        "SELECT DISTINCT p.account_id AS id FROM post_shelf h JOIN post p ON p.id = h.post_id"
        " WHERE h.shelf_id = ? AND p.account_id IS NOT NULL",
        (shelf_id,),
    )
    mark_of_accounts(store, (row["id"] for row in rows))


def marks(store: Store, case_ids: Iterable[int]) -> dict[int, int]:
    """The marks of cases, by case; without those whose comparisons stand."""
    rows = store.rows(
        f"SELECT id, case_id FROM stale WHERE case_id IN {LISTED} ORDER BY id", (listed(case_ids),)
    )
    return {row["case_id"]: row["id"] for row in rows}


def first_after(store: Store, number: int, most: int) -> dict[int, int]:
    """The first marks after this one, by case, in their order."""
    rows = store.rows(
        "SELECT id, case_id FROM stale WHERE id > ? ORDER BY id LIMIT ?", (number, most)
    )
    return {row["case_id"]: row["id"] for row in rows}


def strike(store: Store, numbers: Iterable[int]) -> set[int]:
    """Strike out marks; gives the cases of those that were still there.

    Inside the transaction of the comparisons.
    """
    known = (listed(numbers),)
    there = store.rows(f"SELECT case_id FROM stale WHERE id IN {LISTED}", known)
    store.change(f"DELETE FROM stale WHERE id IN {LISTED}", known)
    return {row["case_id"] for row in there}
