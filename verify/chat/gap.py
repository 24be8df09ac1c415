"""A desk that was away for longer than Telegram keeps messages says which may be missing."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from verify.errors import Unavailable
from verify.records import Instant, Sentence, say
from verify.store.chats import heard
from verify.store.database.connection import Store, now, stamp

_log = logging.getLogger(__name__)
KEPT = timedelta(hours=24)  # core.telegram.org/bots/api#getting-updates
_WRITTEN_SECONDS = 60.0


def elapsed() -> float:
    """Seconds on a clock that nobody sets and that runs while the computer sleeps.

    On macOS and Windows the monotonic clock of Python is one; on Linux it stands still.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@dataclass
class Gap:
    """Compares the last answer of Telegram with the one before.

    console: prints a sentence. tell_owners: sends them one, once under the name of a step.
    """

    store: Store
    bot: Bot
    console: Callable[[Sentence], None]
    tell_owners: Callable[[str, Sentence], Awaitable[None]]
    _last: datetime | None = None
    _ran: float | None = None
    _written: float = 0.0

    async def answered(self) -> None:
        """Telegram answered just now. What cannot be told or written is, with a later answer."""
        at, ran = now(), elapsed()
        try:
            if self._last is None:
                self._last = await asyncio.to_thread(heard.last_heard, self.store, self.bot.id)
            if self._last and (away := self._away(at, ran)) > KEPT:
                await self._tell(at - away, at - KEPT)
                self._written = 0.0
            self._last, self._ran = at, ran
            if not self._written or ran - self._written >= _WRITTEN_SECONDS:
                await asyncio.to_thread(heard.heard, self.store, self.bot.id, at)
                self._written = ran
        except (TelegramError, Unavailable) as error:
            _log.warning("a gap is told or kept later: %s", type(error).__name__)

    def _away(self, at: datetime, ran: float) -> timedelta:
        """How long no answer came: since the start by the clock that runs on, however the other
        is set; before it only the other knows."""
        if self._ran is not None:
            return timedelta(seconds=ran - self._ran)
        return at - self._last if self._last else timedelta()

    async def _tell(self, since: datetime, until: datetime) -> None:
        lost = say(
            "From {since} to {until} this desk got nothing from Telegram, which keeps messages for"
            " 24 hours only. What was sent to the desk in that time may be missing: have it sent"
            " again.",
            since=Instant(at=since),
            until=Instant(at=until),
        )
        step = f"gap since {stamp(self._last or since)}"
        await self.tell_owners(step, lost)
        self.console(lost)
