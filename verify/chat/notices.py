"""Tells watchers quietly what changed in a case, after the update that changed it."""

from __future__ import annotations

import asyncio
import logging
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from verify.chat.action import Action
from verify.chat.outbox import LOCAL, Outbox
from verify.chat.pages import Page, button
from verify.chat.polling import next_pause
from verify.desk import Desk
from verify.errors import Unavailable
from verify.language import Reader, html
from verify.records import Notice, say
from verify.store.chats.chat_state import ChatState

_DISK_SECONDS = 30.0

_log = logging.getLogger(__name__)


class Notices:
    """A small loop. `ring` it when something may have changed; it ends when all are told."""

    def __init__(
        self, desk: Desk, bot: Bot, memory: ChatState, service: str, zone: ZoneInfo
    ) -> None:
        self._desk, self._bot, self._memory = desk, bot, memory
        self._service, self._zone = service, zone
        self._task: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Tell what is to be told, now or once the round that is under way has ended."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tell_all(), name="notices")

    async def idle(self) -> None:
        """Wait until nobody is left to tell."""
        if self._task:
            await asyncio.wait({self._task})

    async def stop(self) -> None:
        """End; what was not told is told after the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _tell_all(self) -> None:
        pause = 0.0
        while self._again:
            self._again = False
            try:
                for notice in await asyncio.to_thread(self._desk.casework.notices, self._service):
                    self._again = True
                    await self._tell(notice)
                    pause = 0.0
            except (TelegramError, Unavailable) as error:
                # the network, a limit or the disk: at a quiet desk no update may ring again
                _log.warning("a notice waits: %s", type(error).__name__)
                self._again = True
                if isinstance(error, TelegramError):
                    pause = next_pause(error, pause)
                else:
                    pause = _DISK_SECONDS
                await asyncio.sleep(pause)

    async def _tell(self, notice: Notice) -> None:
        """Send one. Who blocked the bot, or is gone, counts as told: others do not wait."""
        chat_id = int(notice.external_id)
        # the number is no update's, so that a notice sent before a kill is not sent again
        out = Outbox(
            self._bot,
            self._memory,
            -notice.id,
            notice.person_id,
            chat_id,
            quiet=True,
            local=self._service == LOCAL,
        )
        reader = Reader(notice.language, self._zone)
        show = Action(name="case", case_id=notice.case_id)
        label = say("Case {number}", number=notice.case_id)
        page = Page(html(notice.sentence, reader), ((button(label, show, reader),),))
        try:
            await out.send("notice", page, case_id=notice.case_id)
        except BadRequest as error:
            _log.warning("not told: %s", error.message)
        await asyncio.to_thread(self._desk.casework.told, notice)
