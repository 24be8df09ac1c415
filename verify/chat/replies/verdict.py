"""The steps to a verdict: which exhibit, which claim, which rating, why."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button, in_rows
from verify.chat.replies.choosing import chosen, named
from verify.chat.replies.handover import unanswered
from verify.chat.replies.markup import FULL_TEXT, bold, bullet, italic
from verify.language import Reader, html
from verify.records import (
    CaseReport,
    Claim,
    Rating,
    Verdict,
    VerdictState,
    say,
)
from verify.wording.terms import word
from verify.wording.verdicts import meaning, state, why

_MOST_CHOICES = 20
_CLAIM_CHARACTERS = 150


def choose_claim(
    report: CaseReport, action: Action, claims: Sequence[Claim], reader: Reader
) -> Page:
    """Against which claim, the latest last; or against none."""
    asked = say("Case {number}: against which claim do you conclude?", number=report.id)
    lines, choices = [bold(asked, reader)], []
    to = replace(action, name="verdict-claim")
    for number, claim in enumerate(claims[-_MOST_CHOICES:], start=1):
        lines.append(f"{number}. {html(claim.text, reader, limit=_CLAIM_CHARACTERS)}")
        label = say("Claim {number}", number=number)
        choices.append(button(label, replace(to, claim_id=claim.id), reader))
    choices.append(button(say("No particular claim"), to, reader))
    return Page("\n".join(lines), in_rows(choices, 3))


def choose_rating(report: CaseReport, action: Action, reader: Reader) -> Page:
    """Which rating, with the exhibit and the claim they are about; one that was named stands first.

    The starred items that nobody answered are named before anybody signs.
    """
    exhibit = chosen(report, action.exhibit_id)
    claim = next((one for one in report.claims if one.id == action.claim_id), None)
    lines = [
        bold(say("Case {number}: what do you conclude?", number=report.id), reader),
        html(named(exhibit), reader),
    ]
    if claim:
        about = say("About the claim: {claim}", claim=claim.text)
        lines.append(html(about, reader, limit=_CLAIM_CHARACTERS))
    lines += ["", *unanswered(report.unanswered, reader), ""]
    lines += [bullet(meaning(rating), reader) for rating in Rating]
    if action.words:
        lines.append(
            "\n" + html(say("Why: {reason}", reason=action.words), reader, limit=FULL_TEXT)
        )
    else:
        lines.append("\n" + italic(say("You will be asked to write why."), reader))
    to = replace(action, name="verdict-rating")
    choices = {one: button(word(one), replace(to, value=one.value), reader) for one in Rating}
    first = [choices.pop(one) for one in Rating if one == action.value]
    return Page("\n".join(lines), (*in_rows(first, 1), *in_rows([*choices.values()], 2)))


def ask_why(rating: Rating, reader: Reader) -> Page:
    """The prompt for the reason, without which nothing is recorded."""
    asked = say("{rating}: reply to this message with why you conclude that.", rating=word(rating))
    return Page(html(asked, reader), asks=True)


def kept(verdict: Verdict, reader: Reader, *, confirmable: bool) -> Page:
    """That a verdict is in the case. confirmable: whether there is anybody to confirm it."""
    title = say(
        "Verdict in case {number}: {rating}", number=verdict.case_id, rating=word(verdict.rating)
    )
    lines = [bold(title, reader), html(why(verdict), reader, limit=FULL_TEXT)]
    if stands := state(verdict):
        lines.append(italic(stands, reader))
    if verdict.state is VerdictState.PROPOSED and not confirmable:
        lines.append(
            html(
                say(
                    "Nobody else here may confirm it yet: that takes another editor or owner. An"
                    " owner invites one, or changes a role, with {command}.",
                    command="/team",
                ),
                reader,
            )
        )
    if verdict.state is VerdictState.CONFIRMED:
        lines.append(
            html(
                say(
                    "You are the only member of this desk, so nobody has to confirm it. The case is"
                    " concluded and locked."
                ),
                reader,
            )
        )
    return Page("\n".join(lines))
