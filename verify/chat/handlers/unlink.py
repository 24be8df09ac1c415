"""The button under a link that joined a picture: it was only a note."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.notes import keep_note
from verify.chat.turn import Turn
from verify.records import Addition, Role, say

LEAST = Role.REPORTER


async def _unlink(turn: Turn, action: Action) -> None:
    here = turn.here
    taken = await turn.call(
        turn.desk.sources.take_back,
        turn.person,
        action.case_id,
        Addition.LINK,
        action.value.split(" "),
        exhibit_id=action.exhibit_id,
        message=(*here, action.message_id) if action.message_id else None,
    )
    if action.item:  # with the words beside it, it is in a note already
        await turn.tell(say("Taken back; the note stays."), case_id=action.case_id)
        return
    # pressed twice, it stays one note
    key = f"unlinked {here}:{turn.pressed}"
    await keep_note(turn, action.case_id, "\n".join(taken) or action.value, key=key)


ACTIONS = {"unlink": _unlink}
