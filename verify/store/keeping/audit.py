"""Whether a desk still is what its custody record says."""

from __future__ import annotations

from dataclasses import dataclass

from verify.store.care import withheld
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.keeping import astray, custody


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    events, originals: how many were checked. head: the hash of the last event.
    first_break: the id of the first custody event that does not fit. unrecorded: digests of
    exhibits that no event speaks of. damaged: digests of originals missing or changed, also of
    those that left the list of exhibits without having been wiped. circles: cases merged into
    one another, of which none stands. astray: cases that are part of another one and hold
    something all the same.
    """

    events: int
    originals: int
    head: str
    first_break: int | None
    unrecorded: tuple[str, ...]
    damaged: tuple[str, ...]
    circles: tuple[tuple[int, ...], ...] = ()
    astray: tuple[int, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        wrong = self.unrecorded or self.damaged or self.circles or self.astray
        return self.first_break is None and not wrong


def audit(home: Home) -> Audit:
    """Follow the custody chain and read every original."""
    store = home.store
    names = [row["sha256"] for row in store.rows("SELECT sha256 FROM exhibit ORDER BY id")]
    recorded = _recorded(store)
    kept_back = withheld.digests(store)
    events = store.row("SELECT count(*) FROM custody_event")
    return Audit(
        events=events[0] if events else 0,
        originals=len(names),
        head=custody.head(store),
        first_break=custody.first_break(store),
        unrecorded=tuple(name for name in names if name not in recorded),
        damaged=(
            *(
                name
                for name in names
                if not home.vault.intact(name)
                # what is withheld goes into no backup, so a restored desk lacks it
                and not (name in kept_back and not home.vault.holds(name))
            ),
            *sorted(recorded - set(names)),
        ),
        circles=astray.circles(store),
        astray=astray.astray(store),
    )


def _recorded(store: Store) -> set[str]:
    """The digests that were preserved, and not wiped since."""
    standing: set[str] = set()
    for row in store.rows(
        "SELECT kind, json_extract(subject, '$.exhibit') AS exhibit FROM custody_event"
        " WHERE kind IN ('preserved', 'wiped') ORDER BY id"
    ):
        if row["kind"] == "preserved":
            standing.add(row["exhibit"])
        else:
            standing.discard(row["exhibit"])
    return standing
