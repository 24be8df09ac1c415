"""The rule of the layers, read from the syntax trees of the package: nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import verify

ROOT = Path(verify.__file__).parent

# Each layer may import itself and those before it. A new module has to be given its place.
LAYERS = (
    {
        *("records", "errors", "regular", "trust", "config", "folding", "contacts", "formats"),
        *("pixels", "clips"),
    },
    {"places"},
    {"lab"},
    {"distrust", "warden", "niceness", "unnamed", "sandbox", "tesseract", "readers"},
    {"reading"},
    {"matching", "comparisons", "campaigns", "checklist", "store", "hub", "sun", "care"},
    {"desk"},
    {"cluster"},
    {"language"},
    {"wording"},
    {"layouts"},
    {"jobs"},
    {"chat", "localchat"},
    {"cli"},
)
LAYER_OF = {name: depth for depth, names in enumerate(LAYERS) for name in names}

# Beyond the layers: `language` and `wording` know the records and nothing else of this project.
ONLY = {"language": {"language", "records"}, "wording": {"wording", "records"}}

SIBLINGS = (
    "lab/checks",
    "lab/importers",
    "readers",
    "comparisons",
    "comparisons/networks",
    "chat/handlers",
    "jobs/kinds",
    "cli/commands",
)

# The edges, and who else may know them: what starts them.
EDGES = {"chat": ROOT / "cli/commands/serve.py", "localchat": ROOT / "cli/commands/serve.py"}

# Where a package from outside may be imported.
HOMES = {
    "telegram": {"chat", "localchat"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "psycopg": {"hub"},
    "dask": {"cluster"},
    "distributed": {"cluster"},
}

# What opens received bytes, which only the lab's child does.
OPENERS = {
    ("Image", "open"),
    ("cv2", "imdecode"),
    ("cv2", "imread"),
    ("cv2", "VideoCapture"),
    ("av", "open"),
    ("c2pa", "Reader"),
}
WRITERS = {"write_text", "write_bytes"}

MODULES = sorted(ROOT.rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _place(path: Path) -> str:
    """The part of the package that a file belongs to: `lab`, `desk`; "" for the package itself."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py").replace("__init__", "")


def _imported(tree: ast.Module, path: Path) -> Iterator[tuple[int, str]]:
    """Every name imported anywhere in a file, with its line: `verify.store.folder.vault`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            assert node.module is not None
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, tuple[str, str]]]:
    """Every call by name, as (what it is called on, what is called): ("Image", "open")."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                on = node.func.value
                name = on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "?")
                yield node, (name, node.func.attr)
            elif isinstance(node.func, ast.Name):
                yield node, ("", node.func.id)


def _layer_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    place = _place(path)
    for line, name in _imported(tree, path):
        parts = name.split(".")
        if parts[0] != "verify" or name == "verify" or not place:
            continue
        target = parts[1]
        if target not in LAYER_OF:
            yield f"{line} imports {name}, which has no layer"
        elif LAYER_OF[target] > LAYER_OF[place]:
            yield f"{line} imports {name}, which stands above it"
        elif target not in ONLY.get(place, LAYER_OF):
            yield f"{line} imports {name}, which is not for {place}"
        elif target in EDGES and place not in EDGES and path != EDGES[target]:
            yield f"{line} imports {name}, which only serve starts"


def _sibling_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    for folder in SIBLINGS:
        if path.parent != ROOT / folder or path.name == "__init__.py":
            continue
        siblings = {
            ".".join(("verify", *folder.split("/"), other.stem))
            for other in path.parent.glob("*.py")
            if other != path and not other.stem.startswith("_")
        }
        for line, name in _imported(tree, path):
            if any(name == one or name.startswith(f"{one}.") for one in siblings):
                yield f"{line} imports its sibling {name}"


def _home_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    for line, name in _imported(tree, path):
        homes = HOMES.get(name.split(".")[0])
        if homes is not None and _place(path) not in homes:
            yield f"{line} imports {name} outside {' and '.join(sorted(homes))}"


def _store_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    """What the chat answers comes through the desk; of the store it knows its own memory."""
    if path.parent in (ROOT / "chat/handlers", ROOT / "chat/replies"):
        for line, name in _imported(tree, path):
            if name.startswith("verify.store") and not name.startswith(
                "verify.store.chats.chat_state"
            ):
                yield f"{line} imports {name} past the desk"


def _opening_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    if _place(path) != "lab":
        for call, named in _calls(tree):
            if named in OPENERS and _mode(call, ("", "open")) != "w":  # into memory
                yield f"{call.lineno} opens received bytes with {'.'.join(named)}"


