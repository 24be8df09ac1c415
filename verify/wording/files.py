"""What is said of a file: what came, how and when, and what kind of file it is."""

from __future__ import annotations

from datetime import datetime

from verify.records import ByteSize, Examination, ExhibitReport, Instant, SentAs, Sentence, say
from verify.wording.terms import word


def received(filename: str, sent_as: SentAs, size: int, received_at: datetime) -> Sentence:
    """A file as it came: its name, its size, how and when."""
    when = Instant(at=received_at)
    if filename:
        return say(
            "{filename}, {size}, {sent_as}, received {when}",
            filename=filename,
            size=ByteSize(count=size),
            sent_as=word(sent_as),
            when=when,
        )
    return say(
        "{size}, {sent_as}, received {when}",
        size=ByteSize(count=size),
        sent_as=word(sent_as),
        when=when,
    )


def kind(examination: Examination) -> Sentence:
    """What kind of file it is, and how large a picture."""
    if examination.width and examination.height:
        return say(
            "{kind}, {width} × {height} pixels",
            kind=examination.media_type,
            width=examination.width,
            height=examination.height,
        )
    return say("Kind of file: {kind}", kind=examination.media_type)


def brief(exhibit: ExhibitReport) -> Sentence:
    """Kind, size in pixels and in bytes, in one line."""
    seen, size = exhibit.examination, ByteSize(count=exhibit.size)
    if seen is None:
        return say("{size}", size=size)
    kind = seen.media_type.partition("/")[2].removeprefix("x-").upper() or seen.media_type
    if seen.width and seen.height:
        return say(
            "{kind}, {width} × {height}, {size}",
            kind=kind,
            width=seen.width,
            height=seen.height,
            size=size,
        )
    return say("{kind}, {size}", kind=seen.media_type, size=size)


def kept_unchanged(exhibit: ExhibitReport) -> Sentence:
    """That the original is kept: its name, its kind and its size."""
    if exhibit.filename:
        return say("Kept unchanged: {name}, {file}", name=exhibit.filename, file=brief(exhibit))
    return say("Kept unchanged: {file}", file=brief(exhibit))
