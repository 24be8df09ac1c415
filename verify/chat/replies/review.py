"""A proposed verdict as it is put before who confirms it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.handover import unanswered
from verify.chat.replies.markup import FULL_TEXT, bold, italic
from verify.language import Reader, html, word
from verify.records import ChecklistItem, Instant, Verdict, VerdictState, say


def review_page(
    verdict: Verdict, missing: Sequence[ChecklistItem], reader: Reader, *, decides: bool
) -> Page:
    """The verdict, and what is unanswered. decides: whether this reader may confirm."""
    title = say(
        "Case {number}, proposed by {person}, {when}",
        number=verdict.case_id,
        person=verdict.by,
        when=Instant(at=verdict.at),
    )
    lines = [bold(title, reader), bold(word(verdict.rating), reader)]
    if verdict.claim:
        about = say("Against the claim: {claim}", claim=verdict.claim.text)
        lines.append(html(about, reader, limit=FULL_TEXT))
    lines.append(html(say("Why: {reason}", reason=verdict.reason), reader, limit=FULL_TEXT))
    lines += ["", *unanswered(missing, reader)]
    if not decides:
        who = say("An editor or an owner who did not propose it confirms or returns it.")
        lines.append(italic(who, reader))
        return Page("\n".join(lines))
    confirm = Action(name="confirm", case_id=verdict.case_id, verdict_id=verdict.id)
    return Page(
        "\n".join(lines),
        (
            (
                button(say("Confirm"), confirm, reader),
                button(say("Return"), replace(confirm, name="return"), reader),
            ),
        ),
    )


def state(verdict: Verdict, reader: Reader) -> str:
    """Who confirmed or returned a verdict, or that it waits."""
    if verdict.state is VerdictState.PROPOSED:
        return italic(say("Proposed; it waits for somebody else to confirm it."), reader)
    if verdict.state is VerdictState.RETURNED:
        returned = say(
            "Returned by {person}: {remark}", person=verdict.decided_by, remark=verdict.remark
        )
        return html(returned, reader, limit=FULL_TEXT)
    if verdict.decided_by:
        return html(say("Confirmed by {person}.", person=verdict.decided_by), reader)
    return ""
