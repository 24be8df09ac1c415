"""What accounts posted together of what a case shows, in a report: in words, and drawn."""

from __future__ import annotations

from collections.abc import Iterator

from verify.layouts.drawings import campaigns as drawings
from verify.layouts.report.telling import Telling
from verify.records import AccountGroup, Block, CampaignReport, Figure, Heading, Line, Section
from verify.wording import campaign_pictures, campaigns
from verify.wording import report as wording

_MOST_DRAWN = 6  # groups with a timeline of their own


def campaign(tell: Telling, found: CampaignReport) -> Section:
    """The groups, each with its timeline, all of them as a network, then what is told besides."""
    blocks: list[Block] = [Line(text=tell(campaigns.heading(found)))]
    for number, group in enumerate(found.told.groups, start=1):
        title = tell(campaign_pictures.group(number))
        blocks.append(Heading(id=f"campaign-{number}", text=title))
        blocks += [Line(text=tell(line)) for line in campaigns.group(found, group)]
        if number <= _MOST_DRAWN:
            blocks.append(_timeline(tell, found, group))
    if found.told.groups:
        blocks.append(Heading(id="campaign-network", text=tell(campaign_pictures.WHO_WITH_WHOM)))
        blocks.append(_network(tell, found))
    blocks += [Line(text=line) for line in _besides(tell, found)]
    blocks += [Line(text=tell(line), kind="small") for line in campaigns.left_out(found)]
    return Section(id="campaign", title=tell(wording.CAMPAIGN), blocks=tuple(blocks))


def _timeline(tell: Telling, found: CampaignReport, group: AccountGroup) -> Figure:
    alt = campaign_pictures.timeline(len(group.accounts), group.first, group.last)
    png = drawings.draw_timeline(found, group, tell.reader)
    return Figure(image=png, alt=tell(alt), tall=True)


def _network(tell: Telling, found: CampaignReport) -> Figure:
    groups = found.told.groups
    accounts = {number for group in groups for number in group.accounts}
    alt = campaign_pictures.network(len(groups), len(accounts))
    return Figure(image=drawings.draw_network(found, tell.reader), alt=tell(alt), tall=True)


def _besides(tell: Telling, found: CampaignReport) -> Iterator[str]:
    told = found.told
    for machine in told.by_machine:
        yield from map(tell, campaigns.by_machine(found, machine))
    yield from map(tell, campaigns.schedules(found))
    yield from map(tell, campaigns.waves(found))
    if told.groups or told.by_machine:
        yield tell(campaigns.REASONS)
    yield tell(campaigns.measured(told.measured))
