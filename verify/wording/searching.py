"""What narrows a search, by an example each: one grammar for chat and command line."""

from __future__ import annotations

from verify.records import Sentence, say

NARROWING: dict[str, Sentence] = {
    '"old bridge"': say("these words side by side"),
    "from:ada": say("sent or posted by Ada"),
    "tag:flood": say("in cases with this tag"),
    'verdict:"out of context"': say("in cases with this verdict; alone, with its reason"),
    "service:telegram": say("came by this service"),
    "after:2026-11-01": say("in cases opened on this day or later"),
    "before:2026-12-01": say("in cases opened earlier"),
}
