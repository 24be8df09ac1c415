"""Finds the commands: a new one is one new file in `commands/`, named after it."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Protocol, cast

import click
from click.exceptions import NoSuchCommand

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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:  # click looks for the nearest among what is imported
            names = self.list_commands(ctx)
            raise NoSuchCommand(error.command_name, possibilities=names, ctx=ctx) from None
