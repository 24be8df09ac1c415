"""The handlers: a command is one file here, and nothing else lists it.

They are found by walking this package in sorted order. A module has any of

- `COMMAND`, `DESCRIPTION` (a sentence) and `async handle(turn, words)`: a command;
- `FILTER` and `async handle(turn)`: messages that are no command;
- `ACTIONS`: what buttons do, by name, `async (turn, action)`;
- `LEAST`: the role that all of it takes; `NEEDS`: the roles that single names take;
- `REPLIES`: written answers to the bot's prompts, by name, `async (turn, action, text)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Sequence
from types import ModuleType

from verify.records import Role, Sentence

Table = dict[str, Callable[..., Awaitable[None]]]


def find() -> list[ModuleType]:
    """The handlers in sorted order. Raises ImportError for one that lacks its constants."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}") for name in names]
    for module in found:
        described = isinstance(getattr(module, "DESCRIPTION", None), Sentence)
        if hasattr(module, "COMMAND") and not described:
            raise ImportError(f"{module.__name__} has a COMMAND but no DESCRIPTION")
        if not any(hasattr(module, name) for name in ("COMMAND", "FILTER", "ACTIONS")):
            raise ImportError(f"{module.__name__} has neither COMMAND, FILTER nor ACTIONS")
    return found


def merged(modules: Sequence[ModuleType], name: str) -> Table:
    """The modules' own tables as one. Raises ImportError when two use the same key."""
    table: Table = {}
    for module in modules:
        for key, answer in getattr(module, name, {}).items():
            if key in table:
                raise ImportError(f"{module.__name__} repeats {key!r} in {name}")
            table[key] = answer
    return table


def needed(modules: Sequence[ModuleType]) -> dict[str, Role]:
    """The least role for each command, action and answer that not every member may use."""
    roles: dict[str, Role] = {}
    for module in modules:
        names = {getattr(module, "COMMAND", ""), *getattr(module, "ACTIONS", ())}
        names |= {*getattr(module, "REPLIES", ())} - {""}
        if least := getattr(module, "LEAST", None):
            roles |= dict.fromkeys(names, least)
        roles |= getattr(module, "NEEDS", {})
    return roles
