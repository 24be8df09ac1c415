"""What each person keeps for themselves: how far covered pictures go, and how many they opened.

It lies in a file of its own, `care.db`, which no backup, export or copy takes along. A day's
number names no picture, and is erased after thirty days.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from verify.records import Care, Opened, Step
from verify.store.database.connection import Store
from verify.store.database.schema import CARE

NAME = "care.db"
_KEPT = timedelta(days=30)
_WEEK = timedelta(days=7)


class Own:
    """The file of a home; made when there is something to keep."""

    def __init__(self, home: Path, *, reading: bool) -> None:
        self._path = home / NAME
        self._reading = reading
        self._store: Store | None = None

    def care(self, person_id: int) -> Care:
        """What a person chose. Raises Unavailable."""
        store = self._opened(to_write=False)
        row = store and store.row("SELECT * FROM chosen WHERE person_id = ?", (person_id,))
        return Care(by_itself=Step(row["by_itself"]), limit=row["beyond"]) if row else Care()

    def choose(self, person_id: int, care: Care) -> None:
        """Keep what a person chose. Raises Unavailable."""
        if store := self._opened(to_write=True):
            with store.transaction():
                store.change("DELETE FROM chosen WHERE person_id = ?", (person_id,))
                store.insert(
                    "chosen", person_id=person_id, by_itself=care.by_itself, beyond=care.limit
                )

    def count(self, person_id: int, day: date, pictures: int) -> None:
        """Add to the number of a person's day. Raises Unavailable."""
        if store := self._opened(to_write=True):
            with store.transaction():
                self.forget(day)
                store.insert_once("opened", person_id=person_id, day=day.isoformat(), pictures=0)
                store.change(
                    "UPDATE opened SET pictures = pictures + ? WHERE person_id = ? AND day = ?",
                    (pictures, person_id, day.isoformat()),
                )

    def opened(self, person_id: int, day: date) -> Opened:
        """What a person opened on this day, and in the seven that end with it."""
        store = self._opened(to_write=False)
        rows = store.rows(
            "SELECT day, pictures FROM opened WHERE person_id = ? AND day > ? AND day <= ?",
            (person_id, (day - _WEEK).isoformat(), day.isoformat()),
        ) if store else []  # fmt: skip
        return Opened(
            today=sum(row["pictures"] for row in rows if row["day"] == day.isoformat()),
            week=sum(row["pictures"] for row in rows),
        )

    def forget(self, day: date) -> None:
        """Erase what is thirty days old."""
        if not self._reading and (store := self._opened(to_write=False)):
            store.change("DELETE FROM opened WHERE day <= ?", ((day - _KEPT).isoformat(),))

    def close(self) -> None:
        """Close the file."""
        if self._store:
            self._store.close()

    def _opened(self, *, to_write: bool) -> Store | None:
        """The file's store; None where it is not there and nothing is to be kept."""
        if to_write and self._reading:
            return None
        if self._store is None and (to_write or self._path.is_file()):
            self._store = Store(self._path, CARE, reading=self._reading)
        return self._store
