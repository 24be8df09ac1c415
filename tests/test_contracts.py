"""The type checker sees a check, a handler, a command that does not fit its contract.

Nothing lists the modules that are found by walking a folder; so a file that assigns each of them
to its `Protocol` is written here and given to mypy.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from mypy import api

import verify

ROOT = Path(verify.__file__).parent
CONTRACTS = {
    "lab/checks": "verify.lab.checks.Check",
    "lab/importers": "verify.lab.importers.Importer",
    "comparisons": "verify.comparisons.Comparison",
    "comparisons/networks": "verify.comparisons.networks.Network",
    "jobs/kinds": "verify.jobs.kinds.Kind",
    "cli/commands": "verify.cli.group.Holder",
    "layouts/profiles": "verify.layouts.profiles.Profile",
}
BY_NAME = {  # what a handler has says which contracts are its own
    "COMMAND": "Command",
    "FILTER": "Listener",
    "ACTIONS": "Buttons",
    "REPLIES": "Replies",
    "LEAST": "ForSome",
    "NEEDS": "PartlyForSome",
}


def modules(folder: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module of a folder by its full name, with what stands in it."""
    for path in sorted((ROOT / folder).glob("*.py")):
        if not path.stem.startswith("_"):
            name = ".".join(("verify", *folder.split("/"), path.stem))
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def named(tree: ast.Module) -> set[str]:
    targets = [one for node in tree.body if isinstance(node, ast.Assign) for one in node.targets]
    return {one.id for one in targets if isinstance(one, ast.Name)}


def claims() -> Iterator[tuple[str, str]]:
    """What must have which type: a module or function, and a contract."""
    for folder, contract in CONTRACTS.items():
        yield from ((name, contract) for name, _ in modules(folder))
    for name, tree in modules("comparisons/networks"):
        if any(isinstance(one, ast.FunctionDef) and one.name == "in_name" for one in tree.body):
            yield name, "verify.comparisons.networks.NamesFiles"
    for name, tree in modules("chat/handlers"):
        for part in sorted(named(tree) & BY_NAME.keys()):
            yield name, f"verify.chat.handlers.{BY_NAME[part]}"
    for name, tree in modules("localchat/methods"):
        for one in tree.body:
            if isinstance(one, ast.AsyncFunctionDef) and not one.name.startswith("_"):
                yield f"{name}.{one.name}", "verify.localchat.methods.Method"


def misfits(folder: Path, listed: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What mypy says of those of this list that do not fit, by name."""
    lines = []
    for number, (name, contract) in enumerate(listed):
        package, _, last = name.rpartition(".")
        within, _, kind = contract.rpartition(".")
        lines += [
            f"from {within} import {kind} as Kind{number}",
            f"from {package} import {last} as one{number}",
            f"fits{number}: Kind{number} = one{number}",
        ]
    file = folder / "fits.py"
    file.write_text("\n".join(lines), encoding="utf-8")
    settings = ROOT.parent / "pyproject.toml"
    said, failed, _ = api.run([f"--config-file={settings}", "--no-error-summary", str(file)])
    assert not failed
    found: dict[str, list[str]] = {}
    for line in said.splitlines():
        number, _, problem = line.partition("fits.py:")[2].partition(": ")
        found.setdefault(listed[(int(number) - 1) // 3][0], []).append(problem)
    return found


def test_every_module_fits_its_contract_and_another_would_not(tmp_path: Path) -> None:
    listed = list(claims())
    assert len({contract for _, contract in listed}) == len(CONTRACTS) + len(BY_NAME) + 2
    stranger = ("verify.lab.sniffing", "verify.lab.checks.Check")
    found = misfits(tmp_path, [*listed, stranger])
    assert found.pop(stranger[0])
    assert found == {}
