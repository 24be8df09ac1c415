"""The checks and comparisons as their modules describe them: read, never imported.

A module's docstring is its page: a question, then paragraphs that begin with "Reads",
"Outcomes", "Errs" and "Example".
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import verify

PARTS = ("Reads", "Outcomes", "Errs", "Example")
_FOLDERS = (("check", "lab/checks"), ("check", "readers"), ("comparison", "comparisons"))


@dataclass(frozen=True)
class Question:
    """What one check or comparison asks. kind: check (from the file alone) or comparison.

    parts: the paragraphs of its docstring by their first word, which is left out.
    """

    name: str
    kind: str
    pillar: str
    asks: str
    parts: dict[str, str]


def questions() -> Iterator[Question]:
    """Every check, then every comparison, in the order of their names.

    Raises ValueError for one whose docstring lacks a part.
    """
    root = Path(verify.__file__).parent
    for kind, folder in _FOLDERS:
        for path in sorted((root / folder).glob("*.py")):
            if path.stem != "__init__":
                yield _question(path, kind)


def _question(path: Path, kind: str) -> Question:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asks, *paragraphs = (ast.get_docstring(tree) or "").split("\n\n")
    parts = {}
    for paragraph in paragraphs:
        word, _, rest = paragraph.partition(" ") if " " in paragraph else (paragraph, "", "")
        first, _, below = paragraph.partition("\n")
        if first.rstrip(":") in PARTS:
            word, rest = first, below
        if word.rstrip(":") in PARTS:
            parts[word.rstrip(":")] = rest.strip()
    if missing := [part for part in PARTS if not parts.get(part)]:
        raise ValueError(f"the docstring of {path.name} lacks {', '.join(missing)}")
    return Question(path.stem, kind, _pillar(tree), " ".join(asks.split()), parts)


def _pillar(tree: ast.Module) -> str:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PILLAR":
            return ast.unparse(node.value).rpartition(".")[2].lower()
    return ""
