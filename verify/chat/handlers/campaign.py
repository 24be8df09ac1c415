"""/campaign: which accounts posted the same together: in the open case, by @name, by #hashtag."""

from __future__ import annotations

from verify.care.leaving import ours
from verify.chat.action import Action
from verify.chat.arguments import case_number
from verify.chat.handing_out import demand_alone
from verify.chat.pages import Page
from verify.chat.replies import campaign as replies
from verify.chat.turn import EXAMINATION, Turn
from verify.errors import NotFound
from verify.layouts import campaigns_graph
from verify.layouts.drawings import campaigns as drawings
from verify.records import CampaignFilter, CampaignReport, say

COMMAND = "campaign"
DESCRIPTION = say("Show which accounts posted the same together")


async def handle(turn: Turn, words: str) -> None:
    """Show it for what is named; else for the open case, or all posts where none is open."""
    wanted = words.strip()
    here = Action(name=COMMAND, value=wanted)
    if not wanted:
        here = Action(name=COMMAND, case_id=await turn.opened_case() or 0)
    elif wanted.isdecimal():
        here = Action(name=COMMAND, case_id=case_number(wanted))
    await _show(turn, here)


async def _told(turn: Turn, action: Action) -> CampaignReport:
    """What coincides, as far as the person may see it. Raises NotFound."""
    tagged = action.value.startswith("#")
    asked = CampaignFilter(
        account="" if tagged else action.value,
        hashtag=action.value if tagged else "",
        case_id=action.case_id or None,
    )
    async with turn.behind():
        return await turn.call(turn.desk.campaigns.told, turn.person, asked)


async def _show(turn: Turn, action: Action) -> None:
    page = replies.campaign_page(await _told(turn, action), action, turn.reader)
    purpose = EXAMINATION if action.case_id else ""
    await turn.show(page, case_id=action.case_id, purpose=purpose)


async def _more(turn: Turn, action: Action) -> None:
    page = replies.more_page(await _told(turn, action), action, turn.reader)
    purpose = EXAMINATION if action.case_id else ""
    await turn.show(page, case_id=action.case_id, purpose=purpose)


async def _timeline(turn: Turn, action: Action) -> None:
    report = await _told(turn, action)
    group = next((one for one in report.told.groups if drawings.key(one) == action.item), None)
    if group is None:
        raise NotFound(
            say("This is told no more: posts were added or taken out. Send {command} again.",
                command=f"/{COMMAND}")
        )  # fmt: skip
    drawn = await turn.call(drawings.draw_timeline, report, group, turn.reader)
    await _photo(turn, action, drawn, replies.under_timeline(report, group, turn.reader))


async def _network(turn: Turn, action: Action) -> None:
    report = await _told(turn, action)
    drawn = await turn.call(drawings.draw_network, report, turn.reader)
    await _photo(turn, action, drawn, replies.under_network(report, turn.reader))


async def _photo(turn: Turn, action: Action, drawn: bytes, page: Page) -> None:
    await turn.out.photo(
        action.name,
        ours(drawn),
        page,
        reply_to=turn.pressed,
        case_id=action.case_id,
        exhibit_id=0,
        purpose=action.name,
        spoiler=False,  # marks and names: nothing in it could shock
    )


async def _csv(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    report = await _told(turn, action)
    content = await turn.call(campaigns_graph.shares_csv, report, turn.reader)
    await _file(turn, action, report, content, "campaign.csv")


async def _graphml(turn: Turn, action: Action) -> None:
    demand_alone(turn)
    report = await _told(turn, action)
    content = await turn.call(campaigns_graph.graphml, report, turn.reader)
    await _file(turn, action, report, content, "campaign.graphml")


async def _file(
    turn: Turn, action: Action, report: CampaignReport, content: bytes, name: str
) -> None:
    under = replies.under_network(report, turn.reader)
    await turn.out.document(action.name, content, name, under, case_id=action.case_id)


ACTIONS = {
    COMMAND: _show,
    "campaign-more": _more,
    "campaign-timeline": _timeline,
    "campaign-network": _network,
    "campaign-csv": _csv,
    "campaign-graphml": _graphml,
}
