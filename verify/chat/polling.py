"""Asks the service for updates, and commits them before it may forget them.

The client library's own queue confirms updates that it holds only in memory, and loses them
at a kill. Here the request that asks for updates commits them as they come and hands back
stubs, so that the offset moves only over what is stored.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest, RequestData

Raw = dict[str, Any]

_log = logging.getLogger(__name__)
_POLL_SECONDS = 25
_LONGEST_PAUSE = 30.0
_WANTED = ["message", "edited_message", "callback_query"]


class InboxRequest(HTTPXRequest):
    """Asks for updates, and commits them before it returns their stubs."""

    keep: Callable[[list[Raw]], Awaitable[None]]

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *timeouts: Any,
        **more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """As the client's; what cannot be committed becomes its NetworkError, and is retried."""
        status, payload = await super().do_request(
            url, method, request_data, *timeouts, **more_timeouts
        )
        if status != 200 or not url.endswith("/getUpdates"):
            return status, payload
        updates = self.parse_json_payload(payload)["result"]
        await self.keep(updates)
        stubs = [{"update_id": update["update_id"]} for update in updates]
        return status, json.dumps({"ok": True, "result": stubs}).encode()


async def poll(bot: Bot) -> None:
    """Ask for updates until cancelled, whatever happens in between.

    The offset starts afresh each time: what Telegram still holds comes again and is known.
    """
    offset, pause = None, 0.0
    while True:
        try:
            stubs = await bot.get_updates(
                offset=offset, timeout=_POLL_SECONDS, allowed_updates=_WANTED
            )
        except TelegramError as error:
            pause = next_pause(error, pause)
            _log.warning("no updates, again in %.0f s: %s", pause, type(error).__name__)
            await asyncio.sleep(pause)
            continue
        pause = 0.0
        if stubs:
            offset = stubs[-1].update_id + 1


def next_pause(error: TelegramError, pause: float) -> float:
    """How many seconds to wait after this error, given the pause before."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return float(wait if isinstance(wait, int) else wait.total_seconds()) + 0.5
    if isinstance(error, InvalidToken):  # 401 and 404: may be the server's mood
        return _LONGEST_PAUSE
    return min(_LONGEST_PAUSE, max(1.0, 1.5 * pause))
