"""Where records become lines: JSON for programs, plain text or a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

import click

from verify.config import read_config
from verify.errors import VerifyError
from verify.records import Value

if TYPE_CHECKING:
    from verify.language import Reader


@cache
def reader() -> Reader:
    """Who reads the terminal: VERIFY_LANGUAGE and VERIFY_ZONE; English and UTC if these are off."""
    from zoneinfo import ZoneInfo

    from verify.language import Reader

    try:
        config = read_config()
    except VerifyError:
        return Reader("en", ZoneInfo("UTC"))
    return Reader(config.language, config.zone)


def sentence(value: Value) -> str:
    """A sentence or value in the reader's language, harmless for a terminal."""
    from verify.language import plain

    return plain(value, reader())


def tell(value: Value, *, indent: int = 0, err: bool = False) -> None:
    """Print a sentence or value as one line."""
    click.echo(" " * indent + sentence(value), err=err)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that are harmless already."""
    for line in lines:
        click.echo(line)


def json_line(entry: dict[str, object]) -> None:
    """Print one object as a line of ASCII: no terminal takes part of it for a command."""
    click.echo(json.dumps(entry))


def table(header: Sequence[Value], rows: Iterable[Sequence[Value]]) -> None:
    """Print rows: a drawn table on a terminal, else one line a row with tabs between."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(sentence(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table()
    for cell in header:
        drawn.add_column(Text(sentence(cell)))
    for row in rows:
        drawn.add_row(*(Text(sentence(cell)) for cell in row))
    Console().print(drawn)
