"""/claim and the Claim button: what is said about a picture, and by whom."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action, encode
from verify.chat.notes import open_case_of
from verify.chat.pages import Page, button
from verify.chat.replies.markup import FULL_TEXT, bold
from verify.chat.replies.people import claimed
from verify.chat.turn import Turn
from verify.errors import NotFound
from verify.language import html
from verify.records import Claim, Sentence, say

COMMAND = "claim"
DESCRIPTION = say("State what is said about the picture")


async def handle(turn: Turn, words: str) -> None:
    """Keep the words as a claim in the open case; without words, ask for them."""
    case_id = open_case_of(turn)
    report = await turn.call(turn.desk.case, turn.person, case_id)
    only = report.exhibits[0].exhibit_id if len(report.exhibits) == 1 else 0
    action = Action(name="claim", case_id=case_id, exhibit_id=only)
    if words:
        await _written(turn, action, words)
    else:
        await _ask(turn, action)


async def _ask(turn: Turn, action: Action) -> None:
    turn.open_case(action.case_id)
    asked = say(
        "Reply to this message with what is said about the picture of case {number}:"
        " what it is to show, where and when.",
        number=action.case_id,
    )
    await _prompt(turn, action, asked)


async def _written(turn: Turn, action: Action, text: str) -> None:
    claim = await turn.call(
        turn.desk.claim,
        turn.person,
        action.case_id,
        text,
        exhibit_id=action.exhibit_id or None,
        key=turn.key,
    )
    await _kept(turn, claim)


async def _kept(turn: Turn, claim: Claim) -> None:
    title = say(
        "Claim in case {number}, version {version}", number=claim.case_id, version=claim.version
    )
    text = f"{bold(title, turn.reader)}\n{html(claimed(claim), turn.reader, limit=FULL_TEXT)}"
    who = Action(name="claimant", case_id=claim.case_id, claim_id=claim.id)
    rows = ((button(say("Say who claims it"), who, turn.reader),),)
    await turn.out.send("claimed", Page(text, rows), case_id=claim.case_id)


async def _ask_who(turn: Turn, action: Action) -> None:
    await _prompt(turn, action, say("Reply to this message with the name of who claims it."))


async def _named(turn: Turn, action: Action, name: str) -> None:
    report = await turn.call(turn.desk.case, turn.person, action.case_id)
    claim = next((claim for claim in report.claims if claim.id == action.claim_id), None)
    if claim is None:
        raise NotFound(say("There is no such claim in this case, or it has a newer version."))
    named = await turn.call(
        turn.desk.claim,
        turn.person,
        action.case_id,
        claim.text,
        claimant=name,
        revises=claim.id,
        key=turn.key,
    )
    await _kept(turn, named)


async def _prompt(turn: Turn, action: Action, asked: Sentence) -> None:
    await turn.out.send(
        "ask",
        Page(html(asked, turn.reader), asks=True),
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
        purpose=encode(replace(action, page=0)),
    )


ACTIONS = {"claim": _ask, "claimant": _ask_who}
REPLIES = {"claim": _written, "claimant": _named}
