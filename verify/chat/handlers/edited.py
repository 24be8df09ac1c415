"""An edited message: a caption renews its claim, an edited note is added beside the first.

A caption that was taken away leaves its claim as it was, which is said.

Telegram also sends edits that change nothing a reader sees; these change nothing here.
"""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from verify.chat.claiming import tell_kept
from verify.chat.intake import read_attachment, read_links
from verify.chat.notes import keep_note
from verify.chat.pages import Page
from verify.chat.replies.claim_pages import readings
from verify.chat.turn import Turn
from verify.language import html
from verify.records import say

FILTER = filters.UpdateType.EDITED_MESSAGE


async def handle(turn: Turn) -> None:
    """Tell a changed caption from a changed note."""
    message = turn.message
    if message and read_attachment(message):
        await _caption(turn, message)
    elif message and message.text:
        await _text(turn, message.text)


async def _caption(turn: Turn, message: Message) -> None:
    claim = await turn.call(
        turn.desk.receiving.edit_caption,
        turn.person,
        turn.out.bot.id,
        message.chat_id,
        message.message_id,
        message.caption or "",
        read_links(message),
        _key(turn),
    )
    if claim and claim.version == 1 and message.caption:
        await tell_kept(turn, claim)
    elif claim and not message.caption:
        sentence = say(
            "The caption was taken away in the chat. What it claimed in case {number} stays there;"
            " {command} corrects it.",
            number=claim.case_id,
            command="/claim",
        )
        await turn.tell(sentence, case_id=claim.case_id)
    elif claim:
        sentence = say(
            "The claim in case {number} now has version {version}; earlier versions are kept.",
            number=claim.case_id,
            version=claim.version,
        )
        text = f"{html(sentence, turn.reader)}\n{readings(claim, turn.reader)}"
        await turn.out.send("told", Page(text), case_id=claim.case_id)


async def _text(turn: Turn, text: str) -> None:
    """Only what became a note is followed; commands and answers stand as first written."""
    noted = await turn.call(turn.desk.cases.noted, turn.person, turn.key)
    if noted and noted.text != text.strip() and not text.startswith("/"):
        await keep_note(turn, noted.case_id, text, key=_key(turn), exhibit_id=noted.exhibit_id)


def _key(turn: Turn) -> str:
    """The name of this one edit, under which what it adds is added once."""
    return f"{turn.key}:{turn.out.update_id}"
