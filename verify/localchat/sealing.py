"""The channel between a page and its desk: what goes through it only these two can read or make.

Both know a secret, which neither says. Each proves to the other that it knows it, by an HMAC over
a random number of each side; from the same numbers come the keys of the channel. Every call has a
number of its own and goes as records of AES-256-GCM, which hold for one path, one direction, one
place in the order, and one end: nothing can be changed, moved, cut off or used again. The other
side is page/channel.js. Sources: RFC 2104; NIST SP 800-38D; the records follow the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizar (2015).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 32
RECORD_BYTES = 1 << 20  # of plain text in one record, at most
_TAG_BYTES = 16
_LENGTH_BYTES = 4
_MOST_CALLS = 1 << 40
_LATE = 2048  # so far behind the newest a call may come in


class Unsealed(Exception):  # noqa: N818 - the word for it
    """What came was not made by the other side of this channel, for this call."""


def text(content: bytes) -> str:
    """Bytes as text that fits into an address: base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def content(text: str) -> bytes:
    """The bytes of such text; empty for anything else."""
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), b"-_", validate=True)
    except ValueError:
        return b""


def mac(secret: bytes, purpose: str, *nonces: bytes) -> bytes:
    """HMAC-SHA-256 over a purpose and numbers of NONCE_BYTES each."""
    return hmac.digest(secret, b"\0".join((purpose.encode(), *nonces)), hashlib.sha256)


def name(secret: bytes) -> str:
    """What a secret may be called in the open: it does not lead back to it."""
    return text(mac(secret, "name"))


@dataclass
class Channel:
    """One side's view. outward, inward: the keys of what it sends and what it gets."""

    outward: AESGCM
    inward: AESGCM
    _newest: int = -1
    _seen: set[int] = field(default_factory=set)

    @classmethod
    def between(cls, secret: bytes, page: bytes, desk: bytes, *, here: str) -> Channel:
        """The channel that comes from a secret and both numbers. here: `page` or `desk`."""
        keys = {side: AESGCM(mac(secret, f"from the {side}", page, desk)) for side in _SIDES}
        return cls(keys[here], keys[_SIDES[here]])

    def take(self, call: int) -> None:
        """Note that a call came in. Raises Unsealed for one that did before, or is long late."""
        if call in self._seen or call <= self._newest - _LATE:
            raise Unsealed
        self._seen.add(call)
        if call > self._newest:
            self._newest = call
            self._seen = {one for one in self._seen if one > call - _LATE}

    def seal(self, call: int, path: str, number: int, record: bytes, *, last: bool) -> bytes:
        """One record, ready to send: its length, then what is sealed."""
        sealed = self.outward.encrypt(_nonce(call, number, last), record, path.encode())
        return len(sealed).to_bytes(_LENGTH_BYTES) + sealed

    def records(self, call: int, path: str, parts: Iterator[bytes]) -> Iterator[bytes]:
        """All parts as records, of which the last one says that it is the last."""
        waiting, number = next(parts, b""), 0
        for part in parts:
            yield self.seal(call, path, number, waiting, last=False)
            waiting, number = part, number + 1
        yield self.seal(call, path, number, waiting, last=True)

    async def opened(
        self, call: int, path: str, chunks: AsyncIterator[bytes]
    ) -> AsyncIterator[bytes]:
        """The records in what comes. Raises Unsealed, also when it ends before its end."""
        pending, number = bytearray(), 0
        async for chunk in chunks:
            pending += chunk
            while (length := _first_length(pending)) is not None:
                sealed = bytes(pending[_LENGTH_BYTES : _LENGTH_BYTES + length])
                del pending[: _LENGTH_BYTES + length]
                record, last = self._open(call, path, number, sealed)
                number += 1
                yield record
                if last:
                    return
        raise Unsealed

    def _open(self, call: int, path: str, number: int, sealed: bytes) -> tuple[bytes, bool]:
        for last in (False, True):
            try:
                nonce = _nonce(call, number, last)
                return self.inward.decrypt(nonce, sealed, path.encode()), last
            except InvalidTag:
                continue
        raise Unsealed


_SIDES = {"page": "desk", "desk": "page"}


def _first_length(pending: bytearray) -> int | None:
    """The length of the first record, once all of it is there. Raises Unsealed."""
    if len(pending) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(pending[:_LENGTH_BYTES])
    if not _TAG_BYTES <= length <= RECORD_BYTES + _TAG_BYTES:
        raise Unsealed
    return length if len(pending) >= _LENGTH_BYTES + length else None


def _nonce(call: int, number: int, last: bool) -> bytes:
    if not 0 <= call < _MOST_CALLS:
        raise Unsealed
    return call.to_bytes(6) + number.to_bytes(5) + bytes([last])
