"""A picture that nobody may hold, withheld on a person's word, once it was said what that means."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import Page, button
from verify.chat.replies.choosing import chosen
from verify.chat.turn import Turn
from verify.language import html
from verify.records import Role, say


async def _ask(turn: Turn, action: Action) -> None:
    """What it means, before it is done."""
    meaning = say(
        "Withhold this picture, as its possession may be a crime? It is neither examined nor"
        " found, exported nor backed up any more, goes from the local chat, and is shown to one"
        " named person alone; so are its copies. Nothing undoes it. The desk gives no advice: ask"
        " your lawyer or a hotline."
    )
    yes = button(say("Yes, withhold it"), replace(action, name="withhold-it"), turn.reader)
    back = button(say("Back"), replace(action, name="marks"), turn.reader)
    await turn.show(
        Page(html(meaning, turn.reader), ((yes,), (back,))),
        case_id=action.case_id,
        exhibit_id=action.exhibit_id,
    )


async def _withhold(turn: Turn, action: Action) -> None:
    if await turn.out.was_sent("withheld"):
        return
    report = await turn.call(turn.desk.reports.case, turn.person, action.case_id)
    exhibit = chosen(report, action.exhibit_id)
    await turn.call(turn.desk.withholding.withhold, turn.person, exhibit.sha256)
    done = say(
        "It is withheld. What stands in Telegram, in exports and backups made before is out of"
        " reach. Ask your lawyer or a hotline what to do."
    )
    await turn.out.send("withheld", Page(html(done, turn.reader)))


NEEDS = {"withhold": Role.REPORTER, "withhold-it": Role.REPORTER}
ACTIONS = {"withhold": _ask, "withhold-it": _withhold}
