"""What accounts posted together, as pages of a chat: a head, a line a group, all of it on More."""

from __future__ import annotations

from msgspec.structs import replace

from verify.chat.action import Action
from verify.chat.pages import (
    Page,
    Rows,
    button,
    page_number,
    paginate,
    to_examination,
    turning,
)
from verify.chat.replies.markup import bold
from verify.language import Reader, html
from verify.layouts.drawings.campaigns import key
from verify.records import AccountGroup, CampaignReport, say
from verify.wording import campaigns, campaigns_brief

_A_PAGE = 3
_REST = 2  # groups, which take as much room as what else was found
_NAME_CHARACTERS = 40


def campaign_page(report: CampaignReport, here: Action, reader: Reader) -> Page:
    """The groups, a line each, with buttons for what is drawn of them.

    here: with the case and what else was asked for, and the `page`.
    """
    groups = report.told.groups
    rest = [*campaigns_brief.rest(report)]
    pages = max(1, -(-(len(groups) + (_REST if rest else 0)) // _A_PAGE))
    page = max(0, min(here.page, pages - 1))
    shown = [*enumerate(groups, start=1)][page * _A_PAGE :][:_A_PAGE]
    lines = [bold(campaigns_brief.title(report), reader)]
    lines += [html(one, reader) for one in campaigns_brief.head(report)]
    told = [campaigns_brief.group(report, number, one) for number, one in shown]
    if page == pages - 1:
        told += rest
    lines += ["", *(html(one, reader, limit=_NAME_CHARACTERS) for one in told)] if told else []
    timelines = tuple(
        button(
            say("Timeline {number}", number=number) if len(groups) > 1 else say("Timeline"),
            replace(here, name="campaign-timeline", item=key(one)),
            reader,
        )
        for number, one in shown
    )
    network = button(say("Network"), replace(here, name="campaign-network", page=0), reader)
    more = button(say("More"), replace(here, name="campaign-more", page=0), reader)
    files = tuple(
        button(say("File: {kind}", kind=kind), replace(here, name=name, page=0), reader)
        for kind, name in (("CSV", "campaign-csv"), ("GraphML", "campaign-graphml"))
    )
    rows: Rows = (turning(here, page, pages, reader), timelines, (network, more), files)
    if not groups:
        rows = ((more,), files[:1] if report.tells else ())
    back = (to_examination(here.case_id, 0, reader),) if here.case_id else ()
    return Page("\n".join(lines) + page_number(page, pages, reader), (*rows, *back))


def more_page(report: CampaignReport, here: Action, reader: Reader) -> Page:
    """All that is told, with what else would explain it."""
    texts = paginate(html(one, reader) + "\n" for one in campaigns.told(report))
    page = max(0, min(here.page, len(texts) - 1))
    back = button(say("Back"), replace(here, name="campaign", page=0), reader)
    return Page(
        texts[page].rstrip() + page_number(page, len(texts), reader),
        (turning(here, page, len(texts), reader), (back,)),
    )


def under_timeline(report: CampaignReport, group: AccountGroup, reader: Reader) -> Page:
    """What stands under a timeline."""
    number = report.told.groups.index(group) + 1
    return Page(html(campaigns_brief.group(report, number, group), reader, limit=_NAME_CHARACTERS))


def under_network(report: CampaignReport, reader: Reader) -> Page:
    """What stands under a network."""
    return Page(html(campaigns_brief.title(report), reader, limit=_NAME_CHARACTERS))
