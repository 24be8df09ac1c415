"""What was received: the first lines about a file, before and after it is examined."""

from __future__ import annotations

from datetime import datetime

from verify.chat.pages import Page
from verify.chat.replies.markup import bold, code, italic
from verify.chat.replies.standing import standing
from verify.language import Reader, html, word
from verify.records import (
    ByteSize,
    CaseReport,
    ExhibitReport,
    Instant,
    Receipt,
    SentAs,
    Sentence,
    Submission,
    say,
)


def receipt(kept: Receipt, submission: Submission, reader: Reader) -> Page:
    """The first answer to a file: what came, its hash, that it is preserved, the case."""
    lines = [
        bold(say("Case {number}", number=kept.case_id), reader),
        html(
            _received(submission.filename, submission.sent_as, kept.size, submission.received_at),
            reader,
        ),
        hash_line(kept.sha256),
        html(say("The original is preserved unchanged. It is being examined."), reader),
    ]
    return Page("\n".join(lines))


def heading(report: CaseReport, exhibit: ExhibitReport, number: int, reader: Reader) -> str:
    """What one exhibit is: its place in the case, the file, its hash, how it came."""
    title = say("Case {number}", number=report.id)
    if len(report.exhibits) > 1:
        title = say(
            "Case {case}, exhibit {number} of {exhibits}",
            case=report.id,
            number=number,
            exhibits=len(report.exhibits),
        )
    lines = [bold(title, reader)]
    if stands := standing(report, reader):
        lines.append(stands)
    lines += [
        html(
            _received(exhibit.filename, exhibit.sent_as, exhibit.size, exhibit.received_at), reader
        ),
    ]
    if exhibit.examination:
        lines.append(html(_what(exhibit), reader))
    lines.append(hash_line(exhibit.sha256))
    lines.append(html(say("The original is preserved unchanged."), reader))
    if exhibit.sent_as is SentAs.PHOTO:
        lines.append(
            italic(
                say(
                    "It came as a photo: Telegram compresses photos and removes their metadata."
                    " To keep both, attach the picture as a file instead."
                ),
                reader,
            )
        )
    return "\n".join(lines)


def hash_line(sha256: str) -> str:
    """The SHA-256 as something to copy; the line runs left to right in every language."""
    return f"SHA-256: {code(sha256)}"


def _received(filename: str, sent_as: SentAs, size: int, received_at: datetime) -> Sentence:
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


def _what(exhibit: ExhibitReport) -> Sentence:
    examination = exhibit.examination
    assert examination is not None  # noqa: S101 - asked for after the examination
    if examination.width and examination.height:
        return say(
            "{kind}, {width} × {height} pixels",
            kind=examination.media_type,
            width=examination.width,
            height=examination.height,
        )
    return say("Kind of file: {kind}", kind=examination.media_type)
