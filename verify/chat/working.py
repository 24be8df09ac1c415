"""While the desk works on an answer, the chat shows that it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram.constants import ChatAction
from telegram.error import TelegramError

from verify.chat.outbox import Outbox

_FIRST_SECONDS = 1.0  # a quick answer needs no sign
_AGAIN_SECONDS = 4.0  # a service shows the sign for five


@asynccontextmanager
async def at_work(out: Outbox) -> AsyncIterator[None]:
    """Show it as long as the body runs. That it cannot be shown stops nothing."""
    showing = asyncio.create_task(_show(out))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


async def _show(out: Outbox) -> None:
    await asyncio.sleep(_FIRST_SECONDS)
    while True:
        with suppress(TelegramError):
            await out.bot.send_chat_action(out.chat_id, ChatAction.TYPING, out.topic)
        await asyncio.sleep(_AGAIN_SECONDS)
