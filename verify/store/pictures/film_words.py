"""What was read in the frames of films: derived from originals."""

from __future__ import annotations

import msgspec

from verify.store.database.connection import LISTED, Store, listed

Texts = list[tuple[int, str]]
"""When a frame is shown, in milliseconds, and what is written in it, in the order of the times."""


def keep(store: Store, exhibit_id: int, texts: Texts) -> None:
    """Keep what was read in a film, which may be nothing. Inside a transaction."""
    drop(store, exhibit_id)
    encoded = msgspec.json.encode(texts).decode()
    store.insert("film_words", exhibit_id=exhibit_id, texts=encoded)


def drop(store: Store, exhibit_id: int) -> None:
    """Forget it: it is read again. Inside a transaction."""
    store.change("DELETE FROM film_words WHERE exhibit_id = ?", (exhibit_id,))


def of(store: Store, exhibit_id: int) -> Texts | None:
    """What was read; None where it was not looked for."""
    return of_all(store, [exhibit_id]).get(exhibit_id)


def of_all(store: Store, exhibit_ids: list[int]) -> dict[int, Texts]:
    """The same of many, without those in which it was not looked for."""
    rows = store.rows(
        f"SELECT exhibit_id, texts FROM film_words WHERE exhibit_id IN {LISTED}",
        (listed(exhibit_ids),),
    )
    return {row["exhibit_id"]: msgspec.json.decode(row["texts"], type=Texts) for row in rows}


def unread(store: Store) -> list[int]:
    """The exhibits that were watched and in which no text was looked for, oldest first."""
    rows = store.rows(
        "SELECT exhibit_id FROM footage WHERE exhibit_id NOT IN (SELECT exhibit_id FROM film_words)"
        " ORDER BY exhibit_id"
    )
    return [row["exhibit_id"] for row in rows]
