"""Accounts and links among the words that a machine read in a picture."""

from __future__ import annotations

import re

_MOST = 2  # of each that are offered
_ACCOUNT = re.compile(r"(?<![\w.@])@[A-Za-z0-9_][A-Za-z0-9_.]{1,29}(?<!\.)(?![\w@])")
# With a scheme or a path, or behind "www.": a name with a dot alone is more often a misread word.
_LINK = re.compile(
    r"(?<![\w@./])(?:https?://[^\s<>\"”»()،]+"
    r"|www\.[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>\"”»()،]*)?"
    r"|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/[^\s<>\"”»()،]+)",
    re.IGNORECASE,
)
_ENDS = ".,;:!?؟"


def accounts_in(text: str) -> tuple[str, ...]:
    """The first accounts that a text names, as `@name`, each once."""
    return tuple(dict.fromkeys(_ACCOUNT.findall(text)))[:_MOST]


def links_in(text: str) -> tuple[str, ...]:
    """The first links that stand in a text, each once; those without a scheme get one."""
    found = (link.rstrip(_ENDS) for link in _LINK.findall(text))
    whole = (link if "://" in link else f"https://{link}" for link in found)
    return tuple(dict.fromkeys(whole))[:_MOST]
