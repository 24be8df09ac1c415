"""Gets a message's file from Telegram: with a limit, and never a file of this machine's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from telegram import Bot
from telegram.error import BadRequest

from verify.chat.intake import Attachment
from verify.chat.requests import BotRequest
from verify.errors import BadInput, Unavailable
from verify.records import say

LIMIT_BYTES = 20 * 1024 * 1024  # what Telegram's own servers hand to bots


@dataclass(frozen=True)
class Files:
    """Where files come from. folder: the only one from which paths of a local server are read."""

    bot: Bot
    request: BotRequest
    folder: Path | None = None

    def refuse_too_big(self, attachment: Attachment) -> None:
        """Raise BadInput for a file that Telegram will not hand over."""
        if self.folder is None and (attachment.size or 0) > LIMIT_BYTES:
            raise too_big()

    async def fetch(self, attachment: Attachment) -> bytes | Path:
        """The file's bytes, or where a local Bot API server put them.

        Raises BadInput when it is too big, Unavailable when it cannot be had now.
        """
        self.refuse_too_big(attachment)
        try:
            file = await self.bot.get_file(attachment.file_id)
            named = file.file_path or ""
            if named.startswith(f"{self.bot.base_file_url}/"):
                return await self.request.download(named, LIMIT_BYTES, too_big())
        except BadRequest as error:
            if "file is too big" in error.message.lower():
                raise too_big() from None
            raise Unavailable(
                say("Telegram did not hand over this file just now. Please send it again.")
            ) from None
        return self._local(named)

    def _local(self, named: str) -> Path:
        """A path that the server named, if it leads into the folder set aside for that."""
        if self.folder is not None and named:
            path = Path(named).resolve()
            if path.is_relative_to(self.folder.resolve()) and path.is_file():
                return path
        raise Unavailable(
            say(
                "The Bot API server named a file outside the folder that BOT_API_FILES allows;"
                " it was not read."
            )
        )


def too_big() -> BadInput:
    """What to tell about a file that Telegram does not hand to bots."""
    return BadInput(
        say(
            "This file is larger than 20 MiB, and Telegram does not hand such files to bots."
            " Import it on the desk's computer instead: {command}",
            command="verify-desk import PATH",
        )
    )
