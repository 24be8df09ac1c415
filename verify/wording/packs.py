"""What is said of packs that leave the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verify.records import Going, Sentence, say, say_many


def going(cases: Iterable[Going], recipients: Iterable[str], ask: str) -> Iterator[Sentence]:
    """What would go into a pack, before it is made."""
    for one in cases:
        yield say_many(
            "Of case {number}: fingerprints and keypoints of {count} file, of {files}.",
            "Of case {number}: fingerprints and keypoints of {count} files, of {files}.",
            one.entries,
            number=one.case,
            files=one.files,
        )
    yield say(
        "Whoever has such a picture learns that this desk looked at it, and asks {whom}.", whom=ask
    )
    yield say(
        "No picture goes, no words, no names, no verdict. But a fingerprint can be turned back into"
        " a rough picture, and keypoints show outlines: give it to desks that you trust."
    )
    for key in recipients:
        yield say("Only who has this key can open it: {key}", key=key)
