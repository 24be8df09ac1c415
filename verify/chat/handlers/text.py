"""Words that are no command: a note, in the case they belong to."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from verify.chat.notes import keep_note, open_case_of
from verify.chat.turn import Turn
from verify.store.submissions import receipt

FILTER = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND


async def handle(turn: Turn) -> None:
    """A reply goes to the case of the message it replies to; else to the open case."""
    message = turn.message
    if message is None or message.text is None:
        return
    replied = _replied_case(turn, message)
    if replied is None and message.chat.type != message.chat.PRIVATE:
        return  # in a group people talk to each other
    case_id = replied or open_case_of(turn)
    await keep_note(turn, case_id, message.text)


def _replied_case(turn: Turn, message: Message) -> int | None:
    """The case of the bot's message, or of the file, that a message replies to."""
    if message.reply_to_message is None:
        return None
    replied = (turn.out.bot.id, turn.out.chat_id, message.reply_to_message.message_id)
    about = turn.memory.placed(*replied) or receipt(turn.desk.store, *replied)
    return about.case_id if about else None
