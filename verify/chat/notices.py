"""Tells watchers quietly what changed in a case, after the update that changed it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from verify.chat.action import Action
from verify.chat.outbox import LOCAL, Outbox
from verify.chat.pages import Button, Page, button, in_rows
from verify.chat.polling import next_pause
from verify.chat.wave_notices import drawn
from verify.desk import Desk
from verify.desk.campaign_watch import tells_of_wave
from verify.desk.standing_watch import contradicting, told_together
from verify.errors import Unavailable
from verify.language import Reader, html, plain
from verify.records import Notice, Role, Sentence, say
from verify.store.chats.chat_state import ChatState

_DISK_SECONDS = 30.0
_LOOK_SECONDS = 20.0  # between looks for what was left behind whoever worked, as by an import
_TOGETHER = 10
_A_ROW = 3

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
        self._looking: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look from time to time, too: what is left behind others rings nobody."""
        self._looking = asyncio.create_task(self._look(), name="looking for notices")

    async def _look(self) -> None:
        while True:
            self.ring()
            await asyncio.sleep(_LOOK_SECONDS)

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
        tasks = [task for task in (self._looking, self._task) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _tell_all(self) -> None:
        pause = 0.0
        while self._again:
            self._again = False
            try:
                await asyncio.to_thread(self._desk.keeping.remind)
                waiting = await asyncio.to_thread(self._desk.casework.notices, self._service)
                for several in _bursts(waiting):
                    self._again = True
                    await self._tell(several)
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

    async def _tell(self, several: list[Notice]) -> None:
        """Send one, or a list of those that came together. Who blocked the bot, or is gone, counts
        as told: others do not wait."""
        notice = several[0]
        chat_id = int(notice.external_id)
        key = self._bot.id, -notice.id
        if until := await asyncio.to_thread(self._memory.last_of_notices, *key):
            done = [one for one in several if one.id <= until]  # sent before a kill
            await asyncio.to_thread(self._desk.casework.told, *done)
            return
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
        case_ids = dict.fromkeys(one.case_id for one in several if one.case_id > 0)  # no imports
        buttons = [
            button(say("Case {number}", number=one), Action(name="case", case_id=one), reader)
            for one in case_ids
        ]
        told = told_together(one.sentence for one in several)
        text = "\n\n".join(html(one, reader) for one in told)
        page = Page(text, (*in_rows(buttons, _A_ROW), *_reopening(told, several, reader)))
        step, case_id = f"notice {several[-1].id}", next(iter(case_ids), 0)
        try:
            if not await self._with_picture(out, step, page, several, reader):
                await out.send(step, page, case_id=case_id)
        except BadRequest as error:
            _log.warning("not told: %s", error.message)
        await asyncio.to_thread(self._desk.casework.told, *several)

    async def _with_picture(
        self, out: Outbox, step: str, page: Page, several: list[Notice], reader: Reader
    ) -> bool:
        """Send the notice of a wave under its picture. False for others, and where there is none,
        or the service does not take it: the words go alone."""
        notice = several[0]
        if not tells_of_wave(notice.sentence):
            return False
        picture = await asyncio.to_thread(drawn, self._desk, notice, reader)
        if picture is None:
            return False
        try:
            await out.photo(
                step,
                picture,
                page,
                reply_to=None,
                case_id=notice.case_id,
                exhibit_id=0,
                purpose="",
                spoiler=False,  # marks and names: nothing in it could shock
            )
        except BadRequest as error:
            _log.warning("no picture of a wave: %s", error.message)
            return False
        return True


def _reopening(
    told: tuple[Sentence, ...], several: list[Notice], reader: Reader
) -> Iterator[tuple[Button, ...]]:
    """The buttons that reopen cases whose verdict was contradicted, for who may; what contradicts
    it is the reason."""
    if several[0].role not in (Role.OWNER, Role.EDITOR):
        return
    for one in told:
        if what := contradicting(one):
            number = one.values["number"]
            to = Action(name="reopen-for", case_id=int(str(number)), value=plain(what, reader))
            yield (button(say("Reopen case {number}", number=number), to, reader),)


def _bursts(waiting: list[Notice]) -> list[list[Notice]]:
    """Notices as they are told: those of one person together, a few at a time; a wave by itself,
    under its picture."""
    of_each: dict[tuple[int, int], list[Notice]] = {}
    for one in waiting:
        alone = one.id if tells_of_wave(one.sentence) else 0
        of_each.setdefault((one.person_id, alone), []).append(one)
    return [
        several[first : first + _TOGETHER]
        for several in of_each.values()
        for first in range(0, len(several), _TOGETHER)
    ]
