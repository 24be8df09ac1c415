"""Until when cases, sources, imports and accounts are kept, and legal holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from verify.records import Keep, Keepable
from verify.store.database.connection import LISTED, Row, Store, listed


def of(store: Store, kind: Keepable, reference: int) -> Keep:
    """Until when it is kept."""
    row = store.row("SELECT * FROM keep WHERE kind = ? AND reference = ?", (kind, reference))
    return _keep(row) if row else Keep()


def _keep(row: Row) -> Keep:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Keep(until, bool(row["held"]))


def put(store: Store, kind: Keepable, reference: int, keep: Keep) -> None:
    """Set until when it is kept. In a transaction."""
    until = keep.until.isoformat() if keep.until else None
    store.change("DELETE FROM keep WHERE kind = ? AND reference = ?", (kind, reference))
    if until or keep.held:
        store.insert("keep", kind=kind, reference=reference, until=until, held=keep.held)


def held(store: Store, kind: Keepable, references: Iterable[int]) -> list[int]:
    """Those that are under a legal hold."""
    rows = store.rows(
        f"SELECT reference FROM keep WHERE kind = ? AND held AND reference IN {LISTED}",
        (kind, listed(references)),
    )
    return [row["reference"] for row in rows]


def each(store: Store) -> list[tuple[Keepable, int, Keep]]:
    """All that has a day or a hold; what is over first."""
    rows = store.rows("SELECT * FROM keep ORDER BY until IS NULL, until, kind, reference")
    return [(Keepable(row["kind"]), row["reference"], _keep(row)) for row in rows]


def named(store: Store, kind: Keepable, reference: int) -> str:
    """By which it is known: its number, of a source or an account its name."""
    told = {
        Keepable.SOURCE: "SELECT service || ':' || external_id || ' ' || name AS told FROM source",
        Keepable.ACCOUNT: "SELECT network || ':' || key || ' ' || coalesce((SELECT name FROM post"
        " WHERE account_id = account.id ORDER BY id DESC LIMIT 1), '') AS told FROM account",
    }
    row = store.row(f"{told[kind]} WHERE id = ?", (reference,)) if kind in told else None
    return str(row["told"]) if row else str(reference)


def held_sources(store: Store, cases: Iterable[int], submissions: Iterable[int] = ()) -> bool:
    """Whether a source under a legal hold stands behind any file of these cases, or these files."""
    rows = store.rows(
        "SELECT 1 FROM sighting g JOIN keep k ON k.kind = ? AND k.reference = g.source_id"
        f" WHERE k.held AND (g.case_id IN {LISTED} OR g.submission_id IN {LISTED}) LIMIT 1",
        (Keepable.SOURCE, listed(cases), listed(submissions)),
    )
    return bool(rows)


def held_accounts(
    store: Store, cases: Iterable[int], submissions: Iterable[int], posts: Iterable[int]
) -> bool:
    """Whether an account under a legal hold posted what came by the imports among these cases, any
    of these files, or of these posts."""
    shelves, files = [-one for one in cases if one < 0], listed(submissions)
    rows = store.rows(
        "SELECT 1 FROM keep k JOIN post p ON p.account_id = k.reference"
        f" WHERE k.kind = ? AND k.held AND (p.id IN {LISTED} OR p.id IN"
        f" (SELECT post_id FROM post_shelf WHERE shelf_id IN {LISTED}) OR p.id IN"
        f" (SELECT post_id FROM post_media WHERE submission_id IN {LISTED})) LIMIT 1",
        (Keepable.ACCOUNT, listed(posts), listed(shelves), files),
    )
    return bool(rows)


def joined(store: Store, case_id: int, into: int) -> None:
    """Of what comes from one case into another the longer time stands, and each hold. In a
    transaction."""
    one, other = of(store, Keepable.CASE, case_id), of(store, Keepable.CASE, into)
    if one == Keep():
        return
    days = [keep.until for keep in (one, other) if keep.until]
    put(store, Keepable.CASE, into, Keep(max(days, default=None), one.held or other.held))


def over(store: Store, today: date) -> list[tuple[Keepable, int]]:
    """What is to be wiped by now and nobody was told of."""
    rows = store.rows(
        "SELECT kind, reference FROM keep WHERE until < ? AND NOT held"
        " AND reminded IS NOT until ORDER BY until, kind, reference",
        (today.isoformat(),),
    )
    return [(Keepable(row["kind"]), row["reference"]) for row in rows]


def reminded(store: Store, kind: Keepable, reference: int) -> None:
    """Note that people were told. In a transaction."""
    store.change(
        "UPDATE keep SET reminded = until WHERE kind = ? AND reference = ?", (kind, reference)
    )
