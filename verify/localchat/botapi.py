"""The Bot API's side of the server: /bot<token>/<method> and /file/bot<token>/<path>."""

from __future__ import annotations

import hmac
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from verify.errors import Unavailable
from verify.localchat.exchange import Exchange, Json
from verify.localchat.methods import methods
from verify.localchat.refusals import Refused
from verify.localchat.requests import read_call

_log = logging.getLogger(__name__)


class BotApi:
    """Answers a bot that knows the token."""

    def __init__(self, exchange: Exchange, token: str) -> None:
        self._exchange = exchange
        self._token = token
        self.routes = [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self.download, methods=["GET"]),
        ]

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        try:
            self._check_token(request)
            method = methods().get(request.path_params["method"].lower())
            if method is None:
                raise Refused("Not Found: method not found", code=404)
            result = await method(self._exchange, await read_call(request))
        except Refused as refused:
            return _refusal(refused)
        except HTTPException:
            raise
        except Unavailable:
            return _refusal(Refused("Internal Server Error: the disk refuses", code=500))
        except Exception:
            _log.exception("The local chat failed at %s.", request.path_params["method"][:40])
            return _refusal(Refused("Internal Server Error: restart", code=500))
        return JSONResponse({"ok": True, "result": result})

    async def download(self, request: Request) -> Response:
        """The bytes of a file at the path that getFile named."""
        try:
            self._check_token(request)
        except Refused as refused:
            return _refusal(refused)
        file = self._exchange.store.files.at(request.path_params["path"])
        if file is None:
            return _refusal(Refused("Not Found", code=404))
        return FileResponse(
            self._exchange.store.files.content(file), media_type="application/octet-stream"
        )

    def _check_token(self, request: Request) -> None:
        given = request.path_params["token"].encode()
        if not hmac.compare_digest(given, self._token.encode()):
            raise Refused("Unauthorized", code=401)


def _refusal(refused: Refused) -> JSONResponse:
    answer: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        answer["parameters"] = refused.parameters
    return JSONResponse(answer, status_code=refused.code)
