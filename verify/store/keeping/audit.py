"""Whether a desk still is what its custody record says."""

from __future__ import annotations

from dataclasses import dataclass

from verify.errors import BadInput
from verify.records import Stamp
from verify.store.care import withheld
from verify.store.database.connection import Store
from verify.store.folder.home import Home
from verify.store.keeping import astray, custody, rfc3161, stamps


@dataclass(frozen=True)
class Stamped:
    """A time stamp. at: in UTC, as text. fits: whether the record still begins with what was
    stamped, and the reply says so; trusted: whether an authority that is trusted signed it."""

    stamp: int
    events: int
    head: str
    at: str
    fits: bool
    trusted: bool


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    events, originals: how many were checked. head: the hash of the last event.
    first_break: the id of the first custody event that does not fit. unrecorded: digests of
    exhibits that no event speaks of. damaged: digests of originals missing or changed, also of
    those that left the list of exhibits without having been wiped. circles: cases merged into
    one another, of which none stands. astray: cases that are part of another one and hold
    something all the same. stamps: on the record, with a reply each.
    """

    events: int
    originals: int
    head: str
    first_break: int | None
    unrecorded: tuple[str, ...]
    damaged: tuple[str, ...]
    circles: tuple[tuple[int, ...], ...] = ()
    astray: tuple[int, ...] = ()
    stamps: tuple[Stamped, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        wrong = self.unrecorded or self.damaged or self.circles or self.astray
        stamped = all(one.fits for one in self.stamps)
        return self.first_break is None and stamped and not wrong


def audit(home: Home, certificates: str = "") -> Audit:
    """Follow the custody chain, read every original, and check the time stamps again.

    certificates: of time-stamp authorities that are trusted, in PEM.
    """
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
        stamps=tuple(_stamped(store, one, certificates) for one in stamps.every(store) if one.at),
    )


def _stamped(store: Store, kept: Stamp, certificates: str) -> Stamped:
    told, trusted = _told(kept, ""), _told(kept, certificates)
    fits = told is not None and told.at == kept.at and stamps.fits(store, kept)
    return Stamped(
        stamp=kept.id,
        events=kept.events,
        head=kept.head,
        at=kept.at.isoformat() if kept.at else "",
        fits=fits,
        trusted=trusted is not None and trusted.trusted,
    )


def _told(kept: Stamp, certificates: str) -> rfc3161.Told | None:
    try:
        return rfc3161.read(kept.reply, kept.request, kept.text, certificates)
    except BadInput:
        return None


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
