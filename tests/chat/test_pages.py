"""Pages: nothing is lost, nothing is too long, a cut falls between blocks."""

from __future__ import annotations

import html
import re
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from verify.chat.action import Action
from verify.chat.pages import Page, cut, paginate, turning, units
from verify.language import Reader, escape

READER = Reader("en", ZoneInfo("UTC"))
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])


@given(st.lists(st.text(LETTERS, min_size=1, max_size=200)), st.integers(40, 120))
def test_no_page_is_too_long_and_no_letter_is_lost(texts: list[str], limit: int) -> None:
    pages = paginate([f"<b>{escape(text)}</b>" for text in texts], limit)
    assert all(units(page) <= limit for page in pages)
    shown = "".join(html.unescape(re.sub("<[^>]*>", "", page)) for page in pages)
    assert shown.replace("\n", "") == "".join(texts).replace("\n", "")


@given(st.lists(st.text(LETTERS, min_size=1, max_size=200), min_size=1), st.integers(40, 120))
def test_a_page_that_is_cut_loses_no_letter_and_keeps_its_tags(
    texts: list[str], limit: int
) -> None:
    lines = [f"<b>{escape(text)}</b>" for text in texts]
    pages = cut(Page("\n".join(lines), asks=True), limit)
    assert all(units(page.text) <= limit for page in pages)
    assert all(page.text.count("<b>") == page.text.count("</b>") for page in pages)
    assert [page.asks for page in pages] == [False] * (len(pages) - 1) + [True]
    shown = "".join(html.unescape(re.sub("<[^>]*>", "", page.text)) for page in pages)
    assert "".join(shown.split()) == "".join("".join(texts).split())


def test_a_page_is_cut_where_its_mark_up_alone_is_too_much() -> None:
    page = Page("\n".join(["<code>&quot;</code>"] * 2000))
    assert units(page.text) < 4096
    assert [len(one.text.encode()) <= 32_768 for one in cut(page)] == [True, True]


def test_blocks_stay_whole_where_they_fit() -> None:
    blocks = ["a" * 30, "b" * 30, "c" * 30]
    assert paginate(blocks, 65) == ["a" * 30 + "\n" + "b" * 30, "c" * 30]


def test_emoji_count_twice_as_telegram_counts_them() -> None:
    assert units("<b>🔥&amp;</b>") == 3


def test_the_first_and_the_last_page_turn_one_way() -> None:
    def labels(page: int, pages: int) -> list[str]:
        return [button.label for button in turning(Action(name="x"), page, pages, READER)]

    assert labels(0, 1) == []
    assert labels(0, 3) == ["Next ›"]
    assert labels(1, 3) == ["‹ Previous", "Next ›"]
    assert labels(2, 3) == ["‹ Previous"]
