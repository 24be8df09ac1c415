"""The pages of the checks are what their docstrings say today."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

from tests.conftest import Run

FOLDER = Path(__file__).parent.parent / "docs" / "checks"


def test_every_page_is_up_to_date() -> None:
    pages = runpy.run_path(str(FOLDER / "make.py"))["pages"]()
    assert {path.name: path.read_text() for path in FOLDER.glob("*.md")} == pages


def test_the_command_lists_what_each_reads_and_how_it_errs(verify_desk: Run) -> None:
    lines = verify_desk("checks", "--json").stdout.splitlines()
    found = {line["name"]: line for line in map(json.loads, lines)}
    assert found["captured"]["kind"] == "check"
    assert found["sun"]["kind"] == "comparison"
    assert all(line["question"].endswith("?") for line in found.values())
    assert all(line["reads"] and line["caution"] and line["pillar"] for line in found.values())
    assert "When does the file say it was captured?" in verify_desk("checks").stdout
