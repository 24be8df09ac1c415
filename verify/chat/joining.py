"""A link sent alone behind a picture joins its sighting, like one in its caption."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram import Message

from verify.chat.action import Action
from verify.chat.intake import is_post_alone, read_links, words_beside_links
from verify.chat.notes import keep_note
from verify.chat.pages import Page, button
from verify.chat.replies.keep_post import how_to
from verify.chat.turn import EXAMINATION, Turn
from verify.language import html
from verify.records import Addition, say

_SOON = timedelta(minutes=10)  # later it may well be about something else
_FEW = 6  # words that may stand beside it


@dataclass(frozen=True)
class Picture:
    """The picture that a message follows or replies to. message_id: what brought it, or 0."""

    case_id: int
    exhibit_id: int = 0
    message_id: int = 0


async def picture_of(turn: Turn, message: Message) -> Picture | None:
    """The picture that the message replies to; else the one that the same person just sent here,
    if its case is still the open one."""
    here = turn.here
    if replied := message.reply_to_message:
        number = replied.message_id
        place = await turn.call(turn.desk.sources.brought, turn.person, *here, number)
        if place:
            return Picture(place.case_id, place.exhibit_id, number)
        placed = await turn.call(turn.memory.placed, *here, number)
        if placed and (placed.exhibit_id or placed.purpose == EXAMINATION):
            return Picture(placed.case_id, placed.exhibit_id or 0)
        return None
    place = await turn.call(turn.desk.sources.brought, turn.person, *here)
    if (
        place is None
        or not place.message_id < message.message_id
        or message.date - place.received_at > _SOON
        or place.case_id != await turn.opened_case()
    ):
        return None
    return Picture(place.case_id, place.exhibit_id, place.message_id)


async def join(turn: Turn, message: Message) -> bool:
    """Add the links of a text with few other words to the picture it belongs to; the words become
    a note. False where it is no such text, or belongs to none."""
    links, beside = read_links(message), words_beside_links(message)
    if not links or len(beside.split()) > _FEW:
        return False
    picture = await picture_of(turn, message)
    if picture is None:
        return False
    where = (*turn.here, picture.message_id) if picture.message_id else None
    turn.address(picture.case_id)
    await turn.call(
        turn.desk.sources.add,
        turn.person,
        picture.case_id,
        Addition.LINK,
        links,
        exhibit_id=picture.exhibit_id,
        message=where,
    )
    case_id = await turn.call(turn.desk.reports.standing, turn.person, picture.case_id)
    undo = Action(
        name="unlink",
        case_id=case_id,
        exhibit_id=picture.exhibit_id,
        message_id=picture.message_id,
        value=" ".join(links),
        item="noted" if beside else "",
    )
    how = (how_to(turn.reader),) if is_post_alone(message) else ()
    await turn.out.send(
        "linked",
        Page(
            html(
                say(
                    "Kept in case {number} as a place where the picture was posted.", number=case_id
                ),
                turn.reader,
            ),
            ((button(say("No, only a note"), undo, turn.reader), *how),),
        ),
        case_id=case_id,
        exhibit_id=picture.exhibit_id,
    )
    if beside:
        await keep_note(turn, case_id, message.text or "")
    return True
