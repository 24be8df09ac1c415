"""The file that opens the page: whoever can read it is whose desk this is.

A browser is handed its name and nothing else: what a program is started with, every account of a
computer can read.
"""

from __future__ import annotations

import html
from pathlib import Path

from verify.store.folder.files import clear_unfinished, replace_file

_NAME = "open-chat.html"
_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Verify Desk</title>'
    '<meta name="referrer" content="no-referrer">'
    '<meta http-equiv="refresh" content="0; url={address}"></html>\n'
)


def path(home: Path) -> Path:
    """Where the file is, while the chat of a home is served."""
    return home / _NAME


def write(home: Path, address: str) -> None:
    """Let the file lead to an address, mode 0600. Raises OSError."""
    page = _PAGE.format(address=html.escape(address))
    replace_file(path(home), [page.encode()])


def remove(home: Path) -> None:
    """Take the file away, and what an interrupted write left."""
    path(home).unlink(missing_ok=True)
    clear_unfinished(path(home))
