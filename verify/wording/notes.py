"""What is said of a note: who wrote it, when, and all its words."""

from __future__ import annotations

from verify.records import Instant, Note, Sentence, say


def note(written: Note) -> Sentence:
    """One note, whole."""
    return say(
        "{person}, {when}: {note}",
        person=written.by,
        when=Instant(at=written.at),
        note=written.text,
    )