def _mode(call: ast.Call, named: tuple[str, str]) -> str:
    """The mode of `open(path, mode)` or `path.open(mode)`; "" when it is left to be reading."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    given += call.args[1:2] if named[0] in ("", "io") else call.args[:1]
    text = next((one.value for one in given if isinstance(one, ast.Constant)), "")
    return text if isinstance(text, str) else ""


def _writing_faults(path: Path, tree: ast.Module) -> Iterator[str]:
    if _place(path) == "store":
        return
    for call, named in _calls(tree):
        if any(keyword.arg == "closefd" for keyword in call.keywords):
            continue  # into a descriptor that has no name on the disk
        mode = _mode(call, named) if named[1] == "open" else ""
        writes = set(mode) <= set("rwaxbt+") and set(mode) & set("wax+")
        if named[1] in WRITERS or writes:
            yield f"{call.lineno} writes to the disk with {named[1]}"


RULES = (
    _layer_faults,
    _sibling_faults,
    _home_faults,
    _store_faults,
    _opening_faults,
    _writing_faults,
)


def test_every_part_of_the_package_has_its_layer() -> None:
    assert {_place(path) for path in MODULES} - {""} <= LAYER_OF.keys()


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps_the_rule(rule: object) -> None:
    assert callable(rule)
    faults = [
        f"{path.relative_to(ROOT)}:{fault}" for path in MODULES for fault in rule(path, _tree(path))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("records/cases.py", "from verify import desk"),
        ("lab/imaging.py", "def f():\n    import verify.store.folder.vault"),
        ("store/folder/vault.py", "from verify.chat.inbox import Inbox"),
        ("desk/team.py", "from verify.language import plain"),
        ("language/rendering.py", "from verify.errors import VerifyError"),
        ("desk/team.py", "import verify.gossip"),
        ("layouts/text.py", "from verify.chat.replies.claim_pages import readings"),
        ("cli/commands/claim.py", "from verify.chat.replies.claim_pages import readings"),
        ("wording/matches.py", "from verify.language import plain"),
        ("lab/checks/camera.py", "from verify.lab.checks.size import check"),
        ("comparisons/x.py", "from verify.comparisons import place_against_claim"),
        ("chat/handlers/help.py", "import verify.chat.handlers.cases"),
        ("chat/handlers/help.py", "from verify.store.casework.cases import lines"),
        ("chat/replies/lists.py", "from verify.store.casework import cases"),
        ("desk/team.py", "def f():\n    from telegram import Bot"),
        ("chat/inbox.py", "import sqlite_utils"),
        ("cli/output.py", "from sqlite3 import connect"),
        ("matching/card.py", "PIL.Image.open(x)"),
        ("desk/team.py", "Image.open(x)"),
        ("matching/card.py", "cv2.imdecode(x, 1)"),
        ("desk/team.py", "with av.open(x): pass"),
        ("desk/team.py", "with av.open(x, 'r', format='mp4'): pass"),
        ("desk/team.py", "c2pa.Reader('image/jpeg', x)"),
        ("desk/team.py", "open(path, 'w')"),
        ("desk/team.py", "open(path, mode='ab')"),
        ("chat/download.py", "Path(x).open('r+b')"),
        ("cli/output.py", "Path(x).write_text('')"),
        ("localchat/media.py", "path.write_bytes(b'')"),
    ],
)
def test_each_way_to_break_the_rule_is_seen(where: str, source: str) -> None:
    path = ROOT / where
    assert [fault for rule in RULES for fault in rule(path, ast.parse(source))]


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("sandbox.py", "open(descriptor, 'wb', closefd=False)"),
        ("desk/team.py", "open(path)\nopen(path, 'rb')\npath.open('rb')\nwave.open(x)"),
        ("desk/team.py", "from verify import checklist, comparisons"),
        ("cli/commands/serve.py", "from verify.chat.application import build"),
        ("lab/imaging.py", "Image.open(x)"),
        ("clips.py", "av.open(x, 'w', format='mp4')"),
        ("store/folder/vault.py", "open(path, 'wb')\nimport sqlite_utils"),
        ("chat/intake.py", "from telegram import Message"),
        ("comparisons/x.py", "from verify.comparisons import Circumstances"),
        ("comparisons/x.py", "from verify.reading.dates import dates_in"),
        ("language/rendering.py", "from verify.records import say"),
    ],
)
def test_what_the_rule_allows_is_left_alone(where: str, source: str) -> None:
    path = ROOT / where
    assert not [fault for rule in RULES for fault in rule(path, ast.parse(source))]
