"""What narrows a search, by an example each: one grammar for chat and command line."""

from __future__ import annotations

from verify.records import Sentence, say

_KINDS = {
    "note": say("Note"),
    "caption": say("Caption"),
    "claim": say("Claim"),
    "source": say("Source"),
    "link": say("Link"),
    "finding": say("Finding"),
    "text": say("Text in the picture"),
    "verdict": say("Verdict"),
    "case": say("Case opened"),
}

NARROWING: dict[str, Sentence] = {
    '"old bridge"': say("these words side by side"),
    "from:ada": say("sent or posted by Ada"),
    "tag:flood": say("in cases with this tag"),
    'verdict:"out of context"': say("in cases with this verdict; alone, with its reason"),
    "service:telegram": say("came by this service"),
    "after:2026-11-01": say("in cases opened on this day or later"),
    "before:2026-12-01": say("in cases opened earlier"),
}


def kind(name: str) -> Sentence:
    """What a hit is: a note, a claim and so on. name: `Hit.kind`."""
    return _KINDS.get(name, say("Text"))
