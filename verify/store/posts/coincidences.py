"""What coincides among the posts that everybody may see, kept by the exhibits concerned, and of
which waves people were told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from verify.records import Coincidence
from verify.store.casework import stale
from verify.store.database.connection import LISTED, Store, listed, now, stamp

_TENFOLD = 10
_BASIS = (
    "SELECT (SELECT max(id) FROM post) || ' ' || (SELECT count(*) FROM post) || ' '"
    " || (SELECT count(*) FROM post_shelf) || ' ' || (SELECT count(*) FROM post_media) || ' '"
    " || (SELECT count(*) FROM match) || ' ' || (SELECT count(*) FROM judgement) || ' '"
    " || (SELECT count(*) FROM account_statement) || ' ' || (SELECT count(*) FROM sealed) || ' '"
    " || (SELECT count(*) FROM withheld) || ' '"
    ' || (SELECT count(*) FROM "case" WHERE confidential AND id < 0) AS basis'
)


def state(store: Store) -> str:
    """What the coincidences depend on, as it is now; "" where there is no post."""
    [row] = store.rows(_BASIS)
    return row["basis"] or ""


def basis(store: Store) -> str | None:
    """That state; None where nothing changed since they were computed, or where there are no posts
    and were none."""
    now, last = state(store), store.row("SELECT basis FROM coincided")
    return None if now == (last["basis"] if last else "") else now


def keep(store: Store, basis: str, found: Mapping[int, Iterable[Coincidence]]) -> None:
    """Keep what coincides, by exhibit, and mark the cases of which something else is to be said
    now. Inside a transaction."""
    before = {(one["exhibit_id"], one["body"]) for one in store.rows("SELECT * FROM coincidence")}
    after = {
        (exhibit_id, msgspec.json.encode(one).decode())
        for exhibit_id, several in found.items()
        for one in several
    }
    store.change_each(
        "DELETE FROM coincidence WHERE exhibit_id = ? AND body = ?", sorted(before - after)
    )
    store.insert_all(
        "coincidence",
        [{"exhibit_id": one, "body": body} for one, body in sorted(after - before)],
    )
    store.change("INSERT OR REPLACE INTO coincided (id, basis) VALUES (1, ?)", (basis,))
    stale.mark_of_exhibits(store, {exhibit_id for exhibit_id, _ in before ^ after})


def by_digest(store: Store, exhibit_ids: Iterable[int]) -> dict[str, list[Coincidence]]:
    """What coincides among the posts of exhibits, by their SHA-256."""
    found: dict[str, list[Coincidence]] = {}
    for row in store.rows(
        "SELECT e.sha256, c.body FROM coincidence c JOIN exhibit e ON e.id = c.exhibit_id"
        f" WHERE c.exhibit_id IN {LISTED} ORDER BY c.body",
        (listed(exhibit_ids),),
    ):
        one = msgspec.json.decode(row["body"], type=Coincidence)
        found.setdefault(row["sha256"], []).append(one)
    return found


def cases_of(store: Store, exhibit_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The cases that people opened and that hold any of these exhibits, and which."""
    rows = store.rows(
        'SELECT DISTINCT s.case_id, s.exhibit_id FROM submission s JOIN "case" c'
        f" ON c.id = s.case_id WHERE s.exhibit_id IN {LISTED} AND s.case_id > 0"
        " AND c.wiped_at IS NULL AND c.merged_into IS NULL ORDER BY 1, 2",
        (listed(exhibit_ids),),
    )
    return [(row["case_id"], row["exhibit_id"]) for row in rows]


def wave_grew(store: Store, case_id: int, exhibit_id: int, accounts: int) -> bool:
    """Whether a case's people are to be told of a wave: they never were, or it has ten times as
    many accounts by now. Notes it then. Inside a transaction."""
    key = (case_id, exhibit_id)
    told = store.row("SELECT accounts FROM wave_told WHERE case_id = ? AND exhibit_id = ?", key)
    if told and accounts < _TENFOLD * told["accounts"]:
        return False
    store.change(
        "INSERT OR REPLACE INTO wave_told (case_id, exhibit_id, accounts, at) VALUES (?, ?, ?, ?)",
        (*key, accounts, stamp(now())),
    )
    return True
