"""A visit to the hub: what waits is sent, and what others shared is followed into the store.

Every step is done once however often it is tried: what is sent has a key, what is followed has a
place. A visit that breaks off goes on with the next one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from verify.errors import Unavailable
from verify.hub import log
from verify.hub.log import VERSION, Followed, Greeting, Place
from verify.records import say
from verify.store.casework import stale
from verify.store.database.connection import Store
from verify.store.hubs import kept, shared, state
from verify.store.hubs.entry import unpacked
from verify.store.hubs.state import Joined

_SENT_AT_ONCE = 50
_SECONDS = 60.0  # of one visit; the next one goes on
_HELD_SECONDS = 120.0  # that a transaction may keep all others waiting


class Change(NamedTuple):
    """What of other desks came and went. entries: numbers here; views: those of what went."""

    entries: tuple[int, ...] = ()
    views: tuple[int, ...] = ()


Apply = Callable[[Change], None]


def visit(store: Store, hub: log.Connection, *, asks: bool, apply: Apply) -> bool:
    """Send and follow; whether there is more to do at once.

    asks: whether nothing is kept but what was asked for. apply: is told each change, once it is
    kept. Raises Unavailable.
    """
    until = time.monotonic() + _SECONDS
    joined = _joined(store, log.greet(hub, _place(state.joined(store))))
    _send(store, hub, joined.hub, until)
    more = _follow(store, hub, until, asks=asks, apply=apply)
    log.tidy(hub)
    ahead = log.behind(hub, _place(state.joined(store)))
    if ahead.since and (time.time() - ahead.since.timestamp()) > _HELD_SECONDS:
        log.unblock(hub)
    state.went_well(store, 0 if asks else ahead.entries, ahead.held_back, ahead.since)
    return more


def keep(store: Store, rows: Iterable[Followed], round_: int) -> Change:
    """Keep what others shared, and let go of what they took back. Inside a transaction."""
    came: list[int] = []
    went: list[int] = []
    for row in rows:
        if row.withdrawal:
            entry_id = kept.with_key(store, row.desk, row.key)
            if entry_id is not None:
                went += _remove(store, [entry_id])
            continue
        entry = unpacked(row.body) if row.body else None
        if entry is None or row.first_seen is None:
            continue
        number = kept.put(store, row.desk, row.key, row.first_seen, row.at, entry, round_)
        came += [] if number is None else [number]
    there = [one for one in came if kept.stands(store, one)]
    return Change(tuple(there), tuple(went))


def _joined(store: Store, greeting: Greeting) -> Joined:
    """Where to go on: at the beginning where the hub is another one or was restored."""
    if greeting.version != VERSION:
        raise Unavailable(
            say(
                "The hub is of version {version}, and this verify-desk speaks version {ours}: one"
                " of them has to be brought up to date. What is to be sent waits.",
                version=greeting.version,
                ours=VERSION,
            )
        )
    was = state.joined(store)
    now = Joined(greeting.hub, greeting.epoch, greeting.desk, round=was.round)
    with store.transaction():
        if was.hub == now.hub and was.epoch == now.epoch and greeting.known:
            now = was._replace(desk=greeting.desk)
        elif was.hub:
            now = now._replace(round=was.round + 1)
            if was.hub == now.hub:  # what was shared with another hub was not meant for this one
                shared.send_again(store, now.hub)
        state.join(store, now)
    return now


def _send(store: Store, hub: log.Connection, name: str, until: float) -> None:
    while (some := shared.waiting(store, name, _SENT_AT_ONCE)) and time.monotonic() < until:
        for one in some:
            entry = unpacked(one.body) if one.body else None
            if entry:
                hashes = [view.pdq for view in entry.views if view.pdq]
                log.share(hub, one.key, one.first_seen, one.body, hashes)
            else:
                log.withdraw(hub, one.key)
            shared.sent(store, one, name)


def _follow(store: Store, hub: log.Connection, until: float, *, asks: bool, apply: Apply) -> bool:
    """Take the log in, some rows in one transaction with their place."""
    while time.monotonic() < until:
        joined = state.joined(store)
        rows = log.follow(hub, _place(joined), withdrawals_alone=asks)
        with store.transaction():
            change = keep(store, rows, joined.round)
            if rows:
                place = rows[-1].place
                at = joined._replace(era=place.era, xid=place.xid, upto=place.id)
                state.join(store, at)
            else:  # all of the log was read: what it had in earlier rounds and has no more goes
                gone = kept.left_behind(store, joined.round)
                change = change._replace(views=tuple(_remove(store, gone)))
        apply(change)
        if not rows:
            return False
    return True


def _remove(store: Store, entry_ids: list[int]) -> list[int]:
    named, gone = kept.remove(store, entry_ids)
    for exhibit_id in named:
        stale.mark_exhibit(store, exhibit_id)
    return gone


def _place(joined: Joined) -> Place:
    return Place(joined.era, joined.xid, joined.upto)
