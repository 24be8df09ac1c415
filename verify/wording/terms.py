"""The trade's terms, for every member of a kind that a reader meets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verify.records import (
    Orientation,
    Outcome,
    Pillar,
    Priority,
    Rating,
    Reply,
    Role,
    SentAs,
    Sentence,
    Status,
    say,
)

_PILLARS = {
    Pillar.PRESERVATION: say("Preservation"),
    Pillar.PROVENANCE: say("Provenance"),
    Pillar.SOURCE: say("Source"),
    Pillar.DATE: say("Date"),
    Pillar.LOCATION: say("Location"),
    Pillar.MOTIVATION: say("Motivation"),
}

_OUTCOMES = {
    Outcome.FLAGGED: say("Look at this"),
    Outcome.NOTED: say("Noted"),
    Outcome.INCONCLUSIVE: say("Inconclusive"),
    Outcome.FAILED: say("Could not be checked"),
    Outcome.NOT_APPLICABLE: say("Does not apply to this file"),
}

_RATINGS = {
    Rating.UNVERIFIED: say("Unverified"),
    Rating.ORIGINAL: say("Original"),
    Rating.DECONTEXTUALISED: say("Out of context"),
    Rating.EDITED_OR_CROPPED: say("Edited or cropped"),
    Rating.TRANSFORMED: say("Transformed"),
    Rating.AI_GENERATED: say("AI-generated"),
    Rating.STAGED: say("Staged"),
    Rating.SATIRE: say("Satire"),
    Rating.CANNOT_BE_VERIFIED: say("Cannot be verified"),
}

_REPLIES = {
    Reply.SETTLED: say("Settled"),
    Reply.CONCERN: say("Concern"),
    Reply.COULD_NOT_TELL: say("Could not tell"),
    Reply.DOES_NOT_APPLY: say("Does not apply"),
}

_ORIENTATIONS = {
    Orientation.ORIGINAL: say("the same way round"),
    Orientation.TURNED_90: say("turned 90° clockwise"),
    Orientation.TURNED_180: say("turned upside down (180°)"),
    Orientation.TURNED_270: say("turned 90° counter-clockwise"),
    Orientation.MIRRORED: say("mirrored left to right"),
    Orientation.MIRRORED_TURNED_90: say("mirrored, then turned 90° clockwise"),
    Orientation.MIRRORED_TURNED_180: say("mirrored top to bottom"),
    Orientation.MIRRORED_TURNED_270: say("mirrored, then turned 90° counter-clockwise"),
}

_WAYS = {
    SentAs.PHOTO: say("sent as a photo"),
    SentAs.DOCUMENT: say("sent as a file"),
    SentAs.VIDEO: say("sent as a video"),
    SentAs.ANIMATION: say("sent as an animation"),
    SentAs.AUDIO: say("sent as an audio file"),
    SentAs.VOICE: say("sent as a voice message"),
    SentAs.STICKER: say("sent as a sticker"),
    SentAs.IMPORT: say("imported on the command line"),
}

_ROLES = {
    Role.OWNER: say("Owner"),
    Role.EDITOR: say("Editor"),
    Role.REPORTER: say("Reporter"),
    Role.VIEWER: say("Viewer"),
}

_STATUSES = {
    Status.OPEN: say("Open"),
    Status.IN_REVIEW: say("In review"),
    Status.CONCLUDED: say("Concluded"),
    Status.REOPENED: say("Reopened"),
}

_PRIORITIES = {
    Priority.URGENT: say("Urgent"),
    Priority.HIGH: say("High"),
    Priority.NORMAL: say("Normal"),
    Priority.LOW: say("Low"),
}

Word = Pillar | Outcome | Rating | Reply | Orientation | SentAs | Role | Status | Priority

_ALL: tuple[Mapping[Any, Sentence], ...] = (
    _PILLARS,
    _OUTCOMES,
    _RATINGS,
    _REPLIES,
    _ORIENTATIONS,
    _WAYS,
    _ROLES,
    _STATUSES,
    _PRIORITIES,
)

# With the kind: members of different kinds that share a value are equal as text.
_WORDS = {(type(member), member): said for words in _ALL for member, said in words.items()}


def word(member: Word) -> Sentence:
    """What a reader calls this member: word(Outcome.FLAGGED) says "Look at this"."""
    return _WORDS[type(member), member]
