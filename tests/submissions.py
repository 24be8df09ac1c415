"""Files as they arrive at a desk, for the tests that bring some."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from verify.records import SentAs, Submission

_numbers = itertools.count(1)


def arrived(**changes: Any) -> Submission:
    """A document that came through a chat, in a message of its own; but for the changes."""
    fields: dict[str, Any] = {
        "service": "telegram",
        "bot_id": 1,
        "chat_id": 7,
        "message_id": next(_numbers),
        "sent_as": SentAs.DOCUMENT,
        "received_at": datetime(2026, 11, 24, 12, tzinfo=UTC),
    }
    return Submission(**fields | changes)


def imported() -> Submission:
    """A file that somebody brought from the disk of the desk's computer."""
    return arrived(service="import", bot_id=0, chat_id=0, sent_as=SentAs.IMPORT)
