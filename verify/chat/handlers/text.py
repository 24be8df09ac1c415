"""Words that are no command: a note, in the case they belong to."""

from __future__ import annotations

from telegram.ext import filters

from verify.chat.notes import keep_note, open_case_of
from verify.chat.turn import Turn

FILTER = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


async def handle(turn: Turn) -> None:
    """A reply goes to the case of the message it replies to; else to the open case."""
    if turn.message is None or turn.message.text is None:
        return
    replied = turn.message.reply_to_message
    placed = replied and turn.memory.placed(turn.out.bot.id, turn.out.chat_id, replied.message_id)
    case_id = placed.case_id if placed else open_case_of(turn)
    await keep_note(turn, case_id, turn.message.text)
