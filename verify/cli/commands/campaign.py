"""`verify-desk campaign`: what accounts posted together, by the clock, in waves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from verify.cli.arguments import day, json_option, number, one_line
from verify.cli.opened import desk_to_read
from verify.cli.output import json_line, tell
from verify.cli.statuses import DONE
from verify.errors import BadInput
from verify.layouts import campaigns as layout
from verify.records import CampaignFilter, CampaignReport, listed, say
from verify.wording import campaigns, trails

_ENDINGS = (".csv", ".graphml", ".png")


@click.command()
@click.option("--since", metavar="DAY", type=day, help="Only posts from this day on, UTC.")
@click.option("--account", metavar="NAME", type=one_line, help="What this account takes part in.")
@click.option("--hashtag", metavar="TAG", type=one_line, help="What was done with this hashtag.")
@click.option(
    "--case", "case_id", metavar="CASE", type=number, help="What shares a picture with it."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The new file: a table (.csv), a graph (.graphml), or the graph drawn (.png).",
)
@click.option(
    "--timeline", metavar="NUMBER", type=number, help="Draw when this group posted, into a .png."
)
@json_option
def command(
    since: str | None,
    account: str | None,
    hashtag: str | None,
    case_id: int | None,
    output: Path | None,
    timeline: int | None,
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
        case_id=case_id,
    )
    _demand(output, timeline)
    with desk_to_read() as (desk, person):
        report = desk.campaigns.told(person, asked)
        ways = desk.campaigns.trails(person, case_id) if case_id else ()
    if output:
        _write(report, output, timeline)
        return DONE
    if as_json:
        json_line(layout.plain(report) | {"trails": [layout.trail(one) for one in ways]})
        return DONE
    for line in (*campaigns.told(report), *(line for one in ways for line in trails.told(one))):
        tell(line)
    return DONE


def _demand(output: Path | None, timeline: int | None) -> None:
    """Raises BadInput, before anything is computed, for a file that cannot be made."""
    from verify.store.folder.files import demand_new

    ending = output.suffix.lower() if output else ""
    if output and ending not in _ENDINGS:
        raise BadInput(say("Name a file that ends in one of {these}.", these=listed(_ENDINGS)))
    if timeline is not None and ending != ".png":
        raise BadInput(
            say("A timeline is a picture: name a file that ends in {this}.", this=".png")
        )
    if output:
        demand_new(output)


def _write(report: CampaignReport, output: Path, timeline: int | None) -> None:
    from verify.cli.output import reader
    from verify.layouts import campaigns_graph
    from verify.layouts.drawings import campaigns as drawings
    from verify.store.folder.files import write_new

    groups = report.told.groups
    if output.suffix.lower() == ".csv":
        content = campaigns_graph.shares_csv(report, reader())
    elif output.suffix.lower() == ".graphml":
        content = campaigns_graph.graphml(report, reader())
    elif not groups:
        raise BadInput(say("No group was found: there is nothing to draw."))
    elif timeline is None:
        content = drawings.draw_network(report, reader())
    elif 1 <= timeline <= len(groups):
        content = drawings.draw_timeline(report, groups[timeline - 1], reader())
    else:
        raise BadInput(
            say("There is no group {number}: they go to {last}.", number=timeline, last=len(groups))
        )
    write_new(output, content)
    tell(say("It was written to {file}.", file=str(output)))
