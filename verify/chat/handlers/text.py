"""Words that are no command: a link behind a picture, a claim if they are forwarded, else a note;
in the case they belong to.
"""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from verify.chat.forwarding import is_forwarded, keep_forwarded
from verify.chat.joining import join
from verify.chat.notes import keep_note, open_case_of
from verify.chat.quoting import quoted
from verify.chat.turn import Turn
from verify.desk.permissions import at_least, require
from verify.records import Role

FILTER = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


async def handle(turn: Turn) -> None:
    """A reply goes to the case of the message it replies to; else to the open case."""
    message = turn.message
    if message is None or message.text is None:
        return
    if not is_forwarded(message) and await _joined(turn, message):
        return
    answered = message.reply_to_message
    replied = await turn.case_of(answered.message_id) if answered else None
    if replied is None and message.chat.type != message.chat.PRIVATE:
        return  # in a group people talk to each other
    require(turn.person, Role.REPORTER)
    if is_forwarded(message):
        await keep_forwarded(turn, message, replied)
        return
    words = "\n\n".join(part for part in (quoted(message), message.text) if part)
    await keep_note(turn, replied or await open_case_of(turn), words)


async def _joined(turn: Turn, message: Message) -> bool:
    """Whether it was a link behind a picture. A viewer's is not looked at: they are told below."""
    return at_least(turn.person, Role.REPORTER) and await join(turn, message)
