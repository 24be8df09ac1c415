"""Where a finding was read is told in the reader's language, but for what standards name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import verify
from verify.language import Reader, plain
from verify.records import Finding, Outcome, Pillar, say
from verify.wording.read_from import _BY_NAME, read_from

_OF_STANDARDS = {"elst", "creation_time"}  # names of parts of a file
_KEYS = {"captured_at", "make", "model", "lens"}  # by which the lab finds the place itself
_OURS = re.compile(r"[a-z0-9 ]+")


def _places() -> Iterator[str]:
    """The texts that the source gives as places, part by part."""
    for path in sorted(Path(verify.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.keyword) or node.arg != "read_from":
                continue
            for text in ast.walk(node.value):
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield from text.value.split(", ")


def test_a_place_that_no_standard_names_has_words_in_each_language() -> None:
    ours = {one for one in _places() if _OURS.fullmatch(one) and not one.endswith(" ")}
    assert "pixels" in ours
    assert ours - _BY_NAME.keys() - _OF_STANDARDS - _KEYS == set()


def test_an_arabic_reader_reads_where_it_was_read_in_arabic() -> None:
    found = Finding(
        check="quality",
        pillar=Pillar.PROVENANCE,
        outcome=Outcome.NOTED,
        summary=say("x"),
        read_from="file name, EXIF DateTime",
    )
    told = plain(read_from(found), Reader("ar", ZoneInfo("UTC")))
    assert "file name" not in told
    assert "EXIF DateTime" in told
