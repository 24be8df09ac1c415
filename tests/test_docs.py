"""The documents keep up with the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from PIL import ImageOps

from tests.conftest import Run
from tests.photographs import encode, photograph, shrunk
from verify.cli.group import Commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
JSON = (ROOT / "docs" / "json.md").read_text()
COMMANDS = Commands().list_commands(click.Context(Commands()))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    command = Commands().get_command(click.Context(Commands()), name)
    assert command is not None
    assert command.help
    first_sentence = command.help.partition(". ")[0].partition("\n\n")[0].rstrip(".")
    assert f"| `{name}` | {' '.join(first_sentence.split())}. |" in README
    assert f"\n## {name}\n" in JSON


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_speaks_json(name: str) -> None:
    command = Commands().get_command(click.Context(Commands()), name)
    assert command is not None
    several = getattr(command, "commands", {"": command})
    for one in several.values():
        assert "--json" in {option for given in one.params for option in given.opts}


def test_every_setting_is_documented() -> None:
    read = re.findall(r'environ\w*\.get\("([A-Z_]+)"', (ROOT / "verify" / "config.py").read_text())
    assert len(read) >= 8
    assert [name for name in read if f"| `{name}` |" not in README] == []


def test_the_readme_leads_to_every_document() -> None:
    documents = [path for path in DOCUMENTS if path.parent in (ROOT, ROOT / "docs")]
    names = {path.relative_to(ROOT).as_posix() for path in documents} - {"README.md"}
    assert {name for name in names if f"]({name})" not in README} == set()


def test_the_architecture_names_every_part() -> None:
    parts = {path.stem for path in (ROOT / "verify").iterdir() if path.suffix in ("", ".py")}
    layout = (ROOT / "docs" / "architecture.md").read_text().partition("\n## The way")[0]
    assert {part for part in parts if part not in layout} <= {"__init__", "__pycache__"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_promise_of_security_has_a_test() -> None:
    document = ROOT / "docs" / "security.md"
    tables = re.findall(r"\| promise \|.*\n\|[-|]+\n((?:\|.*\n)+)", document.read_text())
    rows = [row for table in tables for row in table.splitlines()]
    assert len(rows) > 15
    for row in rows:
        tests = re.findall(r"\]\((\.\./tests/[^)]+\.py)\)", row)
        assert tests, row
        assert all("\ndef test_" in (document.parent / test).read_text() or "\nasync def test_"
                   in (document.parent / test).read_text() for test in tests), row  # fmt: skip


def test_the_session_in_the_readme_is_real(verify_desk: Run, tmp_path: Path, china: Path) -> None:
    """Words and shapes stand as printed today; times, distances and chances may differ."""
    (tmp_path / "temple.jpg").write_bytes(china.read_bytes())
    mirrored = ImageOps.mirror(shrunk(photograph("china")))
    (tmp_path / "mirrored.jpg").write_bytes(encode(mirrored, quality=30))
    [session] = re.findall(r"```console\n(\$ verify-desk.+?)```", README, re.DOTALL)
    for step in session.removeprefix("$ ").split("\n$ "):
        command, _, shown = step.partition("\n")
        done = verify_desk(*shlex.split(command)[1:], LOGNAME="sara")
        assert without_numbers(done.stdout + done.stderr) == without_numbers(shown)


def without_numbers(text: str) -> str:
    return re.sub(r"\d[\d.,e-]*", "0", text).strip()


def test_the_ci_script_runs_the_command_of_the_readme() -> None:
    pattern = re.search(r"grep -m 1 -E '(.+)' README\.md", (ROOT / ".ci" / "run").read_text())
    assert pattern
    found = re.findall(pattern[1], README, re.MULTILINE)
    assert len(found) == 1
    assert "'.[test]'" in found[0]
