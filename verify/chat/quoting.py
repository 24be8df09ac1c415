"""What a message quotes, or answers in another chat, kept as a note beside it."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import ExternalReplyInfo, Message

from verify.chat.intake import origin_of
from verify.chat.notes import keep_note
from verify.chat.turn import Turn

_LONGEST = 2000  # characters of a quote; Telegram's have 1024


def quoted(message: Message) -> str:
    """The words that a message quotes and where they stand, as lines behind ">"; or "".

    A reply to a message of another chat names its author, and its link where that is public.
    """
    lines = message.quote.text[:_LONGEST].splitlines() if message.quote else []
    if outside := message.external_reply:
        lines.append(" ".join(("—", *_stands(outside))))
    return "\n".join(f"> {line}" for line in lines)


def _stands(outside: ExternalReplyInfo) -> Iterator[str]:
    if origin := origin_of(outside.origin):
        yield origin.name
    if outside.chat and outside.chat.username and outside.message_id:
        yield f"https://t.me/{outside.chat.username}/{outside.message_id}"


async def keep_quoted(turn: Turn, message: Message, case_id: int) -> None:
    """Keep what a message quotes as a note of its own, if it does."""
    if words := quoted(message):
        await keep_note(turn, case_id, words, key=f"{turn.key}:quoted")
