"""What is said of time stamps on the custody record: that it existed before, and nothing more."""

from __future__ import annotations

from datetime import datetime

from verify.records import Instant, Sentence, say, say_many


def existed(events: int, at: datetime) -> Sentence:
    """What a stamp shows."""
    return say_many(
        "{count} custody event existed before {at}.",
        "{count} custody events existed before {at}.",
        events,
        at=Instant(at=at),
    )


def unverified() -> Sentence:
    """That nobody whom the desk trusts stands behind a stamp."""
    return say(
        "Who says so was not verified: {file} names no authority that is trusted.",
        file="trust/timestamps.pem",
    )
