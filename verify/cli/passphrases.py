"""Passphrases: from a file or a pipe, else from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from verify.cli.output import sentence
from verify.errors import BadInput
from verify.records import say

_SHORTEST = 12


def new(source: Path | None) -> str:
    """A passphrase, asked for twice. Raises BadInput."""
    found = read(source, twice=True)
    if len(found) < _SHORTEST:
        raise BadInput(
            say("A passphrase has at least {count} letters: take several words.", count=_SHORTEST)
        )
    return found


def read(source: Path | None, *, twice: bool = False) -> str:
    """A passphrase from a file or a pipe, else from the terminal. Raises BadInput."""
    if source:
        try:
            return source.read_text(encoding="utf-8").split("\n")[0]
        except UnicodeDecodeError as error:
            raise BadInput(say("{file} holds no passphrase in UTF-8.", file=str(source))) from error
    if not sys.stdin.isatty():
        raise BadInput(say("Name a file with the passphrase: {option}.", option="--passphrase"))
    asked: str = click.prompt(
        sentence(say("Passphrase")), hide_input=True, confirmation_prompt=twice, err=True
    )
    return asked
