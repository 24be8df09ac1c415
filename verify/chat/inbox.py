"""The durable inbox: what was fetched is on disk, and is worked off whatever happens.

Updates are taken in order, chats side by side; a button does not wait for the file before it. What
takes minutes lets the next ones of its lane by, and waits for its like there alone.
An update may be worked off more than once, as after a kill: every step of an answer is keyed,
so that repeats are harmless (`verify.chat.outbox`).
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from telegram import Bot, Update
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from verify.chat.answers import Raw
from verify.chat.polling import next_pause
from verify.chat.raw import KINDS, POSTED, whole
from verify.errors import DiskRefused, VerifyError
from verify.records import Sentence, say
from verify.store.chats.chat_state import ChatState

_log = logging.getLogger(__name__)
_RETRY_SECONDS = 1.0
_LONGEST_WAIT = 30.0
_GRACE_SECONDS = 5.0
_UNSAID_SECONDS = 5.0  # a wait of which nobody is told
_HOPELESS_SECONDS = 3600.0
_SERVICE = say("The chat service is not delivering files or taking answers just now.")
T = TypeVar("T")


class Inbox:
    """Keeps updates, and works them off."""

    def __init__(
        self,
        memory: ChatState,
        bot: Bot,
        *,
        narrow: Callable[[Raw], Raw],
        process: Callable[[Update], Awaitable[None]],
        give_up: Callable[[Raw, Exception], Awaitable[None]],
        put_off: Callable[[Raw, Sentence], Awaitable[None]],
        moved: Callable[[int, int], bool],
    ) -> None:
        """narrow: what of an update may be stored. process: raises when it did not work.

        give_up: tells the sender, after the last try. put_off: tells them why it waits. moved:
        follows a group, by its old and new number; False when that helps nothing.
        """
        self._memory = memory
        self._bot = bot
        self._narrow = narrow
        self._process = process
        self._give_up = give_up
        self._put_off = put_off
        self._moved = moved
        self._lanes: dict[tuple[str, int], deque[tuple[int, Raw]]] = {}
        self._behind: dict[tuple[str, int], asyncio.Lock] = {}
        self._let_by: dict[int, tuple[tuple[str, int], asyncio.Event]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def keep(self, updates: list[Raw]) -> None:
        """Commit updates, then start on those that are new."""
        narrowed = await asyncio.to_thread(lambda: [self._storable(update) for update in updates])
        rows = [(update["update_id"], json.dumps(update)) for update in narrowed]
        try:
            fresh = set(await asyncio.to_thread(self._memory.keep_updates, self._bot.id, rows))
        except DiskRefused as error:
            for update in narrowed:
                await self._put_off(update, error.sentence)
            raise
        for update in narrowed:
            if update["update_id"] in fresh:
                self._line_up(update["update_id"], update)

    def _storable(self, update: Raw) -> Raw:
        """What is kept of an update; of one that nobody can read its number, to get past it."""
        try:
            narrow = whole(self._narrow(update))
            hash(_lane(narrow))
        except VerifyError:
            raise
        except Exception as error:  # anything can stand in it, and the next ones wait behind it
            _log.error("update %d cannot be read: %s", update["update_id"], _kind(error))
            return {"update_id": update["update_id"]}
        return narrow

    def start(self) -> None:
        """Take up what was waiting when the desk last stopped."""
        for update_id, body in self._memory.waiting(self._bot.id):
            self._line_up(update_id, json.loads(body))

    async def stop(self) -> None:
        """Let what is under way finish for a moment; the rest waits for the next start."""
        for lane in self._lanes.values():
            lane.clear()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @asynccontextmanager
    async def behind(self, update_id: int) -> AsyncIterator[None]:
        """Go on with an update while those after it are worked off. Of a lane one goes on so at a
        time, in their order; the update is done when all of it is."""
        lane, let_by = self._let_by[update_id]
        let_by.set()
        async with self._behind.setdefault(lane, asyncio.Lock()):
            yield

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _line_up(self, update_id: int, update: Raw) -> None:
        lane = _lane(update)
        if lane in self._lanes:
            self._lanes[lane].append((update_id, update))
            return
        self._lanes[lane] = deque([(update_id, update)])
        self._start(self._drain(lane), f"inbox {lane}")

    def _start(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _drain(self, lane: tuple[str, int]) -> None:
        try:
            while queue := self._lanes[lane]:
                update_id, update = queue.popleft()
                let_by = asyncio.Event()
                self._let_by[update_id] = lane, let_by
                work = self._start(self._work_off(update_id, update), f"update {update_id}")
                work.add_done_callback(partial(self._forget, update_id))
                waiting = asyncio.create_task(let_by.wait())
                await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
        finally:
            del self._lanes[lane]

    def _forget(self, update_id: int, done: object) -> None:
        self._let_by.pop(update_id, None)

    async def _work_off(self, update_id: int, update: Raw) -> None:
        pause, began = 0.0, time.monotonic()
        while True:
            try:
                if parsed := Update.de_json(update, self._bot):
                    await self._process(parsed)
                break
            except DiskRefused as error:
                pause = min(_LONGEST_WAIT, max(_RETRY_SECONDS, 2 * pause))
                _log.warning("update %d waits for the disk", update_id)
                await self._put_off(update, error.sentence)
                await asyncio.sleep(pause)
            except Exception as error:
                if isinstance(error, ChatMigrated) and await self._follows(update, error):
                    continue
                waited = time.monotonic() - began
                if isinstance(error, TelegramError) and await self._passes(error, waited):
                    pause = next_pause(error, pause)
                    _log.warning("update %d waits: %s", update_id, _kind(error))
                    if waited > _UNSAID_SECONDS:
                        await self._put_off(update, _SERVICE)
                    await asyncio.sleep(pause)
                    continue
                _log.error("update %d failed: %s\n%s", update_id, _kind(error), _where(error))
                if await self._insist(self._memory.fail_update, update_id):
                    await self._tell(update, error)
                    return
                await asyncio.sleep(_RETRY_SECONDS)
        await self._insist(self._memory.finish_update, update_id)

    async def _follows(self, update: Raw, error: ChatMigrated) -> bool:
        """Whether the update can be answered in the supergroup that its group became."""
        if not any(update.get(kind) for kind in KINDS):
            return False
        thing = update.get("callback_query") or update.get("message") or update["edited_message"]
        old = (thing.get("message") or thing)["chat"]["id"]
        return await asyncio.to_thread(self._moved, old, error.new_chat_id)

    async def _passes(self, error: TelegramError, waited: float) -> bool:
        """Whether waiting helps: not where the service is well, but has failed with this one
        update for very long. Others of the same person wait behind it."""
        if not _passing(error):
            return False
        if isinstance(error, RetryAfter) or waited < _HOPELESS_SECONDS:
            return True
        try:
            await self._bot.get_me()
        except TelegramError:
            return True
        return False

    async def _insist(self, write: Callable[[int, int], T], update_id: int) -> T:
        """Write down how an update ended, however long the disk refuses."""
        while True:
            try:
                return await asyncio.to_thread(write, self._bot.id, update_id)
            except DiskRefused:
                await asyncio.sleep(_RETRY_SECONDS)

    async def _tell(self, update: Raw, error: Exception) -> None:
        """Tell the sender, however long the network is away: there is no later try."""
        pause = 0.0
        while True:
            try:
                await self._give_up(update, error)
                return
            except Exception as trouble:  # the next update waits behind this one
                _log.warning("could not tell the sender: %s", _kind(trouble))
                if not (isinstance(trouble, TelegramError) and _passing(trouble)):
                    return
                pause = next_pause(trouble, pause)
            await asyncio.sleep(pause)


def _lane(update: Raw) -> tuple[str, int]:
    """Updates of one lane wait for each other: a person's messages in a chat, or their buttons."""
    if query := update.get("callback_query"):
        return "buttons", query["from"]["id"]
    for kind in POSTED:
        if post := update.get(kind):
            return "posts", post["chat"]["id"]
    message = update.get("message") or update.get("edited_message") or {}
    chat, person = message.get("chat", {}), message.get("from", {})
    return f"messages of {person.get('id', 0)}", chat.get("id", 0)


def _passing(error: TelegramError) -> bool:
    """Whether the network or Telegram is at fault, and waiting helps."""
    if isinstance(error, RetryAfter):
        return True
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def _kind(error: Exception) -> str:
    """What went wrong without what was said: an exception's text may quote a message."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
