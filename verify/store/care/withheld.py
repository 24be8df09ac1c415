"""Exhibits whose possession may be a crime: what is known of them, and what is taken away.

Of the list there are hashes alone. What is derived from such an exhibit goes; its original stays in
the vault, because it may be evidence, and goes into nothing that leaves.
"""

from __future__ import annotations

from collections.abc import Iterable

from verify.records import Person
from verify.store.database.connection import Store, now, stamp

LENGTHS = {64: ("sha256", "pdq"), 40: ("sha1",), 32: ("md5",)}
"""How many hex digits a hash has, and which it can be: SHA-256 and PDQ are told apart by name."""
LEAST_QUALITY = 50
"""Of PDQ. Below it all that is flat looks the same; its makers advise to drop such hashes."""
_VIEWS = "SELECT id FROM view WHERE exhibit_id = ?1"
_MATCHES = f"SELECT id FROM match WHERE view_id IN ({_VIEWS}) OR earlier_view_id IN ({_VIEWS})"
_DERIVED = (
    f"DELETE FROM judgement WHERE match_id IN ({_MATCHES})",
    f"DELETE FROM button WHERE json_extract(action, '$.match_id') IN ({_MATCHES})",
    f"DELETE FROM match WHERE id IN ({_MATCHES})",
    f"DELETE FROM resemblance WHERE view_id IN ({_VIEWS}) OR earlier_view_id IN ({_VIEWS})",
    f"DELETE FROM fingerprint WHERE view_id IN ({_VIEWS})",
    f"DELETE FROM features WHERE view_id IN ({_VIEWS})",
    "DELETE FROM footage WHERE exhibit_id = ?1",
    "DELETE FROM uncompared WHERE exhibit_id = ?1",
    "DELETE FROM sound WHERE exhibit_id = ?1",
    "DELETE FROM same_sound WHERE exhibit_id = ?1 OR earlier_exhibit_id = ?1",
    "DELETE FROM emblem_found WHERE exhibit_id = ?1"
    " OR emblem_id IN (SELECT id FROM emblem WHERE exhibit_id = ?1)",
    "DELETE FROM emblem WHERE exhibit_id = ?1",
    "DELETE FROM list_hit WHERE exhibit_id = ?1",
    "DELETE FROM original_digest WHERE exhibit_id = ?1",
)


def is_withheld(store: Store, exhibit_id: int) -> bool:
    """Whether an exhibit is withheld."""
    return bool(store.row("SELECT 1 FROM withheld WHERE exhibit_id = ?", (exhibit_id,)))


def is_listed(store: Store, sha256: str) -> bool:
    """Whether the list has exactly these bytes."""
    sql = "SELECT 1 FROM withheld_hash WHERE algorithm = 'sha256' AND hash = ?"
    return bool(store.row(sql, (sha256,)))


def digests(store: Store) -> set[str]:
    """The SHA-256 of all that is withheld."""
    return {*by_digest(store)}


def by_digest(store: Store) -> dict[str, int]:
    """All that is withheld, by SHA-256: the number of each exhibit."""
    rows = store.rows("SELECT e.sha256, e.id FROM withheld w JOIN exhibit e ON e.id = w.exhibit_id")
    return {row["sha256"]: row["id"] for row in rows}


def may_see(store: Store, person: Person) -> bool:
    """Whether this is the one person to whom they are shown."""
    return bool(store.row("SELECT 1 FROM withheld_to WHERE person_id = ?", (person.id,)))


def show_to(store: Store, person_id: int | None) -> None:
    """Name the one person to whom they are shown; None for nobody. In a transaction."""
    store.change("DELETE FROM withheld_to")
    if person_id is not None:
        store.insert("withheld_to", person_id=person_id)


def withhold(store: Store, exhibit_id: int, person_id: int) -> int | None:
    """Withhold an exhibit and take away what is derived from it; its own hashes join the list, so
    that copies are known. Gives how many of these are new; None where it is withheld already. In a
    transaction."""
    if is_withheld(store, exhibit_id):
        return None
    store.insert("withheld", exhibit_id=exhibit_id, person_id=person_id, at=stamp(now()))
    prints = store.rows(
        f"SELECT hash FROM fingerprint WHERE algorithm = 'pdq' AND quality >= {LEAST_QUALITY}"
        f" AND view_id IN ({_VIEWS})"
        " AND view_id IN (SELECT id FROM view WHERE kind IN ('whole', 'inner'))",
        (exhibit_id,),
    )
    listed = [("pdq", row["hash"].hex()) for row in prints]
    row = store.row("SELECT sha256 FROM exhibit WHERE id = ?", (exhibit_id,))
    joined = add_hashes(store, [*listed, *([("sha256", row["sha256"])] if row else [])])
    for step in _DERIVED:
        store.change(step, (exhibit_id,))
    return joined


def add_hashes(store: Store, hashes: Iterable[tuple[str, str]]) -> int:
    """Put hashes on the list; gives how many are new. In a transaction."""
    added = [
        store.insert_once("withheld_hash", algorithm=algorithm, hash=value)
        for algorithm, value in hashes
    ]
    return sum(one is not None for one in added)


def hashes(store: Store, algorithm: str) -> set[str]:
    """The hashes of one kind on the list."""
    rows = store.rows("SELECT hash FROM withheld_hash WHERE algorithm = ?", (algorithm,))
    return {row["hash"] for row in rows}
