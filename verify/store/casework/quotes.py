"""What comparisons said of a case in others, taken back in the transaction that hides it."""

from __future__ import annotations

from collections.abc import Iterable

from verify.store.database.connection import LISTED, Store, listed, now, stamp
from verify.store.search import finding_words


def take_back(store: Store, case_ids: Iterable[int], *, erase: bool) -> None:
    """Let the comparisons of these cases say nothing until they are made again, nor be found.

    erase: keep nothing of what they said. Marks them. Inside a transaction.
    """
    around = listed(case_ids)
    said = f"comparisons_version IS NOT NULL AND case_id IN {LISTED}"
    rows = store.rows(
        "SELECT DISTINCT exhibit_id FROM examination WHERE id IN"
        f" (SELECT examination_id FROM finding WHERE superseded_at IS NULL AND {said})",
        (around,),
    )
    if erase:
        store.change(f"DELETE FROM finding WHERE {said}", (around,))
    else:
        store.change(
            f"UPDATE finding SET superseded_at = ? WHERE superseded_at IS NULL AND {said}",
            (stamp(now()), around),
        )
    finding_words.index(store, *(row["exhibit_id"] for row in rows))
    store.change(
        'INSERT OR REPLACE INTO stale (case_id) SELECT id FROM "case"'
        f" WHERE wiped_at IS NULL AND id > 0 AND id IN {LISTED} ORDER BY id",
        (around,),
    )
