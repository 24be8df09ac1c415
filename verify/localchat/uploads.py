"""Files on their way in: streamed to disk, bounded, then sent with a message."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from verify.errors import BadInput, NotFound
from verify.lab.wire import FILE_BYTES
from verify.localchat.kinds import check_size
from verify.localchat.requests import Upload
from verify.records import ByteSize, say
from verify.store.database.refusals import in_a_sentence
from verify.store.localchat.files import ChatFiles

_WAITING = 50
_AT_ONCE = FILE_BYTES  # it is all in memory for a moment


@dataclass(frozen=True)
class _Waiting:
    path: Path
    name: str
    media_type: str
    size: int


class Uploads:
    """Uploads that no message carries yet; the oldest of too many are dropped."""

    def __init__(self, files: ChatFiles) -> None:
        self._files = files
        self._waiting: dict[str, _Waiting] = {}

    async def take(self, chunks: AsyncIterator[bytes], name: str, media_type: str) -> str:
        """Receive one file. Raises BadInput once it is larger than the chat takes, Unavailable
        where the disk refuses it."""
        with in_a_sentence():
            path, file = self._files.incoming()
        size = 0
        try:
            with in_a_sentence(), file:
                async for chunk in chunks:
                    size += len(chunk)
                    check_size(size, name)
                    file.write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        while len(self._waiting) >= _WAITING:
            self.drop(next(iter(self._waiting)))
        token = secrets.token_urlsafe(16)
        self._waiting[token] = _Waiting(path, name, media_type, size)
        return token

    async def read(self, tokens: Sequence[str]) -> list[Upload]:
        """The files behind these tokens.

        Raises NotFound when one is gone, BadInput when together they are too much to hold.
        """
        found = [waiting for token in tokens if (waiting := self._waiting.get(token))]
        if len(found) < len(tokens):
            raise NotFound(say("The file is no longer here: choose it again."))
        if sum(waiting.size for waiting in found) > _AT_ONCE:
            raise BadInput(
                say(
                    "Together these files are larger than {limit}. Send them in parts.",
                    limit=ByteSize(count=_AT_ONCE),
                )
            )
        try:
            return [
                Upload(await asyncio.to_thread(one.path.read_bytes), one.name, one.media_type)
                for one in found
            ]
        except FileNotFoundError as error:  # a wipe takes what no message carries yet
            raise NotFound(say("The file is no longer here: choose it again.")) from error

    def drop(self, token: str) -> None:
        """Forget an upload, sent or not."""
        waiting = self._waiting.pop(token, None)
        if waiting is not None:
            waiting.path.unlink(missing_ok=True)
