"""A forwarded text without a picture: a claim, by whoever said it first."""

from __future__ import annotations

from telegram import Message

from verify.chat.claiming import tell_kept
from verify.chat.intake import read_links, read_origin, words_beside_links
from verify.chat.joining import picture_of
from verify.chat.notes import open_case_of
from verify.chat.quoting import keep_quoted
from verify.chat.turn import Turn


def is_forwarded(message: Message) -> bool:
    """Whether a text was forwarded and says more than a link."""
    return message.forward_origin is not None and bool(words_beside_links(message))


async def keep_forwarded(turn: Turn, message: Message, replied: int | None) -> None:
    """Keep the words as a claim about the picture that they follow or answer, else about the case
    replied to, or the open one. Says what was kept, with a button that corrects it.
    """
    picture = await picture_of(turn, message)
    case_id = picture.case_id if picture else replied or await open_case_of(turn)
    claim = await turn.call(
        turn.desk.claims.state,
        turn.person,
        case_id,
        message.text or "",
        exhibit_id=picture.exhibit_id or None if picture else None,
        key=turn.key,
        origin=read_origin(message),
        links=read_links(message),
    )
    await tell_kept(turn, claim)
    await keep_quoted(turn, message, claim.case_id)
