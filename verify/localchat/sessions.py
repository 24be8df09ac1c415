"""Who may use the page: whoever brings the one-time key, for as long as this desk runs.

All of it is in memory. A key in the printed address, or in the file that opens the page, lets one
page in; another one takes its place. A page that was in proves itself anew when it is loaded again,
by a secret that came out of its first meeting and never travelled.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verify.localchat.sealing import NONCE_BYTES, Channel, content, mac, name, text

_MEETING_SECONDS = 30.0
_MOST_MEETINGS = 200
_MOST_CHANNELS = 500
_MOST_PAGES = 200


@dataclass(frozen=True)
class _Meeting:
    secret: bytes
    page: bytes
    until: float


class Sessions:
    """The secrets and channels of one run of a desk. changed: is told each new one-time key."""

    def __init__(self, changed: Callable[[str], None] = lambda key: None) -> None:
        self._changed = changed
        self._key = secrets.token_bytes(NONCE_BYTES)
        self._pages: dict[str, bytes] = {}
        self._meetings: dict[str, _Meeting] = {}
        self._channels: dict[str, Channel] = {}

    @property
    def key(self) -> str:
        """The one-time key that lets in the next page."""
        return text(self._key)

    def meet(self, called: str, page: bytes) -> tuple[str, str] | None:
        """The desk's number and its proof for a page that names a secret; None for no secret.

        page: the page's number. Nothing is kept for who cannot name a secret.
        """
        known = {name(self._key): self._key, **self._pages}
        secret = known.get(called)
        if secret is None or len(page) != NONCE_BYTES:
            return None
        desk = secrets.token_bytes(NONCE_BYTES)
        self._meetings[text(desk)] = _Meeting(secret, page, time.monotonic() + _MEETING_SECONDS)
        _bound(self._meetings, _MOST_MEETINGS)
        return text(desk), text(mac(secret, "desk", page, desk))

    def enter(self, number: str, proof: str) -> bool:
        """Open the channel of a meeting whose page proves that it knows the secret, too.

        number: the desk's, which also names the channel. The one-time key is used up by it.
        """
        meeting = self._meetings.pop(number, None)
        if meeting is None or time.monotonic() > meeting.until:
            return False
        desk, page = content(number), meeting.page
        if not hmac.compare_digest(mac(meeting.secret, "page", page, desk), content(proof)):
            return False
        if meeting.secret == self._key:
            self._key = secrets.token_bytes(NONCE_BYTES)
            self._changed(self.key)
            again = mac(meeting.secret, "again", page, desk)
            self._pages[name(again)] = again
            _bound(self._pages, _MOST_PAGES)
        elif name(meeting.secret) not in self._pages:  # a key that was used up meanwhile
            return False
        self._channels[number] = Channel.between(meeting.secret, page, desk, here="desk")
        _bound(self._channels, _MOST_CHANNELS)
        return True

    def channel(self, number: str) -> Channel | None:
        """An open channel."""
        return self._channels.get(number)


def _bound(kept: dict[str, Any], most: int) -> None:
    """Let the oldest go beyond so many."""
    while len(kept) > most:
        kept.pop(next(iter(kept)))
