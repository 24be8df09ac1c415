"""The checker in docs/ knows nothing of this program, and sees what was changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

CHECKER = Path(__file__).parents[1] / "docs" / "check_custody.py"


def check(place: Path) -> tuple[int, list[str]]:
    command = [sys.executable, "-I", CHECKER, place]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def an_earlier_time(lines: list[dict[str, object]]) -> None:
    lines[0]["at"] = "2020-01-01T00:00:00.000000+00:00"


def another_event_before(lines: list[dict[str, object]]) -> None:
    lines[1]["previous"] = "0" * 64


@pytest.fixture
def exported(verify_desk: Run, tmp_path: Path, china: Path, flower: Path) -> Path:
    verify_desk("import", china, flower)
    verify_desk("export", "2", tmp_path / "case.zip")
    return tmp_path / "case.zip"


def test_an_export_fits_and_an_event_that_was_changed_is_named(
    exported: Path, tmp_path: Path
) -> None:
    assert check(exported) == (0, ["Every event and every original fits."])
    for change in (an_earlier_time, another_event_before):
        changed = tmp_path / f"{change.__name__}.zip"
        named = copied(exported, changed, change)
        assert check(changed) == (1, [f"Event {named} does not fit."])


def copied(exported: Path, target: Path, change: Callable[[list[dict[str, object]]], None]) -> int:
    """Write the export anew with one event changed. Gives the event's id."""
    with zipfile.ZipFile(exported) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "custody.jsonl":
                lines = [json.loads(line) for line in content.splitlines()]
                before = [dict(line) for line in lines]
                change(lines)
                (first,) = [a["id"] for a, b in zip(before, lines, strict=True) if a != b]
                content = "\n".join(map(json.dumps, lines)).encode()
            new.writestr(name, content)
    return int(first)


def test_a_desk_is_checked_whole_and_what_changed_is_named(
    exported: Path, home: Path, tmp_path: Path
) -> None:
    assert check(home) == (0, ["Every event and every original fits."])
    copy = shutil.copytree(home, tmp_path / "copy")
    with sqlite3.connect(copy / "desk.db") as desk:
        desk.execute("DELETE FROM custody_event WHERE id = 3")
    original = max(copy.glob("vault/??/*"))
    original.chmod(0o600)
    original.write_bytes(original.read_bytes() + b"!")
    status, lines = check(copy)
    assert status == 1
    assert lines == ["Event 4 does not fit.", f"Original {original.name} is missing or changed."]


def test_an_export_holds_no_other_cases_events(verify_desk: Run, tmp_path: Path) -> None:
    statements = tmp_path / "statements"
    statements.mkdir()
    for number in range(11):
        (statements / f"{number}.txt").write_text(f"statement {number}")
    verify_desk("import", statements)
    verify_desk("export", "1", tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        lines = [json.loads(line) for line in archive.read("custody.jsonl").splitlines()]
    cases = {json.loads(line["subject"]).get("case") for line in lines}
    assert cases <= {1, None}
    assert {line["person"] for line in lines} != {""}
