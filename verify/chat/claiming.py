"""Says that a claim was kept, with what was read from it and a button that corrects it."""

from __future__ import annotations

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.claim_pages import readings
from verify.chat.turn import Turn
from verify.language import html
from verify.records import Claim, say


async def tell_kept(turn: Turn, claim: Claim) -> None:
    """Tell it in a message of its own."""
    show = Action(name="claim-show", case_id=claim.case_id, claim_id=claim.id)
    kept = say("Kept as a claim in case {number}.", number=claim.case_id)
    page = Page(
        "\n".join((html(kept, turn.reader), readings(claim, turn.reader))),
        ((button(say("Look at it, or correct it"), show, turn.reader),),),
    )
    await turn.out.send("claim kept", page, case_id=claim.case_id)
