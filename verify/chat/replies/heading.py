"""What was received: the first lines about a file, before and after it is examined."""

from __future__ import annotations

from dataclasses import replace

from verify.chat.pages import Page
from verify.chat.replies.markup import bold, code, italic
from verify.chat.replies.standing import standing
from verify.language import Reader, html
from verify.records import (
    CaseReport,
    ExhibitReport,
    Receipt,
    SentAs,
    Submission,
    say,
    say_many,
)
from verify.wording.cases import exhibit_title
from verify.wording.files import kind, received


def receipt(kept: Receipt, submission: Submission, behind: int, reader: Reader) -> Page:
    """The first answer to a file: what came, its hash, that it is preserved, the case.

    behind: how many files of this chat wait behind it.
    """
    lines = [
        bold(say("Case {number}", number=kept.case_id), reader),
        html(
            received(submission.filename, submission.sent_as, kept.size, submission.received_at),
            reader,
        ),
        hash_line(kept.sha256),
        html(say("The original is preserved unchanged. It is being examined."), reader),
    ]
    return still_waiting(Page("\n".join(lines)), behind, reader)


def still_waiting(page: Page, behind: int, reader: Reader) -> Page:
    """The page, with how many files of its chat wait to be looked at after it."""
    if not behind:
        return page
    waiting = say_many("{count} more file waits.", "{count} more files wait.", behind)
    return replace(page, text=f"{page.text}\n{italic(waiting, reader)}")


def still_watching(page: Page, reader: Reader) -> Page:
    """The page, while its film is looked at from end to end."""
    line = say("The film is being looked at from beginning to end; what is found comes here.")
    return replace(page, text=f"{page.text}\n\n{italic(line, reader)}")


def heading(report: CaseReport, exhibit: ExhibitReport, number: int, reader: Reader) -> str:
    """What one exhibit is: its place in the case, the file, its hash, how it came."""
    lines = [bold(exhibit_title(report, number), reader)]
    if stands := standing(report, reader):
        lines.append(stands)
    lines += [
        html(
            received(exhibit.filename, exhibit.sent_as, exhibit.size, exhibit.received_at), reader
        ),
    ]
    if exhibit.examination:
        lines.append(html(kind(exhibit.examination), reader))
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
