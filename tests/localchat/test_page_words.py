"""The page's words: every one that it shows is there, and every one that is there is shown."""

from __future__ import annotations

import re
from pathlib import Path

import verify.localchat
from verify.localchat.page_words import WORDS

PAGE = Path(verify.localchat.__file__).parent / "page"
SHOWN = re.compile(r'data-(?:word|label|placeholder)="(\w+)"')
SAID = re.compile(r'\bword\(([^()]*)\)|\bdoing\("(\w+)"')


def test_the_page_shows_exactly_the_words_there_are() -> None:
    shown = set(SHOWN.findall((PAGE / "index.html").read_text(encoding="utf-8")))
    for script in PAGE.glob("*.js"):
        for said in SAID.finditer(script.read_text(encoding="utf-8")):
            shown.update(re.findall(r'"(\w+)"', said[0]))
    assert shown == set(WORDS)


def test_no_script_makes_markup_out_of_text() -> None:
    for script in PAGE.glob("*.js"):
        source = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", source
        )


def test_the_page_asks_for_nothing_outside() -> None:
    for file in PAGE.iterdir():
        source = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"""(src|href|url)\s*[=(]\s*["']?(https?:)?//""", source)
        assert " style=" not in source and "onclick=" not in source
