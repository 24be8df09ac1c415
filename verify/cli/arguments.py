"""What several commands take: files, folders, and the choice of JSON lines."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from verify.errors import BadInput
from verify.jobs.folders import files_in
from verify.jobs.place import Place
from verify.records import say

_LONGEST_LINK = 2000
_LONGEST_NAME = 200
_MOST_DIGITS = 19


class _Ending(click.Path):
    """A path to what can be read to its end, which a pipe or a device need not have."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.is_file() and not path.is_dir():
            raise BadInput(say("{file} is a pipe or a device, not a file.", file=str(path)))
        return path


def web_address(text: str) -> str:
    """A link to where something stood; nobody visits it. Raises BadInput."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        named = parts.scheme in ("http", "https") and bool(parts.hostname)
        known = parts.username is not None or parts.password is not None
    except ValueError:  # half an IPv6 address
        named = known = False
    if not named or any(sign.isspace() or not sign.isprintable() for sign in text):
        raise BadInput(
            say(
                "{text} is no web address: that begins with https:// and holds no blanks.",
                text=text,
            )
        )
    if known:
        raise BadInput(say("This web address holds a name or a password: leave that out."))
    if len(text) > _LONGEST_LINK:
        raise BadInput(say("A web address has at most {limit} letters.", limit=_LONGEST_LINK))
    return text


def one_line(text: str) -> str:
    """A name in a line. Raises BadInput."""
    if len(text) > _LONGEST_NAME or len(text.splitlines()) > 1:
        raise BadInput(say("A name is one line of at most {limit} letters.", limit=_LONGEST_NAME))
    if not all(map(str.isprintable, text)):
        raise BadInput(
            say(
                "This name holds a character that cannot be seen, such as one that turns the"
                " direction of writing. Write the name without it."
            )
        )
    return text.strip()


def last_day(text: str) -> date:
    """A day until which something is kept. Raises BadInput."""
    from verify.desk.keeping import day

    return day(text)


def day(text: str) -> str:
    """A day as YYYY-MM-DD. Raises BadInput."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise BadInput(say("{text} is no day: write it as 2026-11-27.", text=text)) from error


def tag(text: str) -> str:
    """A tag, as it is kept. Raises BadInput."""
    from verify.desk.casework import as_tag

    return as_tag(text)


def demand_outside(target: Path) -> None:
    """Raise BadInput where something is to be written into the desk's own folder."""
    from verify.config import read_config

    if target.resolve().is_relative_to(read_config().home.resolve()):
        raise BadInput(
            say("{file} is in the desk's folder: name a place outside of it.", file=str(target))
        )


existing_file = _Ending(exists=True, dir_okay=False, readable=True, path_type=Path)
existing_path = _Ending(exists=True, readable=True, path_type=Path)

key_file = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
"""May be a pipe, so that no key need lie on a disk."""


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files that are named, and those below the folders: what `import` would take.

    Raises BadInput where there are none.
    """
    found = list(dict.fromkeys(given for path in paths for _, given in files_in(Place.of(path))))
    if not found:
        raise BadInput(say("There are no files there."))
    return found


def number(text: str) -> int:
    """Of a case or another row: what SQLite holds. Raises BadInput."""
    if len(text) > _MOST_DIGITS or not text.isdecimal() or not 1 <= int(text) < 2**63:
        raise BadInput(say("{text} is no number here: write one from 1 up.", text=text))
    return int(text)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one object a line, for other programs."
)

recipients_option = click.option(
    "--to", "recipients", multiple=True, metavar="KEY", help="Encrypt to this age public key."
)
