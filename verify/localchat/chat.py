"""The local chat as one thing to start: a server for the bot, and a page for a person."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from verify.errors import Unavailable
from verify.localchat import people
from verify.localchat.botapi import BotApi
from verify.localchat.exchange import Exchange, Json
from verify.localchat.guard import Guard
from verify.localchat.page_api import PageApi
from verify.localchat.pictures import Decoder, Pictures
from verify.localchat.requests import Upload
from verify.localchat.sessions import Sessions
from verify.records import Origin, say
from verify.store.localchat import ChatStore

_HOST = "127.0.0.1"
_PAGE = resources.files("verify.localchat") / "page"
_STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class LocalChat:
    """The chat of one home.

    `app` is the ASGI application, `token` the bot's; `address` is where it is served, so
    that python-telegram-bot takes `base_url=f"{address}/bot"` and
    `base_file_url=f"{address}/file/bot"`, over HTTP once started, or in process through
    httpx.ASGITransport. `link` is the address to print: it lets one browser in. `you` is
    the person at the page; their private chat has the same id. The actions below do what
    the page does; they run in the event loop that serves the bot.
    """

    def __init__(self, home: Path, sandbox: Decoder, port: int = 0, language: str = "en") -> None:
        """port: 0 takes the one of last time, or any that is free."""
        self._store = ChatStore(home)
        self.token = self._store.setting("token", _new_token())
        bot_id = int(self.token.partition(":")[0])
        bot = {"id": bot_id, "is_bot": True, "first_name": "Verify Desk"}
        self.exchange = Exchange(
            store=self._store,
            pictures=Pictures(self._store, sandbox),
            bot={**bot, "username": "verify_desk_bot"},
        )
        known = self._store.people()
        self.you = known[0][0] if known else self._store.add_person("You", language)
        self._sessions = Sessions(self._store, bot_id)
        self._wanted_port = port
        self._port: int | None = None
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self.app = Starlette(
            routes=[
                *BotApi(self.exchange, self.token).routes,
                *PageApi(self.exchange, self._sessions, self.you).routes,
                Route("/", self._index),
                *_static(),
            ],
            middleware=[Middleware(Guard, hosts=self._hosts)],
        )

    @property
    def address(self) -> str:
        """Where the chat is served, without a slash at the end."""
        return f"http://{_HOST}:{self._port}" if self._port else f"http://{_HOST}"

    @property
    def link(self) -> str:
        """The address to open in a browser; its key works once."""
        return f"{self.address}/?key={self._sessions.key}"

    # --- serving ---

    async def start(self) -> None:
        """Serve on 127.0.0.1 in this event loop. Raises Unavailable when the port is taken."""
        listener = self._listen()
        self._port = listener.getsockname()[1]
        self._store.set_setting("port", str(self._port))
        self._server = _Server(
            uvicorn.Config(
                self.app,
                access_log=False,
                log_level="warning",
                log_config=None,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=3,
            )
        )
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.ready.wait()

    async def stop(self) -> None:
        """End every wait, then the server, then close the database."""
        self.exchange.closing = True
        self.exchange.updates.ring()
        self.exchange.feed.close()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        self._store.close()

    async def serve(self) -> None:
        """Start, and run until cancelled."""
        await self.start()
        try:
            await asyncio.Event().wait()
        finally:
            await self.stop()

    def _listen(self) -> socket.socket:
        remembered = int(self._store.setting("port", "0"))
        for port in (self._wanted_port,) if self._wanted_port else (remembered, 0):
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((_HOST, port))
                return listener
            except OSError:
                listener.close()
        raise Unavailable(say("Port {port} is taken by another program.", port=self._wanted_port))

    def _hosts(self) -> frozenset[str]:
        names = (_HOST, "localhost")
        return (
            frozenset(f"{name}:{self._port}" for name in names) if self._port else frozenset(names)
        )

    # --- what a person does, for tests and other programs ---

    async def send_text(
        self, person: int, text: str, *, reply_to: int | None = None, origin: Origin | None = None
    ) -> Json:
        """Write a message. Returns it as the bot gets it."""
        return await people.send_text(self.exchange, person, text, reply_to=reply_to, origin=origin)

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
        uploads = [Upload(content, name, media_type)]
        return (
            await people.send_files(
                self.exchange,
                person,
                uploads,
                as_photo=as_photo,
                caption=caption,
                reply_to=reply_to,
                origin=origin,
            )
        )[0]

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
        return await people.send_files(
            self.exchange, person, uploads, as_photo=as_photo, caption=caption, origin=origin
        )

    async def edit(self, person: int, message_id: int, text: str) -> Json:
        """Edit the text or caption of one's own message."""
        return await people.edit(self.exchange, person, message_id, text)

    async def press(self, person: int, message_id: int, button_text: str) -> int:
        """Press the first button with this text. Returns the id of the press."""
        message = self.exchange.message(person, message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if button["text"] == button_text:
                return await people.press(
                    self.exchange, person, message_id, button.get("callback_data", "")
                )
        raise LookupError(f"message {message_id} has no button {button_text!r}")

    def messages(self, chat_id: int, limit: int = 1000) -> list[Json]:
        """The last messages of a chat, oldest first, in the Bot API's form."""
        return [self.exchange.shown(one) for one in self._store.messages(chat_id, 2**62, limit)]

    def content(self, unique_id: str) -> bytes:
        """The bytes of a file that a message names by file_unique_id."""
        file = self._store.file_shown(unique_id)
        if file is None:
            raise LookupError(f"no file {unique_id!r}")
        return self._store.content(file).read_bytes()

    # --- the page ---

    async def _index(self, request: Request) -> Response:
        """The page for a session; with the key, a session first and then the clean address."""
        if key := request.query_params.get("key"):
            response: Response = RedirectResponse("/", status_code=303)
            if self._sessions.knows(request) or self._sessions.open(key, response):
                return response
        if not self._sessions.knows(request):
            return Response((_PAGE / "closed.html").read_bytes(), 403, media_type="text/html")
        return Response((_PAGE / "index.html").read_bytes(), media_type="text/html")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when the server accepts connections."""
        await super().startup(sockets=sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program that runs this server."""
        yield


def _static() -> Iterator[Route]:
    """The page's styles, scripts and icon; none of them holds a secret."""
    for file in _PAGE.iterdir():
        media_type = _STATIC.get(file.name[file.name.rfind(".") :])
        if media_type:
            yield Route(f"/{file.name}", _Fixed(file.read_bytes(), media_type))


class _Fixed:
    """An endpoint that always gives the same bytes."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self._content = content
        self._media_type = media_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Cache-Control": "no-cache"}
        response = Response(self._content, media_type=self._media_type, headers=headers)
        await response(scope, receive, send)


def _new_token() -> str:
    """Of Telegram's form; the number is the bot's id, new for every home."""
    return f"{secrets.randbelow(8 * 10**9) + 10**9}:{secrets.token_urlsafe(26)}"
