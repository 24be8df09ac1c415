"""What is said of a copy for others: what it is, and what it has not."""

from __future__ import annotations

from collections.abc import Iterator

from verify.records import (
    Copied,
    CredentialState,
    Examination,
    Metadata,
    Sentence,
    film_time,
    listed,
    say,
    say_many,
)

_FIELDS = {
    "position": say("position"),
    "camera": say("camera"),
    "time": say("time of capture"),
    "program": say("program"),
    "author": say("author and caption"),
}


def made(copied: Copied) -> Sentence:
    """That it is there, and what of it is covered."""
    if not copied.boxes:
        return say(
            "The copy is kept in case {number}. No box covers anything in it.",
            number=copied.receipt.case_id,
        )
    return say_many(
        "The copy is kept in case {number}: {count} solid box, over {percent} % of the picture.",
        "The copy is kept in case {number}: {count} solid boxes, over {percent} % of the picture.",
        len(copied.boxes),
        number=copied.receipt.case_id,
        percent=copied.percent,
    )


def removed(copied: Copied) -> Iterator[Sentence]:
    """What the exhibit has and its copy has not."""
    of = copied.of
    timed = {(one.begins, one.ends) for one in copied.boxes}
    for begins, ends in sorted(one for one in timed if one != (None, None)):
        yield say(
            "Boxes from {begins} to {ends}, and one picture before and after.",
            begins=film_time(begins or 0),
            ends=film_time(ends or 0),
        )
    yield _metadata(of.metadata)
    if of.credentials and of.credentials.state is not CredentialState.NONE:
        yield say("Content Credentials: none are written into the copy.")
    if of.thumbnail.present:
        yield say("The small preview inside the file.")
    if of.parts or of.trailing.bytes:
        yield say("What stands behind the picture in its file.")
    if copied.heard and not copied.sound:
        yield say("Its sound.")
    yield say("Its name, and every link to the original.")


def _metadata(metadata: Metadata) -> Sentence:
    named = [_FIELDS[name] for name, value in _values(metadata) if value]
    if not named:
        return say("All metadata; what the desk reads of it named nothing.")
    return say("All metadata, among it: {names}.", names=listed(named))


def _values(metadata: Metadata) -> Iterator[tuple[str, object]]:
    yield "position", metadata.gps or metadata.country
    yield "camera", metadata.make or metadata.model or metadata.lens
    yield "time", metadata.captured_at
    yield "program", metadata.software
    yield "author", metadata.creator or metadata.caption


def cautions(copied: Copied) -> Iterator[Sentence]:
    """What a person has to hear and to look at before it leaves."""
    if copied.sound:
        yield say("Its sound is in the copy, as one channel: voices tell who speaks.")
    yield _caution(copied.of)


def _caution(of: Examination) -> Sentence:
    if of.moves:
        return say(
            "Look at every moment of it before you hand it out: what moves leaves its box. Boxes"
            " follow nothing."
        )
    return say(
        "Look at it before you hand it out: clothes, places, tattoos and reflections tell who"
        " somebody is, too."
    )
