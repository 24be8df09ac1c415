"""Who may use the page: a one-time key in the printed address starts a cookie session."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from verify.store.localchat import ChatStore

SECONDS = 180 * 24 * 3600.0


class Sessions:
    """One key a start, good for one browser; cookies that outlive restarts.

    The store has digests of cookies only. Cookies do not tell ports apart, so the name
    carries the bot's id: two desks on one machine do not disturb each other.
    """

    def __init__(self, store: ChatStore, bot_id: int) -> None:
        self._store = store
        self._cookie = f"verify-desk-{bot_id}"
        self.key = secrets.token_urlsafe(24)
        self._used = False

    def knows(self, request: Request) -> bool:
        """Whether the request's cookie was given out here."""
        cookie = request.cookies.get(self._cookie, "")
        return bool(cookie) and self._store.has_session(_digest(cookie), SECONDS)

    def open(self, key: str, response: Response) -> bool:
        """Exchange the key for a cookie on the response; False if it is wrong or used."""
        if self._used or not hmac.compare_digest(key.encode(), self.key.encode()):
            return False
        self._used = True
        cookie = secrets.token_urlsafe(32)
        self._store.add_session(_digest(cookie))
        response.set_cookie(
            self._cookie,
            cookie,
            max_age=int(SECONDS),
            httponly=True,
            samesite="strict",
            path="/",
        )
        return True


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
