"""Finds the commands: a new one is one new file in `commands/`, named after it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Protocol, cast

import click

from verify.cli import commands
from verify.cli.words import in_readers_language


class Holder(Protocol):
    """What each module of `verify.cli.commands` must be."""

    @property
    def command(self) -> click.Command: ...


class Commands(click.Group):
    """The commands in `verify.cli.commands`; each module holds one as `command`.

    A module's name is the command's, with an underscore behind it where Python owns the word.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name.rstrip("_") for _, name, _ in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for _, module, _ in pkgutil.iter_modules(commands.__path__):
            if module.rstrip("_") == cmd_name:
                held = cast("Holder", import_module(f"{commands.__name__}.{module}"))
                return in_readers_language(held.command)
        return None
