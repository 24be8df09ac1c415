"""Whether a desk still is what its custody record says."""

from __future__ import annotations

from dataclasses import dataclass

from verify.store import custody
from verify.store.home import Home


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    events, originals: how many were checked. head: the hash of the last event.
    first_break: the id of the first custody event that does not fit. unrecorded: digests of
    exhibits that no event speaks of. damaged: digests of originals missing or changed.
    """

    events: int
    originals: int
    head: str
    first_break: int | None
    unrecorded: tuple[str, ...]
    damaged: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return self.first_break is None and not self.unrecorded and not self.damaged


def audit(home: Home) -> Audit:
    """Follow the custody chain and read every original."""
    store = home.store
    names = [row["sha256"] for row in store.rows("SELECT sha256 FROM exhibit ORDER BY id")]
    recorded = {
        row["exhibit"]
        for row in store.rows(
            "SELECT json_extract(subject, '$.exhibit') AS exhibit FROM custody_event"
            " WHERE kind = 'preserved'"
        )
    }
    events = store.row("SELECT count(*) FROM custody_event")
    return Audit(
        events=events[0] if events else 0,
        originals=len(names),
        head=custody.head(store),
        first_break=custody.first_break(store),
        unrecorded=tuple(name for name in names if name not in recorded),
        damaged=tuple(name for name in names if not home.vault.intact(name)),
    )
