"""`verify-desk campaign`: what accounts posted together, by the clock, in waves."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from verify.cli.arguments import day, json_option, number, one_line
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.cli.statuses import DONE
from verify.layouts import campaigns as layout
from verify.records import CampaignFilter
from verify.wording import campaigns


@click.command()
@click.option("--since", metavar="DAY", type=day, help="Only posts from this day on, UTC.")
@click.option("--account", metavar="NAME", type=one_line, help="What this account takes part in.")
@click.option("--hashtag", metavar="TAG", type=one_line, help="What was done with this hashtag.")
@click.option(
    "--case", "case_id", metavar="CASE", type=number, help="What shares a picture with it."
)
@json_option
def command(
    since: str | None,
    account: str | None,
    hashtag: str | None,
    case_id: int | None,
    as_json: bool,
) -> int:
    """Say which accounts posted the same together, by the clock, by a machine, and what spread.

    Among the posts collected here. Beside it stands what others did with the same things, and
    what else would explain it. It never says why.
    """
    asked = CampaignFilter(
        since=datetime.fromisoformat(since).replace(tzinfo=UTC) if since else None,
        account=account or "",
        hashtag=hashtag or "",
        case_id=case_id or 0,
    )
    with desk_to_read() as (desk, person):
        report = desk.campaigns.told(person, asked)
    if as_json:
        json_line(layout.plain(report))
        return DONE
    for line in campaigns.told(report):
        tell(line)
    return DONE
