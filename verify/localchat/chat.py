"""The local chat as one thing to start: a server for the bot, and a page for a person."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from verify.localchat import user_actions
from verify.localchat.acting import Acting
from verify.localchat.botapi import BotApi
from verify.localchat.door import Door
from verify.localchat.exchange import Exchange, Json
from verify.localchat.guard import Guard
from verify.localchat.pictures import Decoder, Pictures
from verify.localchat.reading import Reading
from verify.localchat.requests import Upload
from verify.localchat.serving import HOST, Serving, listen
from verify.localchat.sessions import Sessions
from verify.records import Origin
from verify.store.localchat import ChatStore, doorway

_ALL = 2**53
_log = logging.getLogger(__name__)

_NAMELESS = "You"  # what earlier versions called a person whose account has no full name


class LocalChat:
    """The chat of one home.

    `app` is the ASGI application, `token` the bot's; `address` is where it is served, so
    that python-telegram-bot takes `base_url=f"{address}/bot"` and
    `base_file_url=f"{address}/file/bot"`, over HTTP once started, or in process through
    httpx.ASGITransport. `link` is the address to print: it lets one page in; `doorway` is a file
    that leads there, and is kept up to date. `you` is
    the person at the page; their private chat has the same id. The actions below do what
    the page does; await them in the event loop that serves the bot.
    """

    def __init__(
        self,
        home: Path,
        sandbox: Decoder,
        port: int = 0,
        language: str = "en",
        name: str = _NAMELESS,
        by_path: bool = False,
    ) -> None:
        """port: 0 takes any that is free: at one that is known somebody else may be waiting.

        language, name: of the first person, who may change both on the page; without a language
        the first browser that opens the page decides it. by_path: the bot gets files of any size
        from `files`, where they lie; else as Telegram hands them out.
        """
        self._store = ChatStore(home)
        self._store.files.sweep()
        self.token = self._store.setting("token", _new_token())
        bot_id = int(self.token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Verify Desk"}
        self.exchange = Exchange(
            store=self._store,
            pictures=Pictures(self._store.files, sandbox),
            bot={**bot, "username": "verify_desk_bot"},
            by_path=by_path,
        )
        known = self._store.people()
        self.you = known[0][0] if known else self._store.add_person(name, language)
        if known and known[0][1] == _NAMELESS != name:
            self._store.set_name(self.you, name)
        self.name = self._store.people()[0][1]
        self.doorway = doorway.path(home)
        self.files = self._store.files.folder
        self._home = home
        self._wanted_port = port
        self._port = 0
        self._sessions = Sessions(self._keep_doorway)
        door = Door(self.exchange, self._sessions, self.you)
        self.app = Starlette(
            routes=[
                *BotApi(self.exchange, self.token).routes,
                *Reading(self.exchange, door).routes,
                *Acting(self.exchange, door, lambda: self.link).routes,
                *door.routes,
            ],
            middleware=[Middleware(Guard, hosts=self._hosts)],
        )
        self._serving: Serving | None = None

    @property
    def address(self) -> str:
        """Where the chat is served, without a slash at the end."""
        return f"http://{HOST}:{self._port}" if self._port else f"http://{HOST}"

    @property
    def link(self) -> str:
        """The address to open in a browser; its key works once, and then there is another.

        The key stands behind the #, which no browser sends to anybody.
        """
        return f"{self.address}/#{self._sessions.key}"

    async def start(self) -> None:
        """Serve on 127.0.0.1 in this event loop. Raises Unavailable when the port is taken."""
        listener = listen(self._wanted_port)
        self._port = listener.getsockname()[1]
        doorway.remove(self._home)
        self._keep_doorway(self._sessions.key)
        self._serving = Serving(self.app)
        await self._serving.start(listener)

    async def stop(self) -> None:
        """End every wait, then the server if it was started, then close the database."""
        self.exchange.close()
        if self._serving is not None:
            await self._serving.stop()
            doorway.remove(self._home)
        self._store.close()

    async def serve(self) -> None:
        """Start, and run until cancelled."""
        await self.start()
        try:
            await asyncio.Event().wait()
        finally:
            await self.stop()

    def _keep_doorway(self, key: str) -> None:
        if self._port:
            try:
                doorway.write(self._home, f"{self.address}/#{key}")
            except OSError as error:
                _log.warning("the file that opens the page: %s", type(error).__name__)

    def _hosts(self) -> frozenset[str]:
        # not localhost: that may be another address, with another program behind it
        return frozenset({f"{HOST}:{self._port}" if self._port else HOST})

    # --- what a person does, for tests and other programs ---

    async def send_text(
        self, person: int, text: str, *, reply_to: int | None = None, origin: Origin | None = None
    ) -> Json:
        """Write a message. Returns it as the bot gets it."""
        return await user_actions.send_text(
            self.exchange, person, text, reply_to=reply_to, origin=origin
        )

    async def send_file(
        self,
        person: int,
        content: bytes,
        name: str,
        *,
        as_photo: bool = False,
        media_type: str = "",
        caption: str = "",
        reply_to: int | None = None,
        origin: Origin | None = None,
    ) -> Json:
        """Send one file. Returns the message as the bot gets it."""
        sent = await user_actions.send_files(
            self.exchange,
            person,
            [Upload(content, name, media_type)],
            as_photo=as_photo,
            caption=caption,
            reply_to=reply_to,
            origin=origin,
        )
        return sent[0]

    async def send_album(
        self,
        person: int,
        files: Sequence[tuple[bytes, str]],
        *,
        as_photo: bool = False,
        caption: str = "",
        origin: Origin | None = None,
    ) -> list[Json]:
        """Send several files, as (content, name). Returns the messages as the bot gets them."""
        uploads = [Upload(content, name, "") for content, name in files]
        return await user_actions.send_files(
            self.exchange, person, uploads, as_photo=as_photo, caption=caption, origin=origin
        )

    async def edit(self, person: int, message_id: int, text: str) -> Json:
        """Edit the text or caption of one's own message."""
        return await user_actions.edit(self.exchange, person, message_id, text)

    async def press(self, person: int, message_id: int, button_text: str) -> int:
        """Press the first button with this text. Returns the id of the press."""
        message = self.exchange.message(person, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if button["text"] == button_text:
                data = button.get("callback_data", "")
                return await user_actions.press(self.exchange, person, message_id, data)
        raise LookupError(f"message {message_id} has no button {button_text!r}")

    def messages(self, chat_id: int, limit: int = 1000) -> list[Json]:
        """The last messages of a chat, oldest first, in the Bot API's form."""
        return [self.exchange.shown(one) for one in self._store.messages(chat_id, _ALL, limit)]

    def content(self, unique_id: str) -> bytes:
        """The bytes of a file that a message names by file_unique_id."""
        file = self._store.files.shown(unique_id)
        if file is None:
            raise LookupError(f"no file {unique_id!r}")
        return self._store.files.content(file).read_bytes()


def _new_token() -> str:
    """Of Telegram's form; the number is the bot's id, new for every home."""
    return f"{secrets.randbelow(8 * 10**9) + 10**9}:{secrets.token_urlsafe(26)}"
