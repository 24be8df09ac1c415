"""Asks the service for updates, and commits them before it may forget them.

The client library's own queue confirms updates that it holds only in memory, and loses them
at a kill. Here the request that asks for updates commits them as they come and hands back
stubs, so that the offset moves only over what is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from verify.chat.answers import AnsweredWrongly, Raw
from verify.chat.requests import BotRequest
from verify.errors import VerifyError
from verify.records import Instant, Sentence, say

_log = logging.getLogger(__name__)
_POLL_SECONDS = 25
_LONGEST_PAUSE = 30.0
_PASSING = 5.0  # a pause below which nobody is told
_WANTED = [
    *("message", "edited_message", "callback_query"),
    *("channel_post", "edited_channel_post", "my_chat_member"),
]


SPEAKS_ANOTHER_LANGUAGE = say(
    "What answers at that address is not the Bot API: check the address, and whether a "
    "network's login page is in the way. The desk keeps trying."
)


class InboxRequest(BotRequest):
    """Asks for updates, and commits them before it returns their stubs.

    refused: is told why they could not be committed.
    """

    keep: Callable[[list[Raw]], Awaitable[None]]
    refused: Callable[[Sentence], None]

    async def told(self, method: str, status: int, answer: Any) -> dict[str, Any]:
        """The numbers of updates; what cannot be committed becomes the client's NetworkError,
        and is asked for again."""
        if status >= 300 or method != "getupdates":
            return await super().told(method, status, answer)
        try:
            await self.keep(answer)
        except VerifyError as error:  # the client makes of it a NetworkError without a sentence
            self.refused(error.sentence)
            raise
        stubs = [{"update_id": update["update_id"]} for update in answer]
        return await super().told(method, status, stubs)


async def poll(
    bot: Bot, answered: Callable[[], Awaitable[None]], note: Callable[[Sentence], None]
) -> None:
    """Ask for updates until cancelled, through whatever passes by itself.

    The offset starts afresh each time: what Telegram still holds comes again and is known.
    answered: called whenever the service has answered. note: is told what does not pass at
    once. Raises InvalidToken and Conflict, and what nobody thought of.
    """
    offset, pause = None, 0.0
    while True:
        try:
            stubs = await bot.get_updates(
                offset=offset, timeout=_POLL_SECONDS, allowed_updates=_WANTED
            )
        except (InvalidToken, Conflict):
            raise
        except TelegramError as error:
            pause = next_pause(error, pause)
            _log.warning("no updates, again in %.0f s: %s", pause, type(error).__name__)
            if isinstance(error, AnsweredWrongly) and pause >= _PASSING:
                note(SPEAKS_ANOTHER_LANGUAGE)
            await asyncio.sleep(pause)
            continue
        pause = 0.0
        if stubs:
            offset = stubs[-1].update_id + 1
        await answered()


@dataclass
class Watchdog:
    """Starts the polling again, whatever it died of, and says so.

    console: prints a sentence. tell_owners: sends them one; called once the service answers.
    heard: called whenever it has answered.
    """

    bot: Bot
    console: Callable[[Sentence], None]
    tell_owners: Callable[[Sentence], Awaitable[None]]
    heard: Callable[[], Awaitable[None]]
    _since: datetime | None = None
    _why: Sentence | None = None

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            try:
                await poll(self.bot, self._answered, self.note)
            except Exception as error:  # a desk that hears nothing is worse than any fault
                self.note(_why(error))
                _log.error("polling ended: %s", type(error).__name__)
                await asyncio.sleep(_LONGEST_PAUSE)

    def note(self, why: Sentence) -> None:
        """Say once why nothing is fetched."""
        if why != self._why:
            self.console(why)
        self._since, self._why = self._since or datetime.now(UTC), why

    async def _answered(self) -> None:
        await self.heard()
        if self._since is None or self._why is None:
            return
        since, why = self._since, self._why
        self._since = self._why = None
        self.console(say("Messages are fetched again."))
        news = say(
            "{why} That was from {since} on; now messages are fetched again, and those that were"
            " kept meanwhile are answered.",
            why=why,
            since=Instant(at=since),
        )
        await self.tell_owners(news)


def _why(error: Exception) -> Sentence:
    if isinstance(error, InvalidToken):
        return say("The Bot API refused the bot's token; the desk goes on asking.")
    if isinstance(error, Conflict):
        return say("Another program fetches this bot's messages: end it. The desk goes on asking.")
    return say("Fetching messages stopped by a fault and is started again; the log has more.")


def next_pause(error: TelegramError, pause: float) -> float:
    """How many seconds to wait after this error, given the pause before."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.total_seconds()) + 0.5
    if isinstance(error, InvalidToken):  # 401 and 404: may be the server's mood
        return _LONGEST_PAUSE
    return min(_LONGEST_PAUSE, max(1.0, 1.5 * pause))
