"""The page's door: the page itself, who may use its endpoints, errors as sentences."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from importlib import resources
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from verify.errors import NotFound, Unavailable, VerifyError
from verify.language import Reader, plain
from verify.localchat.exchange import Exchange
from verify.localchat.sessions import Sessions
from verify.records import Sentence, say

_log = logging.getLogger(__name__)
_FAILED = say("Something went wrong here; whoever runs the desk finds the reason in its log.")
_PAGE = resources.files("verify.localchat") / "page"
_FIXED = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

Endpoint = Callable[[Request], Awaitable[Response]]


class Door:
    """Lets a browser with a session in. person: who acts where a page names nobody."""

    def __init__(self, exchange: Exchange, sessions: Sessions, person: int) -> None:
        self._exchange = exchange
        self._sessions = sessions
        self._person = person
        self.routes = [Route("/", self._index), *_fixed()]

    def person(self, request: Request) -> int:
        """Who acts: whom the page's address names, where such a person chats here.

        The names part roles, not secrets: whoever has the page may act as each of them.
        """
        named = request.query_params.get("person", "")
        if named.isascii() and named.isdecimal() and len(named) < 16:
            person = int(named)
            if self._exchange.store.person(person):
                return person
        return self._person

    def reader(self, request: Request) -> Reader:
        """In which language that person reads; the page shows times by itself."""
        language = self._exchange.person(self.person(request))["language_code"]
        return Reader(language, ZoneInfo("UTC"))

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, for sessions only; what it refuses becomes a sentence in JSON."""

        async def guarded(request: Request) -> Response:
            if not self._sessions.knows(request):
                closed = say(
                    "This page is no longer signed in. Open the address that is printed when "
                    "the desk starts."
                )
                return self._refusal(request, closed, 401)
            try:
                return await endpoint(request)
            except NotFound as error:
                return self._refusal(request, error.sentence, 404)
            except Unavailable as error:
                return self._refusal(request, error.sentence, 503)
            except VerifyError as error:
                return self._refusal(request, error.sentence, 400)
            except ClientDisconnect:
                return Response(status_code=400)
            except HTTPException:
                raise
            except Exception:
                _log.exception("The local chat failed at %s.", request.url.path[:40])
                return self._refusal(request, _FAILED, 500)

        return guarded

    def _refusal(self, request: Request, sentence: Sentence, status: int) -> Response:
        return JSONResponse({"error": plain(sentence, self.reader(request))}, status)

    async def _index(self, request: Request) -> Response:
        """The page for a session; with the key, a session first and then the clean address."""
        key = request.query_params.get("key")
        known = self._sessions.knows(request)
        if key and request.method == "GET":
            response = RedirectResponse("/", status_code=303)
            if known or self._sessions.open(key, response):
                return response
        name, status = ("index.html", 200) if known else ("closed.html", 403)
        return Response((_PAGE / name).read_bytes(), status, media_type="text/html")


def _fixed() -> Iterator[Route]:
    """The page's styles, scripts and icon; none of them holds a secret."""
    for file in _PAGE.iterdir():
        media_type = _FIXED.get(file.name[file.name.rfind(".") :])
        if media_type:
            yield Route(f"/{file.name}", _Fixed(file.read_bytes(), media_type))


class _Fixed:
    """An ASGI endpoint that always gives the same bytes."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self._content = content
        self._media_type = media_type

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Cache-Control": "no-cache"}
        response = Response(self._content, media_type=self._media_type, headers=headers)
        await response(scope, receive, send)
