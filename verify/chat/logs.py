"""The bot's token never reaches a log: the client library and httpx would write it there."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"\d+(:|%3A)[\w-]{30,}", re.IGNORECASE)


class Redaction(logging.Filter):
    """Blots out whatever looks like a bot token, in messages and in tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; none is held back."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


def redact(text: str) -> str:
    """The text without bot tokens."""
    return _TOKEN.sub("[token]", text)


def guard_logs() -> None:
    """Redact what the root's handlers write, and quiet the libraries that log each request.

    Call it after logging has been set up.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(known, Redaction) for known in handler.filters):
            handler.addFilter(Redaction())
