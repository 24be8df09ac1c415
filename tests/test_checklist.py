from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import verify
from verify.checklist import ITEMS, fill
from verify.records import Answer, Finding, Outcome, Pillar, Reply, say

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _finding(outcome: Outcome, *items: str) -> Finding:
    return Finding(
        check="capture_time",
        pillar=Pillar.DATE,
        outcome=outcome,
        summary=say("The file says when it was captured."),
        items=items,
    )


def _answer(text: str, minutes: int) -> Answer:
    at = NOON + timedelta(minutes=minutes)
    return Answer(item="sun", reply=Reply.SETTLED, text=text, by="Rana", at=at)


def test_the_items_stand_by_pillar_and_each_id_once() -> None:
    order = list(Pillar)
    places = [order.index(item.pillar) for item in ITEMS]
    assert places == sorted(places)
    assert set(places) == set(range(len(order)))
    assert len({item.id for item in ITEMS}) == len(ITEMS) == 37


def test_every_item_names_where_it_comes_from() -> None:
    assert all(item.reference for item in ITEMS)
    assert not any("http" in item.reference for item in ITEMS)


def test_a_finding_is_quoted_under_its_items_and_answers_none() -> None:
    finding = _finding(Outcome.NOTED, "captured-when", "sun", "sun", "no-such-item")
    filled = fill([finding], [])
    assert {item.id for item in filled if item.findings} == {"captured-when", "sun"}
    assert all(item.answer is None for item in filled)
    assert all(len(item.findings) <= 1 for item in filled)


def test_a_check_that_does_not_apply_is_not_quoted() -> None:
    assert fill([_finding(Outcome.NOT_APPLICABLE, "sun")], []) == ITEMS


def test_the_latest_answer_counts() -> None:
    filled = fill([], [_answer("at first", 0), _answer("at last", 9), _answer("between", 5)])
    assert [item.answer.text for item in filled if item.answer] == ["at last"]


def test_nothing_found_and_nothing_answered_leaves_the_list_as_it_is() -> None:
    assert fill([], []) == ITEMS


def test_every_item_that_the_code_names_is_on_the_list() -> None:
    """A misspelt id would leave a finding unquoted, and nobody would notice."""
    known = {item.id for item in ITEMS}
    root = Path(verify.__file__).parent
    unknown = [
        f"{path.relative_to(root)}:{constant.lineno} {constant.value}"
        for path in root.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "items"
        for ids in ast.walk(keyword.value)
        if isinstance(ids, ast.Tuple)
        for constant in ids.elts
        if isinstance(constant, ast.Constant)
        and isinstance(constant.value, str)
        and constant.value not in known
    ]
    assert unknown == []
