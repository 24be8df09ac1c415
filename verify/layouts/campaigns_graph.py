"""Campaigns as tables and graphs for other tools: CSV by the columns of CooRTweet, GraphML.

Columns: https://cran.r-project.org/package=CooRTweet; graphs: http://graphml.graphdrawing.org.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from verify.language import Reader, cell
from verify.layouts.drawings.campaigns import numbered, ties
from verify.records import CampaignReport, Shared, SharedObject

_BYTE_ORDER_MARK = "\ufeff"  # as in verify.layouts.sheet
_HEADER = (
    "object_id",
    "account_id",
    "content_id",
    "timestamp_share",
    "posted_at",
    "resolution_s",
    "network",
    "account",
    "kind",
    "object",
    "groups",
)
_LONGEST = 1000  # characters of words


def shares_csv(report: CampaignReport, reader: Reader) -> bytes:
    """A row for each post of each object that a report tells of; `groups` has the numbers of those
    that it made. What a spreadsheet would calculate has an apostrophe before it."""
    groups = defaultdict(list)
    for number, group in enumerate(report.told.groups, start=1):
        for post in group.posts:
            groups[post].append((number, frozenset(group.objects)))
    text = io.StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    rows = csv.writer(text, quoting=csv.QUOTE_ALL)
    rows.writerow(_HEADER)
    for one in report.appearances:
        known, shared = report.sharers.get(one.account), report.objects[one.object]
        row = (
            one.object,
            one.account,
            one.post,
            round(one.at.timestamp()),
            _time(one.at),
            f"{one.resolution_s:g}",
            known.network if known else "",
            known.shown if known else "",
            shared.kind.name.lower(),
            _named(shared),
            " | ".join(str(n) for n, objects in groups[one.post] if one.object in objects),
        )
        rows.writerow(cell(str(value), reader, limit=_LONGEST) for value in row)
    return text.getvalue().encode()


def graphml(report: CampaignReport, reader: Reader) -> bytes:
    """The accounts of groups as nodes, what two of them posted together as edges: `weight` is how
    often, in posts."""
    import networkx

    graph = networkx.Graph()
    groups = defaultdict(list)
    for number, group in enumerate(report.told.groups, start=1):
        for account in group.accounts:
            groups[account].append(number)
    for account, number in numbered(report).items():
        known = report.sharers.get(account)
        told = {
            "number": number,
            "label": known.shown if known else "",
            "network": known.network if known else "",
            "account": known.key if known else "",
            "groups": " | ".join(map(str, groups[account])),
        }
        graph.add_node(str(account), **_cells(told, reader))
    for (a, b), tie in sorted(ties(report).items(), key=lambda one: one[0]):
        named = " | ".join(_named(report.objects[one]) for one in sorted(tie.objects))
        graph.add_edge(str(a), str(b), weight=tie.times, **_cells({"objects": named}, reader))
    lines: Iterable[str] = networkx.generate_graphml(graph)
    return ("<?xml version='1.0' encoding='utf-8'?>\n" + "\n".join(lines) + "\n").encode()


def _cells(told: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """Text that no spreadsheet calculates, when a tool makes a table of the graph."""
    return {
        name: cell(value, reader, limit=_LONGEST) if isinstance(value, str) else value
        for name, value in told.items()
    }


def _named(one: SharedObject) -> str:
    if one.kind is Shared.PICTURE:
        return " | ".join(one.exhibits)
    return f"#{one.text}" if one.kind is Shared.HASHTAG else one.text


def _time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
