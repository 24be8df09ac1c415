"""Telegram's HTML: what becomes of it, and what is refused."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.localchat.entities import trim, with_detected
from verify.localchat.html import parse_html
from verify.localchat.limits import utf16_units
from verify.localchat.refusals import Refused


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &#x1F600; &nbsp;", 'a <b> & "c" 😀 &nbsp;', []),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("😀<i>ab</i>", "😀ab", [("italic", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s> <del>b</del>", "a b", [("strikethrough", 0, 1), ("strikethrough", 2, 1)]),
        ("<strike>a</strike>", "a", [("strikethrough", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">b</span>', "b", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<a href='https://x.org/?a=1&amp;b=2'>x</a>", "x", [("text_link", 0, 1)]),
        ("<a>example.org</a>", "example.org", [("text_link", 0, 11)]),
        ("<a href='not a link'>x</a>", "x", []),
        ("<code>a</code > b", "a b", [("code", 0, 1)]),
    ],
)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    read, found = parse_html(source)
    assert read == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_links_and_languages_travel_with_their_entities() -> None:
    _, (link,) = parse_html('<a href="https://x.org/?a=1&amp;b=2">x</a>')
    assert link["url"] == "https://x.org/?a=1&b=2"
    _, (block,) = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (block["type"], block["language"]) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span class='x'>y</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_tags_are_refused_with_their_place(source: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_any_source_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except Refused:
        return
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_units(text) for e in entities)


def test_white_space_around_a_text_goes_and_entities_follow() -> None:
    assert trim("  \n ab ", [{"type": "bold", "offset": 2, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/case 12", [("bot_command", "/case")]),
        ("see /case_12, a/b and 1/2", [("bot_command", "/case_12")]),
        ("https://x.org/a?b=c). x", [("url", "https://x.org/a?b=c")]),
        ("@somebody wrote", [("mention", "@somebody")]),
        ("to a.b@example.org", [("email", "a.b@example.org")]),
        ("#حلب #2024 #a1", [("hashtag", "#حلب"), ("hashtag", "#a1")]),
        ("😀 #x", [("hashtag", "#x")]),
    ],
)
def test_commands_links_and_tags_are_found(text: str, found: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")
    pieces = [
        (e["type"], units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le"))
        for e in with_detected(text, [])
    ]
    assert pieces == found


def test_nothing_is_found_inside_code() -> None:
    code = {"type": "code", "offset": 0, "length": 5}
    assert with_detected("/case", [code]) == [code]
