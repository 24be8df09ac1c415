"""The handlers: a command is one file here, and nothing else lists it.

They are found by walking this package in sorted order. A module has any of

- `COMMAND`, `DESCRIPTION` (a sentence) and `async handle(turn, words)`: a command;
- `FILTER` and `async handle(turn)`: messages that are no command;
- `ACTIONS`: what buttons do, by name, `async (turn, action)`;
- `LEAST`: the role that all of it takes; `NEEDS`: the roles that single names take;
- `UNLOCKED`: names that ask for what a concluded case does not take;
- `IN_SEALED`: that it serves in a sealed chat, too, and keeps nothing there;
- `REPLIES`: written answers to the bot's prompts, by name, `async (turn, action, text)`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from verify.records import Role, Sentence

if TYPE_CHECKING:
    from telegram.ext.filters import BaseFilter

    from verify.chat.action import Action
    from verify.chat.turn import Turn

Press = Callable[["Turn", "Action"], Awaitable[None]]
T = TypeVar("T")
Answer = Callable[["Turn", "Action", str], Awaitable[None]]


@runtime_checkable
class Command(Protocol):
    """A module that answers a command."""

    COMMAND: str
    DESCRIPTION: Sentence

    async def handle(self, turn: Turn, words: str, /) -> None: ...


@runtime_checkable
class Listener(Protocol):
    """A module that answers messages that are no command."""

    @property
    def FILTER(self) -> BaseFilter: ...  # noqa: N802 - a constant of the module

    async def handle(self, turn: Turn, /) -> None: ...


@runtime_checkable
class Buttons(Protocol):
    """A module that answers buttons."""

    @property
    def ACTIONS(self) -> Mapping[str, Press]: ...  # noqa: N802 - a constant of the module


@runtime_checkable
class Replies(Protocol):
    """A module that takes written answers to prompts."""

    @property
    def REPLIES(self) -> Mapping[str, Answer]: ...  # noqa: N802 - a constant of the module


@runtime_checkable
class ForSome(Protocol):
    """A module all of which takes a role."""

    LEAST: Role


@runtime_checkable
class PartlyForSome(Protocol):
    """A module of which single names take a role."""

    @property
    def NEEDS(self) -> Mapping[str, Role]: ...  # noqa: N802 - a constant of the module


def find() -> list[ModuleType]:
    """The handlers in sorted order. Raises ImportError for one that lacks its constants."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}") for name in names]
    for module in found:
        if hasattr(module, "COMMAND") and not isinstance(module, Command):
            raise ImportError(f"{module.__name__} has a COMMAND but no DESCRIPTION or handle")
        if not isinstance(module, Command | Listener | Buttons):
            raise ImportError(f"{module.__name__} has neither COMMAND, FILTER nor ACTIONS")
    return found


def actions(modules: Sequence[ModuleType]) -> dict[str, Press]:
    """What all buttons do, by name. Raises ImportError when two modules use the same name."""
    return _merged(module.ACTIONS for module in modules if isinstance(module, Buttons))


def replies(modules: Sequence[ModuleType]) -> dict[str, Answer]:
    """What takes written answers, by name. Raises ImportError when two use the same name."""
    return _merged(module.REPLIES for module in modules if isinstance(module, Replies))


def _merged(tables: Iterator[Mapping[str, T]]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for table in tables:
        if twice := merged.keys() & table.keys():
            raise ImportError(f"two handlers answer {sorted(twice)}")
        merged |= table
    return merged


def needed(modules: Sequence[ModuleType]) -> dict[str, Role]:
    """The least role for each command, action and answer that not every member may use."""
    roles: dict[str, Role] = {}
    for module in modules:
        if isinstance(module, ForSome):
            roles |= dict.fromkeys(_names(module), module.LEAST)
        if isinstance(module, PartlyForSome):
            roles |= module.NEEDS
    return roles


def unlocked(modules: Sequence[ModuleType]) -> frozenset[str]:
    """The commands, actions and answers that begin what a concluded case does not take."""
    names: frozenset[str] = frozenset()
    return names.union(*(getattr(module, "UNLOCKED", ()) for module in modules))


def _names(module: object) -> Iterator[str]:
    if isinstance(module, Command):
        yield module.COMMAND
    if isinstance(module, Buttons):
        yield from module.ACTIONS
    if isinstance(module, Replies):
        yield from module.REPLIES
