"""/verdict and the Verdict button: a person concludes, about one exhibit and one claim."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action, encode
from verify.chat.arguments import names_a_case
from verify.chat.notes import case_meant
from verify.chat.replies.choosing import choose_exhibit
from verify.chat.replies.verdict import ask_why, choose_claim, choose_rating, kept
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.layouts.ratings import led_by_rating
from verify.records import CaseReport, Rating, Role, say

LEAST = Role.REPORTER
COMMAND = "verdict"
DESCRIPTION = say("Conclude about an exhibit of the open case")


async def handle(turn: Turn, words: str) -> None:
    """Begin: which exhibit, against which claim, which rating, and why; words may name the last
    two."""
    case_id = await case_meant(turn, words)
    named, reason = led_by_rating("" if names_a_case(words) else words)
    begun = Action(name="verdict", value=named or "", words=reason)
    report = await turn.call(turn.desk.reports.case, turn.person, case_id)
    if not report.exhibits:
        raise NotFound(say("This case has no exhibit to conclude about."))
    if len(report.exhibits) > 1:
        await _exhibits(turn, replace(begun, name="verdict-exhibits", case_id=report.id))
        return
    only = report.exhibits[0].exhibit_id
    await _claim(turn, replace(begun, case_id=report.id, exhibit_id=only), report)


async def _exhibits(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    asked = say("Case {number}: about which exhibit do you conclude?", number=report.id)
    to = replace(action, name="verdict", page=0)
    await turn.show(choose_exhibit(asked, report, action, to, turn.reader), case_id=report.id)


async def _exhibit(turn: Turn, action: Action) -> None:
    """The exhibit is chosen; the buttons go into a message of their own."""
    await turn.open_case(action.case_id)
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await _claim(turn, action, report)


async def _claim(turn: Turn, action: Action, report: CaseReport) -> None:
    claims = [one for one in report.claims if one.exhibit_id in (None, action.exhibit_id)]
    if claims:
        page = choose_claim(report, action, claims, turn.reader)
    else:
        page = choose_rating(report, action, turn.reader)
    await turn.out.send("choose", page, case_id=report.id, exhibit_id=action.exhibit_id)


async def _rating(turn: Turn, action: Action) -> None:
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    await turn.show(choose_rating(report, action, turn.reader), case_id=report.id)


async def _ask(turn: Turn, action: Action) -> None:
    """A rating is chosen; nothing is recorded until the reason is written, if it is not yet."""
    if action.words:
        # pressed twice, it stays one verdict
        key = f"verdict {turn.here}:{turn.pressed}:{action.value}"
        await _conclude(turn, action, action.words, key)
        return
    await turn.out.send(
        "why",
        ask_why(Rating(action.value), turn.reader),
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(replace(action, name="verdict-why")),
    )


async def _written(turn: Turn, action: Action, reason: str) -> None:
    await _conclude(turn, action, reason, turn.key)


async def _conclude(turn: Turn, action: Action, reason: str, key: str) -> None:
    verdict = await turn.call(
        turn.desk.verdicts.conclude,
        turn.person,
        action.case_id,
        action.exhibit_id,
        Rating(action.value),
        reason,
        claim_id=action.claim_id or None,
        key=key,
    )
    second = await turn.call(turn.desk.verdicts.confirmable, turn.person)
    page = kept(verdict, turn.reader, confirmable=second)
    await turn.out.send("concluded", page, case_id=action.case_id)


UNLOCKED = frozenset({"verdict", "verdict-exhibits", "verdict-claim", "verdict-rating"})
ACTIONS = {
    "verdict": _exhibit,
    "verdict-exhibits": _exhibits,
    "verdict-claim": _rating,
    "verdict-rating": _ask,
}
REPLIES = {"verdict-why": _written}
