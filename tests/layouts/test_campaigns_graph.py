"""What other tools read of campaigns: a table and a graph."""

from __future__ import annotations

import csv
import io
from zoneinfo import ZoneInfo

import networkx
import pytest

from tests.layouts.coincided import coincided
from verify.language import Reader
from verify.layouts import campaigns_graph

READER = Reader("en", ZoneInfo("UTC"))
HOSTILE = ("=HYPERLINK(1)", "+1", "@x", "-2\n3", "a\x00b\u202ec", "</data>", "q" * 100_000)


def test_a_graph_is_read_by_another_library() -> None:
    graph = networkx.parse_graphml(campaigns_graph.graphml(coincided(4, 3), READER).decode())
    assert sorted(len(one) for one in networkx.connected_components(graph)) == [3, 4]
    assert {told["weight"] for _, _, told in graph.edges(data=True)} == {3}
    assert graph.nodes["1"]["label"] == "'@voice1"  # @ makes a spreadsheet calculate, too
    assert graph.nodes["5"]["groups"] == "2"


def test_a_table_has_the_columns_that_a_tool_for_it_reads() -> None:
    content = campaigns_graph.shares_csv(coincided(4), READER)
    rows = [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]
    assert len(rows) == 3 * 4 + 3
    first = {name: rows[0][name] for name in ("object_id", "account_id", "content_id")}
    assert first == {"object_id": "1", "account_id": "1", "content_id": "1"}
    assert rows[0]["timestamp_share"] == "1402488000"
    assert rows[0]["posted_at"] == "2014-06-11T12:00:00Z"
    assert rows[0]["object"] == "ab" * 32
    assert {row["groups"] for row in rows if row["account"] == "'@voice5"} == {""}
    assert {row["groups"] for row in rows if row["account"] == "'@voice1"} == {"1"}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_calculated_of_what_others_wrote(name: str) -> None:
    report = coincided(3, names=(name,), words=name)
    table = campaigns_graph.shares_csv(report, READER).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    graph = networkx.parse_graphml(campaigns_graph.graphml(report, READER).decode())
    cells += [str(one) for _, told in graph.nodes(data=True) for one in told.values()]
    cells += [str(one) for _, _, told in graph.edges(data=True) for one in told.values()]
    assert not [one for one in cells if one[:1] in ("=", "+", "-", "@")]
    assert not [one for one in cells if len(one) > 1010 or "\n" in one or "\u202e" in one]
