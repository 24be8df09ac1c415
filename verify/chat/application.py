"""Builds the bot: its requests, its inbox, who may speak, and the handlers found by walking.

A command is one file in `verify/chat/handlers`; nothing else lists it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder

from verify.chat import handlers
from verify.chat.access import Access
from verify.chat.answers import AnsweredWrongly
from verify.chat.dispatch import Dispatch
from verify.chat.door import Door
from verify.chat.download import Files
from verify.chat.gap import Gap
from verify.chat.inbox import Inbox
from verify.chat.logs import guard_logs
from verify.chat.notices import Notices
from verify.chat.polling import SPEAKS_ANOTHER_LANGUAGE, InboxRequest, Watchdog, next_pause
from verify.chat.quota import Quota
from verify.chat.requests import BotRequest
from verify.config import Config
from verify.desk import Desk
from verify.errors import BadInput, Unavailable
from verify.language import Reader, languages, plain
from verify.records import Sentence, say
from verify.store.chats.chat_state import ChatState
from verify.store.database.connection import Store
from verify.store.keeping.forgetting import forget_old

_log = logging.getLogger(__name__)
_TELEGRAM = "https://api.telegram.org"
_MOST_RETRIES = 5
_DAY_SECONDS = 86_400.0
_THREADS = 64  # most of them wait for the lab: a button must not wait for one of these
_READ_SECONDS = 20.0  # a picture that was sent takes the service a while to answer


class Chat:
    """A bot that serves one desk. `run` it, or `start` and `stop` it."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        inbox: Inbox,
        door: Door,
        notices: Notices,
        watchdog: Watchdog,
    ) -> None:
        self.application = application
        self.inbox = inbox
        self.notices = notices
        self._door = door
        self._watchdog = watchdog
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Reach the service, take up what was waiting, begin to poll.

        Waits while the network is down. Raises BadInput when the token is refused.
        """
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        bot = self.application.bot
        try:
            await self._reach(self.application.initialize)
            await self._reach(bot.delete_webhook)
        except InvalidToken:
            raise BadInput(say("The bot's token is not accepted; please check it.")) from None
        self.inbox.start()
        self.notices.begin()
        self._polling = asyncio.create_task(self._watchdog.run(), name="poll")
        publishing = asyncio.create_task(_publish_commands(bot, self._door), name="commands")
        forgetting = asyncio.create_task(_forget_daily(self._door.desk.store), name="forget")
        self._tasks = [self._polling, publishing, forgetting]

    async def _reach(self, call: Callable[[], Awaitable[object]]) -> None:
        """Try until the service answers. Raises InvalidToken when it refuses the token."""
        pause = 0.0
        while True:
            try:
                await call()
                return
            except InvalidToken:
                raise
            except TelegramError as error:
                pause = next_pause(error, pause)
                _log.warning("the Bot API does not answer; again in %.0f s", pause)
                if isinstance(error, AnsweredWrongly):
                    self._watchdog.note(SPEAKS_ANOTHER_LANGUAGE)
                await asyncio.sleep(pause)

    async def stop(self) -> None:
        """Stop asking for updates, let what is under way finish, leave the rest in the inbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.inbox.stop()
        await self.notices.stop()
        await self.application.shutdown()

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set. Cancelling works too."""
        serving = asyncio.create_task(self._serve())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                serving.result()  # it does not end by itself: this raises
        finally:
            for task in (serving, stopping):
                task.cancel()
            await asyncio.gather(serving, stopping, return_exceptions=True)
            await self.stop()

    async def _serve(self) -> None:
        await self.start()
        await self._polling


def build(
    config: Config,
    desk: Desk,
    *,
    token: str,
    owners: frozenset[int],
    service: str = "telegram",
    base_url: str | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    files: Path | None = None,
    console: Callable[[Sentence], None] = lambda sentence: None,
) -> Chat:
    """Build the bot for a service that speaks the Bot API.

    owners: accounts that own the desk; whom else they let in is in its team. service: the
    service's name. base_url: the service's root; Telegram's own or `config.api_url` when None.
    transport: for a service in the same process. console: prints a sentence for whoever runs
    the desk. files: the only folder in which a service on this computer may name files.
    """
    guard_logs()
    telegram = service == "telegram"
    root = (base_url or config.api_url or _TELEGRAM).rstrip("/")
    here = urlsplit(root).hostname in ("127.0.0.1", "localhost", "::1")
    # a proxy from the environment leads out, not to a service on this machine
    options: dict[str, Any] = {"trust_env": telegram and (config.proxy is not None or not here)}
    if transport:
        options["transport"] = transport
    proxy = config.proxy if telegram else None
    requests = BotRequest(read_seconds=_READ_SECONDS, proxy=proxy, **options)
    asking = InboxRequest(proxy=proxy, **options)
    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .request(requests)
        .get_updates_request(asking)
        .rate_limiter(AIORateLimiter(max_retries=_MOST_RETRIES))
        .updater(None)
        .build()
    )
    bot = application.bot
    memory = ChatState(desk.store)
    access = Access(desk, service, owners)
    if telegram and config.api_url:
        files = config.api_files
    modules = handlers.find()
    commands = [one for one in modules if isinstance(one, handlers.Command)]
    menu = tuple((one.COMMAND, one.DESCRIPTION) for one in commands)
    quota = Quota(desk, config.files_a_minute, config.bytes_a_day)
    needs = handlers.needed(modules)
    door = Door(
        desk, bot, access, memory, Files(bot, requests, files), quota, config.zone, menu, needs
    )
    notices = Notices(desk, bot, memory, service, config.zone)
    dispatch = Dispatch(application, modules, door, memory, notices)
    inbox = Inbox(
        memory,
        bot,
        narrow=access.narrow,
        process=dispatch.process,
        give_up=dispatch.give_up,
        put_off=door.put_off,
        moved=access.moved,
    )
    asking.keep, door.behind = inbox.keep, inbox.behind
    gap = Gap(desk.store, bot, console, partial(door.tell_owners_once, 0))
    watchdog = Watchdog(bot, console, door.tell_owners, gap.answered if telegram else _as_ever)
    asking.refused = watchdog.note
    return Chat(application, inbox, door, notices, watchdog)


async def _as_ever() -> None:
    """The local chat keeps what is sent until it is fetched."""


async def _forget_daily(store: Store) -> None:
    """Drop what cannot come again; a disk that refuses is asked again a day later."""
    while True:
        try:
            await asyncio.to_thread(forget_old, store)
        except Unavailable as error:
            _log.warning("what is old was not dropped: %s", type(error).__name__)
        await asyncio.sleep(_DAY_SECONDS)


async def _publish_commands(bot: Bot, door: Door) -> None:
    """Set the bot's command list: English for everybody, and each other language for its own."""
    try:
        for code in languages():
            reader = Reader(code, door.zone)
            commands = [
                BotCommand(name, plain(description, reader)[:256])
                for name, description in door.menu
            ]
            await bot.set_my_commands(commands, language_code=None if code == "en" else code)
    except TelegramError as error:
        _log.warning("the command list could not be set: %s", type(error).__name__)
