"""The chat with a small bot behind it, served from a thread of its own for a browser."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import Application, ApplicationBuilder, TypeHandler

from verify.localchat import LocalChat
from verify.sandbox import Sandbox

T = TypeVar("T")


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(one, callback_data=one) for one in labels]])


async def answer(update: Update, _: object) -> None:
    """Echo: a photo comes back hidden, a text in bold, a pressed button edits its message."""
    query = update.callback_query
    message = update.message
    if query and isinstance(query.message, Message):
        if query.data == "Alert":
            await query.answer("Read this first", show_alert=True)
        else:
            await query.answer("Turned")
            await query.message.edit_text("<b>Page 2</b>", "HTML", reply_markup=keyboard("Back"))
    elif message and message.photo:
        photo = await (await message.photo[-1].get_file()).download_as_bytearray()
        await message.reply_photo(bytes(photo), "Compare", has_spoiler=True, do_quote=True)
    elif message and message.text == "ask":
        await message.reply_text("Why?", reply_markup=ForceReply(input_field_placeholder="Reason"))
    elif message:
        said = message.text_html or (message.document and message.document.file_name) or "?"
        await message.reply_text(
            f"<b>You sent</b> {said}", "HTML", reply_markup=keyboard("Turn", "Alert")
        )


class Served:
    """A running chat. `do` runs something in its loop and waits for the outcome."""

    def __init__(self, home: Path, sandbox: Sandbox) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._home = home
        self._sandbox = sandbox
        self.chat: LocalChat
        self._application: Application[Any, Any, Any, Any, Any, Any]
        self.do(self._start())

    @property
    def bot(self) -> Bot:
        """The bot, for what it does of its own accord."""
        bot: Bot = self._application.bot
        return bot

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(240)

    async def empty(self) -> None:
        """Wait for the bot; then take every message away, and speak English again."""
        while self.chat.exchange.store.updates.pending():  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.01)
        await self._application.update_queue.join()
        for message in self.chat.messages(self.chat.you):
            self.chat.exchange.store.delete_message(message["message_id"])
        self.chat.exchange.store.set_language(self.chat.you, "en")

    def stop(self) -> None:
        """Stop the desk, as by Ctrl-C; its page is told."""
        self.do(self._stop())
        self._running = False

    def die(self) -> None:
        """End it as a kill does: nobody is told."""
        self.do(self._die())
        self._running = False

    async def _die(self) -> None:
        serving = self.chat._serving
        assert serving is not None
        for listener in serving._server.servers:
            listener.close()
        await self._drop()
        await self._stop()

    def drop(self) -> None:
        """End every connection that the page has."""
        self.do(self._drop())

    async def _drop(self) -> None:
        serving = self.chat._serving
        assert serving is not None
        for connection in [*serving._server.server_state.connections]:
            connection.transport.abort()

    def close(self) -> None:
        if self._running:
            self.do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        self._running = True
        self.chat = LocalChat(self._home, self._sandbox)
        await self.chat.start()
        builder = ApplicationBuilder().token(self.chat.token)
        builder.base_url(f"{self.chat.address}/bot")
        builder.base_file_url(f"{self.chat.address}/file/bot")
        self._application = builder.build()
        self._application.add_handler(TypeHandler(Update, answer))
        await self._application.initialize()
        await self._application.bot.set_my_commands(
            [("case", "Open a case"), ("cases", "The latest")]
        )
        await self._application.start()
        assert self._application.updater is not None
        await self._application.updater.start_polling(poll_interval=0)

    async def _stop(self) -> None:
        assert self._application.updater is not None
        await self._application.updater.stop()
        await self._application.stop()
        await self._application.shutdown()
        await self.chat.stop()


@contextmanager
def served(home: Path, sandbox: Sandbox) -> Iterator[Served]:
    """Serve the chat for the length of a test."""
    server = Served(home, sandbox)
    try:
        yield server
    finally:
        server.close()
