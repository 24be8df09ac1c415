"""Lets in only what comes from this machine's own page or bot, and hardens every answer.

The server listens on 127.0.0.1, but a browser carries any site's requests there. The Host
check stops names that were rebound to 127.0.0.1, the Origin check other sites' writes.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HARDENING = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "media-src blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READING = ("GET", "HEAD")


class Guard:
    """ASGI middleware. hosts: the `host:port` names under which the server may be called."""

    def __init__(self, app: ASGIApp, hosts: Callable[[], frozenset[str]]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a foreign request with 403; add the headers to every response."""
        if scope["type"] != "http":
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HARDENING)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        app = self._app if self._welcome(scope) else PlainTextResponse("Forbidden", 403)
        await app(scope, receive, hardened)

    def _welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        hosts = self._hosts()
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in hosts:
            return False
        origin = headers.get("origin")
        if origin is None:  # browsers name the origin of every write; the bot is no browser
            return scope["method"] in _READING or scope["path"].startswith("/bot")
        return origin == f"http://{host[0].lower()}"
