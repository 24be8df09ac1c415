"""Long polling, with Telegram's meaning of the offset."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import Any

from verify.localchat.exchange import Exchange, Json
from verify.localchat.limits import POLL_SECONDS, POLL_UPDATES
from verify.localchat.refusals import Refused
from verify.localchat.requests import Call

_CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


async def get_updates(exchange: Exchange, call: Call) -> list[Json]:
    """Updates from `offset` on; those before it are confirmed and forgotten.

    An offset beyond the tail is nobody's confirmation: nothing is forgotten, everything
    pending comes again. A negative one keeps that many of the last. A second poll ends
    the first with 409. `allowed_updates` holds for what comes after, until it changes.
    """
    allowed = call.json("allowed_updates")
    if isinstance(allowed, list):
        exchange.store.set_setting("allowed_updates", json.dumps(allowed))
    limit = min(max(call.number("limit", POLL_UPDATES), 1), POLL_UPDATES)
    timeout = min(max(call.number("timeout"), 0), POLL_SECONDS)
    _end_other_poll(exchange)
    offset = _confirm(exchange, call.number("offset"))
    updates = exchange.store.updates.since(offset, limit)
    deadline = time.monotonic() + timeout
    while not updates and (left := deadline - time.monotonic()) > 0 and not exchange.closing:
        await _wait(exchange, left)
        updates = exchange.store.updates.since(offset, limit)
    return updates


def _confirm(exchange: Exchange, offset: int) -> int:
    if offset < 0:
        exchange.store.updates.keep_last(-offset)
        return 0
    if offset > exchange.store.updates.last() + 1:
        return 0
    if offset > 0:
        exchange.store.updates.confirm(offset)
    return offset


def _end_other_poll(exchange: Exchange) -> None:
    if exchange.poll is not None and not exchange.poll.done():
        exchange.poll.set_result(None)


async def _wait(exchange: Exchange, seconds: float) -> None:
    """Wait for an update, or for another poll to end this one."""
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    exchange.poll = ended
    ring = asyncio.create_task(exchange.updates.next().wait())
    waits: set[asyncio.Future[Any]] = {ring, ended}
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise Refused(_CONFLICT, code=409)
    finally:
        ring.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ring
        if exchange.poll is ended:
            exchange.poll = None
