"""Write a page for each check and comparison from its docstring: python docs/checks/make.py"""

from __future__ import annotations

from pathlib import Path

from verify.cli.questions import PARTS, Question, questions

_TITLES = {
    "Reads": "What it reads",
    "Outcomes": "What it can come to",
    "Errs": "How it errs",
    "Example": "An example",
}
_FOLDER = Path(__file__).parent


def pages() -> dict[str, str]:
    """File name -> text, with a list of all in README.md."""
    found = list(questions())
    rows = [
        f"| [{one.name}]({one.name}.md) | {one.kind} | {one.pillar} | {one.asks} |" for one in found
    ]
    index = [
        "# Checks and comparisons",
        "",
        "A check reads the file alone; a comparison sets its readings against claims, links and",
        "earlier sightings. Made from the docstrings by `python docs/checks/make.py`.",
        "",
        "| name | kind | pillar | question |",
        "|---|---|---|---|",
        *rows,
        "",
    ]
    return {"README.md": "\n".join(index)} | {f"{one.name}.md": _page(one) for one in found}


def _page(question: Question) -> str:
    lines = [f"# {question.name}", "", question.asks, ""]
    for part in PARTS:
        text = question.parts[part]
        lines += [f"## {_TITLES[part]}", "", text[0].upper() + text[1:], ""]
    return "\n".join(lines)


if __name__ == "__main__":
    for old in _FOLDER.glob("*.md"):
        old.unlink()
    for name, text in pages().items():
        (_FOLDER / name).write_text(text, encoding="utf-8")
