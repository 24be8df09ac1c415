"""Refusals, in Telegram's words."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - the word for it
    """The Bot API says no: a status code, a description, and at times parameters."""

    def __init__(self, description: str, code: int = 400, **parameters: Any) -> None:
        prefix = "Bad Request: " if code == 400 else ""
        super().__init__(prefix + description)
        self.code = code
        self.description = prefix + description
        self.parameters = parameters
