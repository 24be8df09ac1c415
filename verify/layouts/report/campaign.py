"""What accounts posted together of what a case shows, in a report: in words, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verify.errors import Unavailable
from verify.layouts.drawings import campaigns as drawings
from verify.layouts.report.telling import Telling
from verify.records import (
    AccountGroup,
    Block,
    CampaignReport,
    Figure,
    Heading,
    Line,
    Section,
    Sentence,
)
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


def _timeline(tell: Telling, found: CampaignReport, group: AccountGroup) -> Block:
    alt = campaign_pictures.timeline(len(group.accounts), group.first, group.last)
    return _drawn(tell, alt, lambda: drawings.draw_timeline(found, group, tell.reader))


def _network(tell: Telling, found: CampaignReport) -> Block:
    groups = found.told.groups
    accounts = {number for group in groups for number in group.accounts}
    alt = campaign_pictures.network(len(groups), len(accounts))
    return _drawn(tell, alt, lambda: drawings.draw_network(found, tell.reader))


def _drawn(tell: Telling, alt: Sentence, draw: Callable[[], bytes]) -> Block:
    """A drawing, or a line that there is none."""
    try:
        return Figure(image=draw(), alt=tell(alt), tall=True)
    except Unavailable:
        return Line(text=tell(wording.NO_PICTURE), kind="small")


def _besides(tell: Telling, found: CampaignReport) -> Iterator[str]:
    told = found.told
    for machine in told.by_machine:
        yield from map(tell, campaigns.by_machine(found, machine))
    yield from map(tell, campaigns.schedules(found))
    yield from map(tell, campaigns.waves(found))
    if told.groups or told.by_machine:
        yield tell(campaigns.REASONS)
    yield tell(campaigns.measured(told.measured))
