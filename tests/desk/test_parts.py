"""Whoever opens a desk in Python finds its parts by `help(Desk)`."""

from __future__ import annotations

import pydoc
import re

from verify.desk import Desk


def test_help_lists_the_parts_that_a_desk_has_and_no_others(desk: Desk) -> None:
    text = pydoc.render_doc(Desk, renderer=pydoc.plaintext).partition("__init__")[0]
    parts = set(re.findall(r"^ \|  (\w+): ", text, re.MULTILINE))
    beneath = set(re.findall(r"`(\w+)`", text))
    assert parts | beneath == {name for name in vars(desk) if not name.startswith("_")}
