"""A proposed verdict as it is put before who confirms it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.handover import unanswered
from verify.chat.replies.markup import FULL_TEXT, bold, italic
from verify.language import Reader, html
from verify.records import ChecklistItem, Instant, Verdict, say
from verify.wording.terms import word
from verify.wording.verdicts import against, why


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
    if about := against(verdict):
        lines.append(html(about, reader, limit=FULL_TEXT))
    lines.append(html(why(verdict), reader, limit=FULL_TEXT))
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
