"""What lies over a text: commands, mentions, hashtags, links and addresses that Telegram finds
by itself, beside the entities that the sender gave."""

from __future__ import annotations

import re
from typing import Any

from verify.localchat.limits import ENTITIES, utf16_units

Entity = dict[str, Any]

_FOUND = re.compile(
    r"""
    (?P<url>(?i:https?://|www\.|t\.me/)[^\s<>"']+[^\s<>"'.,;:!?()\[\]{}«»“”…؟،])
    | (?P<email>(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?!\w))
    | (?P<mention>(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w))
    | (?P<hashtag>(?<![\w/\#])\#\w*[^\W\d]\w*)
    | (?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/]))
    """,
    re.VERBOSE,
)
_SOLID = {"code", "pre", "text_link"}


def with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what can be found in the text, except inside code and links; at most 100 in all."""
    solid = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in _SOLID
    ]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_units(text[: match.start()])
        length = utf16_units(match[0])
        if not any(offset < end and start < offset + length for start, end in solid):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    together = sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))
    return together[:ENTITIES]


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take away white space around a text, as Telegram does, and move its entities along."""
    left = utf16_units(text) - utf16_units(text.lstrip())
    text = text.strip()
    length = utf16_units(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] - left + entity["length"], length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return text, kept
